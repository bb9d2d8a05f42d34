import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { AuthorizationServer } from './auth/authorization-server.ts';
import { launchSchema } from './auth/launches.ts';
import type { Faults } from './faults.ts';
import { LaunchError, makeLaunch } from './make-launch.ts';
import { siteRoutes } from './site-routes.ts';

/** What the controls act on. */
export interface Controlled {
  faults: Faults;
  authorizations: readonly AuthorizationServer[];
  serviceUrl: string;
}

/**
 * For tests: `POST /control/faults` orders a disturbance, `DELETE /control/faults` takes all back,
 * `POST /control/launch` makes a launch, `DELETE /control/sessions` ends everything people have signed in to;
 * `/control/site/<face>` is what the administrators of a site decide.
 */
export function controlRoutes(controlled: Controlled): Router {
  const { faults, authorizations } = controlled;
  const router = Router();
  router.use(express.json({ limit: '10kb' }));
  router.post('/faults', (request, response) => {
    const problems = faults.add(request.body);
    if (problems.length > 0) response.status(400).json({ problems });
    else response.status(204).end();
  });
  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
  router.post('/launch', orderLaunch(controlled));
  router.use('/site', siteRoutes(authorizations.map(({ server }) => server)));
  router.delete('/sessions', (_request, response) => {
    for (const { launches } of authorizations) launches.endSessions();
    response.status(204).end();
  });
  return router;
}

const orderSchema = launchSchema.extend({ face: z.string() });

/** A launch as a click in the chart would make it, and more. */
function orderLaunch({ authorizations, serviceUrl }: Controlled): RequestHandler {
  return async (request, response) => {
    const parsed = orderSchema.safeParse(request.body);
    if (!parsed.success) {
      const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      response.status(400).json({ problems });
      return;
    }
    const { face, ...order } = parsed.data;
    const authorization = authorizations.find(({ server }) => server.face.name === face);
    if (authorization === undefined) {
      response.status(400).json({ problems: ['face: there is no such face here'] });
      return;
    }
    try {
      response.status(201).json(await makeLaunch(authorization, serviceUrl, order));
    } catch (error) {
      if (!(error instanceof LaunchError)) throw error;
      response.status(400).json({ problems: [error.message] });
    }
  };
}

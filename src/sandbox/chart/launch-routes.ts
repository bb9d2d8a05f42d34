import express, { type Request, type RequestHandler, Router } from 'express';
import type { AuthorizationServer } from '../auth/authorization-server.ts';
import type { Launch } from '../auth/launches.ts';
import { launchSchema } from '../auth/launches.ts';
import { openEncounter } from '../auth/open-encounter.ts';
import { patientsOf } from '../fhir/patient-compartment.ts';
import type { FaceServer } from '../fhir/served-face.ts';
import { LaunchError, makeLaunch } from '../make-launch.ts';

/** The chart's launch buttons: a click makes a single-use launch and goes on to the app. */
export function launchRoutes(authorizations: readonly AuthorizationServer[], serviceUrl: string): Router {
  const router = Router();
  const launch: RequestHandler<{ patientId?: string }> = async (request, response, next) => {
    const authorization = authorizations.find(({ server }) => server.face.name === request.query.face);
    const order = authorization && orderOf(request, authorization.server, request.params.patientId);
    if (authorization === undefined || order === undefined) return next();
    try {
      response.redirect(303, (await makeLaunch(authorization, serviceUrl, order)).launchUrl);
    } catch (error) {
      if (error instanceof LaunchError) return next();
      throw error;
    }
  };
  const form = express.urlencoded({ extended: false, limit: '10kb' });
  router.post('/launch', ownPagesOnly, form, launch);
  router.post('/chart/:patientId/launch', ownPagesOnly, form, launch);
  return router;
}

/** What was open when the button was pressed. */
function orderOf(request: Request, server: FaceServer, patient: string | undefined): Launch | undefined {
  const { user, intent, consent } = request.body as Record<string, unknown>;
  const encounter = patient === undefined ? undefined : openEncounter(server, patient);
  const plans = patient === undefined ? [] : activePlans(server, patient);
  const parsed = launchSchema.safeParse({
    user,
    ...(patient === undefined ? {} : { patient }),
    ...(encounter === undefined ? {} : { encounter }),
    ...(plans.length === 0 ? {} : { fhirContext: plans }),
    ...(typeof intent === 'string' && intent !== '' ? { intent } : {}),
    ...(consent === 'ask' ? { consent } : {}),
    // inside the chart the patient's name stands above the frame already
    needPatientBanner: request.query.view !== 'frame',
  });
  return parsed.success ? parsed.data : undefined;
}

function activePlans(server: FaceServer, patient: string) {
  return [...server.store.list('CarePlan')]
    .filter((plan) => plan.status === 'active' && patientsOf(plan, server).includes(patient))
    .map(({ id }) => ({ reference: `CarePlan/${id}` }));
}

/** A page of another origin cannot press these buttons. */
const ownPagesOnly: RequestHandler = (request, response, next) => {
  const from = request.get('sec-fetch-site');
  if (from === undefined || from === 'same-origin') return next();
  response.status(403).type('text/plain').send('Only from the chart itself');
};

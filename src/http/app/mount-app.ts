import type { Express, Request, RequestHandler, Response } from 'express';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { actingAs } from '../../record/actor.ts';
import { refuseMerged } from '../../record/patient/patient-merged.ts';
import type { AppSession } from '../../record/session/app-session.ts';
import { refusePersonWrite } from '../access/person-writes.ts';
import type { AppOptions, SmartOptions } from '../app-options.ts';
import { hasBody, readJson } from '../read-body.ts';
import { sendAnswer } from '../send-answer.ts';
import { readSession } from '../smart/read-session.ts';
import type { AppRoute } from './app-route.ts';
import { changeRoutes } from './change-routes.ts';
import { connectionRoutes } from './connection-routes.ts';
import { copyKeyRoutes } from './copy-key-route.ts';
import { openHiddenPatients } from './hidden-patients.ts';
import { integrationRoutes } from './integration-routes.ts';
import { openKnownNames } from './known-names.ts';
import { openKnownPatients } from './known-patients.ts';
import { openLearningStandings } from './learn-standings.ts';
import { ledgerCheckRoutes } from './ledger-check-routes.ts';
import { logRoutes } from './log-routes.ts';
import { mergeRoutes } from './merge-routes.ts';
import { moveRoutes } from './move-routes.ts';
import { notedRoutes } from './noted-routes.ts';
import { openPatientRoutes } from './open-patient-route.ts';
import { ownNameRoutes } from './own-name-route.ts';
import { patientHomeworkRoutes } from './patient-homework.ts';
import { peopleRoutes } from './people-route.ts';
import { reportRoutes } from './report-routes.ts';
import type { RosterSight } from './roster-page.ts';
import { rosterRoutes } from './roster-routes.ts';
import { safetyRoutes } from './safety-routes.ts';
import { userOf } from './user-of.ts';

export const appBase = '/app/v1';

/** Every route of `/app/v1`. */
export function appRoutes(sight: RosterSight): readonly AppRoute[] {
  return [
    ...patientHomeworkRoutes,
    ...changeRoutes,
    ...moveRoutes,
    ...logRoutes,
    ...notedRoutes,
    ...safetyRoutes,
    ...reportRoutes,
    ...rosterRoutes(sight),
    ...openPatientRoutes(sight),
    ...copyKeyRoutes,
    ...ownNameRoutes,
    ...peopleRoutes(sight.names),
    ...connectionRoutes,
    ...integrationRoutes,
    ...ledgerCheckRoutes,
    ...mergeRoutes,
  ];
}

/** Mounts the app's own API: session first, then role, then the body, then the route's own work. */
export function mountApp(app: Express, options: AppOptions, smart: SmartOptions): void {
  const patients = openKnownPatients(options, smart);
  const sight = {
    names: openKnownNames(options, smart),
    patients,
    hidden: openHiddenPatients(patients),
    learn: openLearningStandings(),
  };
  for (const route of appRoutes(sight)) {
    app[route.method](appBase + route.path.replace(/\{(\w+)\}/g, ':$1'), answer(options, smart, route));
  }
}

function answer(options: AppOptions, smart: SmartOptions, route: AppRoute): RequestHandler {
  return async (request, response) => {
    const session = await readSession(options, smart, request);
    refuseRole(session, route);
    const tenant = options.tenants.find(({ id }) => id === session.tenantId);
    if (tenant === undefined) {
      const problem = 'its EHR connection is gone';
      throw new IntersessionError('session-expired', { problem }, 'The app session has ended; sign in again.');
    }
    // what was opened before the EHR merged this patient into another: nothing new is written about them
    const { patientId } = session;
    if (route.writes !== false) await refusePersonWrite(options, session, route.writes);
    if (route.writes !== false && patientId !== undefined)
      await refuseMerged(options.record.database, tenant.id, patientId);
    // the session is read before the body: who may not write is not listened to
    const answered = await route.run({
      ...{ options, smart, session, tenant, record: actingAs(options.record, userOf(session)) },
      params: Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)])),
      body: await readBody(route, request, response),
      query: request.query,
    });
    sendAnswer(response, answered);
  };
}

/** @throws `forbidden` */
function refuseRole({ role }: AppSession, { roles }: AppRoute): void {
  if (!roles.includes(role)) {
    const needed = roles.join(' or ');
    throw new IntersessionError('forbidden', { needed }, `This is for the role ${needed}.`);
  }
}

const json = readJson('application/json');

async function readBody(
  { hasBody: takes, bodyOptional }: AppRoute,
  request: Request,
  response: Response,
): Promise<unknown> {
  if (!takes) return undefined;
  if (bodyOptional && !hasBody(request)) return {};
  await new Promise<void>((resolve, reject) => {
    void json(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
  return request.body;
}

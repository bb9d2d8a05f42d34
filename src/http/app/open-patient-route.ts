import { appBodies } from '../../contract/app/bodies.ts';
import { keepOpenedPatient } from '../../record/session/keep-opened-patient.ts';
import { keepReadPatient } from '../smart/keep-read-patient.ts';
import { withUserToken } from '../smart/with-user-token.ts';
import { type AppRoute, defineAppRoute } from './app-route.ts';
import type { RosterSight } from './roster-page.ts';
import { notForYou } from './roster-routes.ts';

export function openPatientRoutes({ patients }: Pick<RosterSight, 'patients'>): readonly AppRoute[] {
  return [
    defineAppRoute({
      method: 'post',
      path: '/open-patient',
      roles: ['coordinator'],
      writes: false,
      body: appBodies['POST /open-patient'],
      async handle({ options, smart, record, session, body }) {
        // the EHR decides: with this user's own token, or not at all
        const read = await withUserToken(options, smart, session, (client, accessToken) =>
          client.readPatient(accessToken, body.patientId),
        );
        if (read === undefined) {
          // the list must not offer again what is refused
          patients.shut(session, body.patientId);
          throw notForYou(body.patientId);
        }
        const patient = await keepReadPatient(record, session.tenantId, read, 'coordinator');
        await keepOpenedPatient({ ...record, sessionKey: smart.sessionKey }, session.tokenHash, patient);
        return { status: 200, body: { patient } };
      },
    }),
  ];
}

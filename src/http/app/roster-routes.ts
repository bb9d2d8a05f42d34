import { appBodies } from '../../contract/app/bodies.ts';
import { rosterQuery } from '../../contract/app/roster.ts';
import type { IntersessionError } from '../../foundation/intersession-error.ts';
import { dayStart } from '../../homework/schedule/day-end.ts';
import { noteContact } from '../../record/roster/note-contact.ts';
import { unknownArtefact } from '../../record/unknown-artefact.ts';
import { toInstant } from '../../record/use-cases/to-instant.ts';
import { rolesThatSee } from '../access/role-sees.ts';
import { withUserToken } from '../smart/with-user-token.ts';
import { type AppRoute, defineAppRoute } from './app-route.ts';
import { rosterOf } from './roster-of.ts';
import { type RosterSight, showRoster } from './roster-page.ts';

/** The coordinator's list, and what is done from it. */
export function rosterRoutes(sight: RosterSight): readonly AppRoute[] {
  return [
    defineAppRoute({
      method: 'get',
      path: '/roster',
      roles: rolesThatSee('list'),
      writes: false,
      query: rosterQuery,
      handle: (call) => showRoster(call, call.query, sight),
    }),
    defineAppRoute({
      method: 'post',
      path: '/roster/search',
      roles: rolesThatSee('list'),
      writes: false,
      body: appBodies['POST /roster/search'],
      handle: (call) => showRoster(call, call.body, sight),
    }),
    defineAppRoute({
      method: 'post',
      path: '/contacts',
      roles: rolesThatSee('list'),
      writes: false,
      body: appBodies['POST /contacts'],
      async handle(call) {
        const { options, smart, record, tenant, session, body } = call;
        const { patientId, note, snoozeUntil } = body;
        const roster = await rosterOf(call);
        if (roster !== undefined && !roster.includes(patientId)) throw notForYou(patientId);
        // as with opening: the EHR decides, now, by this user's own token
        const read = await withUserToken(options, smart, session, (client, accessToken) =>
          client.readPatient(accessToken, patientId),
        );
        if (read === undefined) throw notForYou(patientId);
        await noteContact(record, tenant.id, {
          ...{ patientId, note, by: session.userReference },
          ...(snoozeUntil === undefined ? {} : { snoozeUntil: instantOf(snoozeUntil, tenant.timeZone) }),
        });
        return { status: 204 };
      },
    }),
  ];
}

/** A day is one of homework, as the page counts them: a patient set aside until Friday is back when Friday's day begins. */
function instantOf(day: string, timeZone: string): string {
  return day.length === 10 ? dayStart(day, timeZone) : toInstant(day, 'snoozeUntil');
}

/** Whether there is no such patient, or this user may not know of one, is not told apart. */
export function notForYou(patientId: string): IntersessionError {
  return unknownArtefact({ artefact: 'patient', id: patientId });
}

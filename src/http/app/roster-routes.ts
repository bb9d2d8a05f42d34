import { appBodies } from '../../contract/app/bodies.ts';
import { rosterQuery } from '../../contract/app/roster.ts';
import { defined } from '../../foundation/defined.ts';
import { ehrTrouble } from '../../foundation/ehr-trouble.ts';
import type { IntersessionError } from '../../foundation/intersession-error.ts';
import { dayStart } from '../../homework/schedule/day-end.ts';
import { keepNextVisits } from '../../record/patient/keep-next-visits.ts';
import { endSetAside, noteContact, patientOfContact, undoContact } from '../../record/roster/note-contact.ts';
import { unknownArtefact } from '../../record/unknown-artefact.ts';
import { toInstant } from '../../record/use-cases/to-instant.ts';
import { rolesThatSee } from '../access/role-sees.ts';
import { withUserToken } from '../smart/with-user-token.ts';
import { type AppCall, type AppRoute, defineAppRoute } from './app-route.ts';
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
        const { record, tenant, session, body } = call;
        const { patientId, note, snoozeUntil, after } = body;
        await needReadable(call, { patientId, refusal: notForYou(patientId) }, sight);
        const noted = await noteContact(record, tenant.id, {
          ...{ patientId, note, by: session.userReference },
          ...defined({ after }),
          ...(snoozeUntil === undefined ? {} : { snoozeUntil: instantOf(snoozeUntil, tenant.timeZone) }),
        });
        return { status: 201, body: noted };
      },
    }),
    defineAppRoute({
      method: 'delete',
      path: '/contacts/{contactId}',
      roles: rolesThatSee('list'),
      writes: false,
      async handle(call) {
        const { record, tenant, session } = call;
        const { contactId = '' } = call.params;
        await needReadableOf(call, contactId, sight);
        await undoContact(record, tenant.id, { contactId, by: session.userReference });
        return { status: 204 };
      },
    }),
    defineAppRoute({
      method: 'post',
      path: '/contacts/{contactId}/end',
      roles: rolesThatSee('list'),
      writes: false,
      body: appBodies['POST /contacts/{contactId}/end'],
      async handle(call) {
        const { record, tenant, session } = call;
        const { contactId = '' } = call.params;
        await needReadableOf(call, contactId, sight);
        await endSetAside(record, tenant.id, { contactId, by: session.userReference });
        return { status: 204 };
      },
    }),
    defineAppRoute({
      method: 'post',
      path: '/roster/visits',
      roles: rolesThatSee('list'),
      writes: false,
      body: appBodies['POST /roster/visits'],
      async handle(call) {
        const { options, smart, session, body, record, tenant } = call;
        const roster = await rosterOf(call);
        const asked = body.patientIds.filter((id) => roster === undefined || roster.includes(id));
        const sights = await sight.patients.of(session, asked);
        const readable = asked.filter((id) => sights.get(id)?.seen === 'readable');
        const visits = await nextVisits({ options, smart, session }, readable);
        await keepNextVisits(record, tenant.id, visits);
        return { status: 200, body: { visits: [...visits].map(([patientId, start]) => ({ patientId, start })) } };
      },
    }),
  ];
}

type Call = AppCall<unknown, unknown>;

/** As with opening: the EHR decides, now, by this user's own token. @throws `refusal` */
async function needReadable(
  call: Call,
  { patientId, refusal }: { readonly patientId: string; readonly refusal: IntersessionError },
  { patients }: RosterSight,
): Promise<void> {
  const { options, smart, session } = call;
  const roster = await rosterOf(call);
  if (roster !== undefined && !roster.includes(patientId)) throw refusal;
  const read = await withUserToken(options, smart, session, (client, accessToken) =>
    client.readPatient(accessToken, patientId),
  );
  if (read !== undefined) return;
  patients.shut(session, patientId);
  throw refusal;
}

/** The same of whom a contact is about; a refusal is that of a contact that is not there, and names no patient. */
async function needReadableOf(call: Call, contactId: string, sight: RosterSight): Promise<void> {
  const patientId = await patientOfContact(call.record, call.tenant.id, contactId);
  await needReadable(call, { patientId, refusal: unknownArtefact({ artefact: 'contact', id: contactId }) }, sight);
}

/** An EHR that does not answer, or does not tell this person, leaves the visits out: nothing is said of them then. */
async function nextVisits(
  { options, smart, session }: Pick<Call, 'options' | 'smart' | 'session'>,
  patientIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (patientIds.length === 0) return new Map();
  try {
    const visits = await withUserToken(options, smart, session, (client, token) =>
      client.readNextVisits(token, patientIds),
    );
    return visits ?? new Map();
  } catch (error) {
    if (ehrTrouble(error) !== undefined) return new Map();
    throw error;
  }
}

/** A day is one of homework, as the page counts them: a patient set aside until Friday is back when Friday's day begins. */
function instantOf(day: string, timeZone: string): string {
  return day.length === 10 ? dayStart(day, timeZone) : toInstant(day, 'snoozeUntil');
}

/** Whether there is no such patient, or this user may not know of one, is not told apart. */
export function notForYou(patientId: string): IntersessionError {
  return unknownArtefact({ artefact: 'patient', id: patientId });
}

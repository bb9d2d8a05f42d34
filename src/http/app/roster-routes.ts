import { z } from 'zod';
import { dayStart } from '../../homework/day-end.ts';
import { ehrTrouble, type IntersessionError } from '../../homework/errors.ts';
import { cleanLine } from '../../homework/plain-text.ts';
import { noteContact } from '../../record/roster/note-contact.ts';
import { countWorklist, listWorklist, type WorklistRow, worklistFilters } from '../../record/roster/worklist.ts';
import { toInstant } from '../../record/to-instant.ts';
import { unknownArtefact } from '../../record/unknown-artefact.ts';
import { rolesThatSee } from '../access/role-sees.ts';
import { dateTime, ehrReference, id, localDate, reason } from '../api/values.ts';
import { withUserToken } from '../smart/with-user-token.ts';
import { type AppCall, type AppRoute, defineAppRoute } from './app-route.ts';
import type { KnownNames } from './known-names.ts';
import { rosterOf } from './roster-of.ts';

const rosterQuery = z.strictObject({
  filter: z.enum(worklistFilters).exactOptional(),
  team: ehrReference.exactOptional().describe('Only plans of this clinician'),
  sort: z.enum(['urgency', 'last-log', 'adherence', 'name']).default('urgency'),
  after: z.string().max(500).exactOptional(),
});
// a name has no place in an address, which proxies and histories keep: a search is a POST
const rosterSearch = rosterQuery.extend({
  q: z
    .string()
    .overwrite(cleanLine)
    .trim()
    .max(100)
    .exactOptional()
    .describe('Part of a patient’s name or a plan’s title'),
});
/** A list by name is whole up to here, for the names are the EHR’s and no page after page of ours can be cut by them. */
const byNameAtMost = 200;
const nameUnknown = 'Name not available';

/** The coordinator's list, and what is done from it. */
export function rosterRoutes(names: KnownNames): readonly AppRoute[] {
  return [
    defineAppRoute({
      method: 'get',
      path: '/roster',
      roles: rolesThatSee('list'),
      writes: false,
      query: rosterQuery,
      handle: (call) => showRoster(call, call.query, names),
    }),
    defineAppRoute({
      method: 'post',
      path: '/roster/search',
      roles: rolesThatSee('list'),
      writes: false,
      body: rosterSearch,
      handle: (call) => showRoster(call, call.body, names),
    }),
    defineAppRoute({
      method: 'post',
      path: '/contacts',
      roles: rolesThatSee('list'),
      writes: false,
      body: z.strictObject({
        patientId: id,
        note: reason,
        snoozeUntil: z.union([localDate, dateTime]).exactOptional().describe('A day, or a time with its offset'),
      }),
      async handle(call) {
        const { record, tenant, session, body } = call;
        const { patientId, note, snoozeUntil } = body;
        const roster = await rosterOf(call);
        if (roster !== undefined && !roster.includes(patientId)) throw notForYou(patientId);
        await noteContact(record, tenant.id, {
          ...{ patientId, note, by: session.userReference },
          ...(snoozeUntil === undefined ? {} : { snoozeUntil: instantOf(snoozeUntil, tenant.timeZone) }),
        });
        return { status: 204 };
      },
    }),
  ];
}

/** One page of the list, as it was asked for. */
async function showRoster(
  call: AppCall<unknown, unknown>,
  { filter, team, q, sort, after }: z.output<typeof rosterSearch>,
  names: KnownNames,
) {
  const { record, tenant } = call;
  const patientIds = await rosterOf(call);
  const narrowed = {
    ...(patientIds === undefined ? {} : { patientIds }),
    ...(team === undefined ? {} : { clinician: team }),
  };
  const found = q === undefined || q === '' ? undefined : { text: q, patientIds: await namedLike(call, q) };
  const [page, counts, clock] = await Promise.all([
    listWorklist(record, tenant.id, {
      ...narrowed,
      ...(sort === 'name' ? { count: byNameAtMost } : { sort }),
      ...(filter === undefined ? {} : { filter }),
      ...(found === undefined ? {} : { search: found }),
      ...(after === undefined ? {} : { after }),
    }),
    countWorklist(record, tenant.id, narrowed),
    record.clockOf(tenant.id),
  ]);
  const known = await names.of(
    call.session,
    page.rows.flatMap((row) => [`Patient/${row.patientId}`, row.clinician, row.contactBy]),
  );
  const rows = page.rows.map((row) => rosterRow(row, known));
  if (sort === 'name') rows.sort((a, b) => a.name.localeCompare(b.name, tenant.language));
  const next = page.next === undefined ? {} : { next: page.next };
  const route = tenant.safetyRoute === undefined ? {} : { safetyRoute: tenant.safetyRoute };
  return { status: 200, body: { now: clock.now().toISOString(), rows, ...next, counts, ...route } };
}

/** Patients whom the EHR finds by that name; a name that nobody can be found by leaves the titles. */
async function namedLike(
  { options, smart, session }: AppCall<unknown, unknown>,
  q: string,
): Promise<readonly string[]> {
  if (q.length < 2) return [];
  try {
    return (await withUserToken(options, smart, session, (client, token) => client.findPatients(token, q))) ?? [];
  } catch (error) {
    // an EHR that does not answer as it should must not take the list away
    if (ehrTrouble(error) !== undefined) return [];
    throw error;
  }
}

function rosterRow(row: WorklistRow, names: ReadonlyMap<string, string>) {
  const { patientId, planId, planTitle, overdue, notLanded, waitingUnlock, openBarrier, lastLogAt } = row;
  const signals = [
    ...(row.openSignals > 0 ? ['safety'] : []),
    ...(overdue > 0 ? ['overdue'] : []),
    ...(row.stopped > 0 ? ['stopped'] : []),
    ...(openBarrier === null ? [] : ['barrier']),
    ...(waitingUnlock > 0 ? ['waiting-unlock'] : []),
    ...(notLanded > 0 ? ['not-landed'] : []),
  ];
  const nameOf = (reference: string | null, without: string) => names.get(reference ?? '') ?? without;
  return {
    ...{ patientId, planId, planTitle, signals, openSignals: row.openSignals, overdue, waitingUnlock, notLanded },
    name: nameOf(`Patient/${patientId}`, nameUnknown),
    clinician: nameOf(row.clinician, 'no clinician named'),
    ...(row.standing === null ? {} : { standing: row.standing }),
    ...(row.deceased ? { deceased: true } : {}),
    ...(lastLogAt === null ? {} : { lastLogAt }),
    ...(row.adherencePercent === null ? {} : { adherencePercent: row.adherencePercent }),
    ...(openBarrier === null ? {} : { openBarrier }),
    ...(row.contactAt === null
      ? {}
      : {
          contact: {
            at: row.contactAt,
            by: nameOf(row.contactBy, 'a colleague'),
            note: row.contactNote ?? '',
            ...(row.snoozeUntil === null ? {} : { snoozeUntil: row.snoozeUntil }),
          },
        }),
  };
}

/** A day is one of homework, as the page counts them: a patient set aside until Friday is back when Friday's day begins. */
function instantOf(day: string, timeZone: string): string {
  return day.length === 10 ? dayStart(day, timeZone) : toInstant(day, 'snoozeUntil');
}

/** Whether there is no such patient, or this user may not know of one, is not told apart. */
export function notForYou(patientId: string): IntersessionError {
  return unknownArtefact({ artefact: 'patient', id: patientId });
}

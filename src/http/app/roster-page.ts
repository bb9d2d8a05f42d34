import type { RosterPage, RosterRow } from '../../contract/app/roster.ts';
import { defined } from '../../foundation/defined.ts';
import { ehrTrouble } from '../../foundation/ehr-trouble.ts';
import { asToldBy, type SourceName } from '../../homework/as-told-by.ts';
import type { Worklist } from '../../record/roster/asked-worklist.ts';
import {
  flaggedPatients,
  listWorklist,
  mostCounted,
  type WorklistFilter,
  type WorklistRow,
  worklistFilters,
} from '../../record/roster/worklist.ts';
import { seal, unseal } from '../../record/session/seal.ts';
import { invalidCursor } from '../../record/store/keyset-cursor.ts';
import { sourceNameOf } from '../../record/store/source-name.ts';
import { withUserToken } from '../smart/with-user-token.ts';
import type { AppCall } from './app-route.ts';
import type { Hidden } from './hidden-patients.ts';
import type { KnownNames } from './known-names.ts';
import type { KnownPatients } from './known-patients.ts';
import { rosterOf } from './roster-of.ts';

/** What a page of the list is asked for by. */
export interface RosterAsked {
  readonly filter?: WorklistFilter;
  readonly team?: string;
  readonly q?: string;
  readonly sort: 'urgency' | 'last-log' | 'adherence' | 'name';
  readonly after?: string;
}

/** What is known of people's names, and of who may see whom. */
export interface RosterSight {
  readonly names: KnownNames;
  readonly patients: KnownPatients;
  hidden(call: AppCall<unknown, unknown>, roster: readonly string[] | undefined): Promise<Hidden>;
}

const pageSize = 50;
/** A page is filled from so many of the record's, where the EHR hides patients; then it is answered as it is, with `next`. */
const mostPasses = 5;
/** A list by name is whole up to here, for the names are the EHR’s and no page after page of ours can be cut by them. */
const byNameAtMost = 200;
/** So many patients more are asked for to count: four searches. */
const mostAsked = 200;
const nameUnknown = 'Name not available';

/**
 * One page of the list: rows, counts and finds of patients only whom this user's own token has just been able to read.
 * Whom the EHR hides is absent, but for how many there are.
 */
export async function showRoster(
  call: AppCall<unknown, unknown>,
  asked: RosterAsked,
  sight: RosterSight,
): Promise<{ readonly status: 200; readonly body: RosterPage }> {
  const { record, tenant, session } = call;
  const { filter, team, q, sort } = asked;
  const roster = await rosterOf(call);
  const narrowed = {
    ...defined({ patientIds: roster, clinician: team }),
  };
  // first: what a small roster needs is known then
  const hidden = await sight.hidden(call, roster);
  const found = q === undefined || q === '' ? undefined : { text: q, patientIds: await namedLike(call, q) };
  const wanted = {
    ...narrowed,
    ...(sort === 'name' ? {} : { sort }),
    ...defined({ filter, search: found }),
  };
  const [page, counted, clock] = await Promise.all([
    readableRows(
      call,
      wanted,
      { after: asked.after, count: sort === 'name' ? byNameAtMost : pageSize },
      sight.patients,
    ),
    countReadable(call, narrowed, sight.patients),
    record.clockOf(tenant.id),
  ]);
  const names = await sight.names.of(
    session,
    page.rows.flatMap(({ row }) => [row.clinician, row.contactBy]),
  );
  const sourceName = sourceNameOf(record, tenant.id);
  const rows = page.rows.map(({ row, name }) => rosterRow(row, name, { names, sourceName }));
  if (sort === 'name') rows.sort((a, b) => a.name.localeCompare(b.name, tenant.language));
  // by what is known of the whole roster, not by what one filter holds
  const atLeast = counted.capped || !hidden.complete;
  const body: RosterPage = {
    now: clock.now().toISOString(),
    rows,
    ...defined({ next: page.next }),
    counts: counted.counts,
    ...(atLeast ? { countsAtLeast: true } : {}),
    hidden: { patients: hidden.patients, ...(hidden.complete ? {} : { atLeast: true }) },
    ...(hidden.unchecked || page.unchecked ? { unchecked: true } : {}),
    ...defined({ safetyRoute: tenant.safetyRoute }),
  };
  return { status: 200, body };
}

interface ReadableRows {
  readonly rows: readonly { readonly row: WorklistRow; readonly name: string }[];
  readonly next?: string;
  readonly unchecked: boolean;
}

async function readableRows(
  { record, tenant, session, smart }: AppCall<unknown, unknown>,
  wanted: Worklist,
  { after, count }: { readonly after: string | undefined; readonly count: number },
  patients: KnownPatients,
): Promise<ReadableRows> {
  const rows: { row: WorklistRow; name: string }[] = [];
  let unchecked = false;
  // where a page ends may be a patient who is hidden: the cursor is opened by nobody but us, in this session
  let from = after === undefined ? undefined : openCursor(smart.sessionKey, session.launchId, after);
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const page = await listWorklist(record, tenant.id, {
      ...wanted,
      count: count - rows.length,
      ...defined({ after: from }),
    });
    const sights = await patients.of(
      session,
      page.rows.map(({ patientId }) => patientId),
    );
    for (const row of page.rows) {
      const sight = sights.get(row.patientId);
      if (sight === undefined) unchecked = true;
      if (sight?.seen === 'readable') rows.push({ row, name: sight.name ?? nameUnknown });
    }
    from = page.next;
    if (from === undefined || rows.length >= count) break;
  }
  const next = from === undefined ? {} : { next: seal(smart.sessionKey, `roster ${session.launchId}`, from) };
  return { rows, ...next, unchecked };
}

/** @throws `invalid-request` when it is no cursor of this session's */
function openCursor(key: Uint8Array, launchId: string, cursor: string): string {
  const opened = unseal(key, `roster ${launchId}`, cursor);
  if (typeof opened !== 'string') throw invalidCursor();
  return opened;
}

/** How many plans each filter would show of patients whom this user can read. */
async function countReadable(
  { record, tenant, session }: AppCall<unknown, unknown>,
  narrowed: Pick<Worklist, 'patientIds' | 'clinician'>,
  patients: KnownPatients,
): Promise<{ readonly counts: RosterPage['counts']; readonly capped: boolean }> {
  const flagged = await flaggedPatients(record, tenant.id, narrowed);
  const all = [...new Set(worklistFilters.flatMap((filter) => flagged[filter]))];
  const known = patients.known(session, all);
  const unknown = all.filter((id) => !known.has(id));
  const asked = await patients.of(session, unknown.slice(0, mostAsked));
  const isReadable = (id: string) => (known.get(id) ?? asked.get(id))?.seen === 'readable';
  const counts = Object.fromEntries(
    worklistFilters.map((filter) => [filter, flagged[filter].filter(isReadable).length]),
  );
  const full = worklistFilters.some((filter) => flagged[filter].length >= mostCounted);
  return { counts, capped: full || unknown.some((id) => !asked.has(id)) };
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

function rosterRow(
  row: WorklistRow,
  name: string,
  { names, sourceName }: { readonly names: ReadonlyMap<string, string>; readonly sourceName: SourceName },
): RosterRow {
  const { patientId, planId, planTitle, overdue, notLanded, waitingUnlock, openBarrier, lastLogAt } = row;
  const holds: Readonly<Record<WorklistFilter, boolean>> = {
    safety: row.openSignals > 0,
    overdue: overdue > 0,
    stopped: row.stopped > 0,
    barrier: openBarrier !== null,
    'waiting-unlock': waitingUnlock > 0,
    'not-landed': notLanded > 0,
  };
  const signals = worklistFilters.filter((filter) => holds[filter]);
  const nameOf = (reference: string | null, without: string) => names.get(reference ?? '') ?? without;
  const clinicianWords = ({ clinician, clinicianVia }: WorklistRow) => {
    const who = nameOf(clinician, 'no clinician named');
    return clinician === null || clinicianVia === null ? who : `${who}${asToldBy({ via: clinicianVia }, sourceName)}`;
  };
  return {
    ...{ patientId, planId, planTitle, signals, openSignals: row.openSignals, overdue, waitingUnlock, notLanded },
    name,
    clinician: clinicianWords(row),
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

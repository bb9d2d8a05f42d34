import type { RosterPage } from '../../contract/app/roster.ts';
import { defined } from '../../foundation/defined.ts';
import { flaggedPatients, mostCounted, type WorklistFilter, worklistFilters } from '../../record/roster/worklist.ts';
import { sourceNameOf } from '../../record/store/source-name.ts';
import type { AppCall } from './app-route.ts';
import { type Hidden, mostByName } from './hidden-patients.ts';
import type { KnownNames } from './known-names.ts';
import type { KnownPatients } from './known-patients.ts';
import type { LearnStandings } from './learn-standings.ts';
import { namedLike } from './named-like.ts';
import { readableRows } from './readable-rows.ts';
import { rosterOf } from './roster-of.ts';
import { rosterRow } from './roster-row.ts';
import { byName, rowsByName } from './rows-by-name.ts';

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
  readonly learn: LearnStandings;
  hidden(call: AppCall<unknown, unknown>, roster: readonly string[] | undefined, upTo?: number): Promise<Hidden>;
}

const pageSize = 50;
/** So many patients more are asked for to count: four searches. */
const mostAsked = 200;

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
  const isSearch = q !== undefined && q !== '';
  const byNames = isSearch || sort === 'name';
  // first: what a small roster needs is known then
  const hidden = await sight.hidden(call, roster, byNames ? mostByName : 0);
  const found = isSearch ? { text: q, patientIds: await namedLike(call, q, { ids: hidden.ids, ...sight }) } : undefined;
  const wanted = {
    ...narrowed,
    ...(sort === 'name' ? {} : { sort }),
    ...defined({ filter, search: found }),
  };
  const at = { after: asked.after, count: pageSize };
  const inOrderOfNames = sort === 'name' && hidden.complete && hidden.shown <= mostByName;
  const read = () =>
    Promise.all([
      inOrderOfNames
        ? rowsByName(call, wanted, { ...at, language: tenant.language, patients: sight.patients })
        : readableRows(call, wanted, at, sight.patients),
      flaggedPatients(record, tenant.id, narrowed),
      record.clockOf(tenant.id),
    ]);
  const first = await read();
  // nobody is to be called about who has died: the list that first reads it says so
  const [page, flagged, clock] = (await sight.learn(call, first[0].rows)) ? await read() : first;
  // behind the rows: who stands in them is known then, and is not asked for twice at once
  const counted = await countReadable(call, flagged, sight.patients);
  const names = await sight.names.of(
    session,
    page.rows.flatMap(({ row }) => [...row.plans.map(({ clinician }) => clinician), row.contactBy, row.endedBy]),
  );
  const words = {
    ...{ names, sourceName: sourceNameOf(record, tenant.id), reader: session.userReference },
    now: clock.now().toISOString(),
    timeZone: tenant.timeZone,
  };
  const inOrder = sort === 'name' ? page.rows.toSorted(byName(tenant.language)) : page.rows;
  // by what is known of the whole roster, not by what one filter holds
  const atLeast = counted.capped || !hidden.complete;
  const gone = hidden.gone.filter((id) => flagged.safety.includes(id));
  const body: RosterPage = {
    now: clock.now().toISOString(),
    rows: inOrder.map(({ row, sight: seen }) => rosterRow(row, seen, words)),
    ...defined({ next: page.next }),
    ...{ counts: counted.counts, inNeed: counted.inNeed },
    patients: { count: hidden.shown, ...(hidden.complete ? {} : { atLeast: true }) },
    ...(atLeast ? { countsAtLeast: true } : {}),
    ...(byNames && !hidden.complete ? { namesPartly: true } : {}),
    hidden: { patients: hidden.patients, ...(hidden.complete ? {} : { atLeast: true }) },
    ...(hidden.gone.length === 0 ? {} : { gone: { patients: hidden.gone.length, withSignal: gone.length } }),
    ...(hidden.unchecked || page.unchecked ? { unchecked: true } : {}),
    ...defined({ safetyRoute: tenant.safetyRoute }),
  };
  return { status: 200, body };
}

/** How many patients each filter would show whom this user can read, and how many need somebody. */
async function countReadable(
  { session }: AppCall<unknown, unknown>,
  flagged: Awaited<ReturnType<typeof flaggedPatients>>,
  patients: KnownPatients,
): Promise<Pick<RosterPage, 'inNeed'> & { readonly counts: RosterPage['counts']; readonly capped: boolean }> {
  const lists = Object.values(flagged);
  const all = [...new Set(lists.flat())];
  const known = patients.known(session, all);
  const unknown = all.filter((id) => !known.has(id));
  const asked = await patients.of(session, unknown.slice(0, mostAsked));
  const isShown = (id: string) => ['readable', 'listed'].includes((known.get(id) ?? asked.get(id))?.seen ?? '');
  const counts = Object.fromEntries(worklistFilters.map((filter) => [filter, flagged[filter].filter(isShown).length]));
  const full = lists.some((ids) => ids.length >= mostCounted);
  return {
    counts,
    inNeed: flagged['in-need'].filter(isShown).length,
    capped: full || unknown.some((id) => !asked.has(id)),
  };
}

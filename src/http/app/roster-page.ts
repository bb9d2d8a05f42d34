import { z } from 'zod';
import type { RosterPage } from '../../contract/app/roster.ts';
import { defined } from '../../foundation/defined.ts';
import { ehrTrouble } from '../../foundation/ehr-trouble.ts';
import { parsedJson } from '../../foundation/parsed-json.ts';
import { matchesName } from '../../homework/patient/match-name.ts';
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
import { type Hidden, mostByName } from './hidden-patients.ts';
import type { KnownNames } from './known-names.ts';
import type { KnownPatients } from './known-patients.ts';
import { rosterOf } from './roster-of.ts';
import { rosterRow, type Seen } from './roster-row.ts';

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
  hidden(call: AppCall<unknown, unknown>, roster: readonly string[] | undefined, upTo?: number): Promise<Hidden>;
}

const pageSize = 50;
/** A page is filled from so many of the record's, where the EHR hides patients; then it is answered as it is, with `next`. */
const mostPasses = 5;
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
  const [page, counted, clock] = await Promise.all([
    inOrderOfNames
      ? rowsByName(call, wanted, { ...at, language: tenant.language, patients: sight.patients })
      : readableRows(call, wanted, at, sight.patients),
    countReadable(call, narrowed, sight.patients),
    record.clockOf(tenant.id),
  ]);
  const names = await sight.names.of(
    session,
    page.rows.flatMap(({ row }) => [...row.plans.map(({ clinician }) => clinician), row.contactBy, row.endedBy]),
  );
  const words = { names, sourceName: sourceNameOf(record, tenant.id), reader: session.userReference };
  const inOrder = sort === 'name' ? page.rows.toSorted(byName(tenant.language)) : page.rows;
  // by what is known of the whole roster, not by what one filter holds
  const atLeast = counted.capped || !hidden.complete;
  const body: RosterPage = {
    now: clock.now().toISOString(),
    rows: inOrder.map(({ row, sight: seen }) => rosterRow(row, seen, words)),
    ...defined({ next: page.next }),
    ...{ counts: counted.counts, inNeed: counted.inNeed },
    patients: { count: hidden.shown, ...(hidden.complete ? {} : { atLeast: true }) },
    ...(atLeast ? { countsAtLeast: true } : {}),
    ...(byNames && !hidden.complete ? { namesPartly: true } : {}),
    hidden: { patients: hidden.patients, ...(hidden.complete ? {} : { atLeast: true }) },
    ...(hidden.unchecked || page.unchecked ? { unchecked: true } : {}),
    ...defined({ safetyRoute: tenant.safetyRoute }),
  };
  return { status: 200, body };
}

interface ReadableRow {
  readonly row: WorklistRow;
  readonly sight: Seen;
}

interface ReadableRows {
  readonly rows: readonly ReadableRow[];
  readonly next?: string;
  readonly unchecked: boolean;
}

async function readableRows(
  { record, tenant, session, smart }: AppCall<unknown, unknown>,
  wanted: Worklist,
  { after, count }: { readonly after: string | undefined; readonly count: number },
  patients: KnownPatients,
): Promise<ReadableRows> {
  const rows: ReadableRow[] = [];
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
      else if (sight.seen !== 'hidden') rows.push({ row, sight });
    }
    from = page.next;
    if (from === undefined || rows.length >= count) break;
  }
  const next = from === undefined ? {} : { next: seal(smart.sessionKey, `roster ${session.launchId}`, from) };
  return { rows, ...next, unchecked };
}

type ByName = {
  readonly after: string | undefined;
  readonly count: number;
  readonly language: string;
  readonly patients: KnownPatients;
};

/** A page of the whole list in the order of names, for a roster of which all names are known. */
async function rowsByName(
  call: AppCall<unknown, unknown>,
  wanted: Worklist,
  { after, count, language, patients }: ByName,
): Promise<ReadableRows> {
  const { smart, session } = call;
  const all: ReadableRow[] = [];
  let unchecked = false;
  let from: string | undefined;
  do {
    const page = await readableRows(call, wanted, { after: from, count: mostListed }, patients);
    all.push(...page.rows);
    unchecked ||= page.unchecked;
    from = page.next;
  } while (from !== undefined);
  const inOrder = all.toSorted(byName(language));
  const last = after === undefined ? undefined : openCursor(smart.sessionKey, session.launchId, after);
  // whoever stood at the page's end may be gone: it goes on behind where they would stand
  const begin = last === undefined ? 0 : beginBehind(inOrder, last, language);
  const rows = inOrder.slice(begin, begin + count);
  const end = rows.at(-1);
  const isLast = begin + count >= inOrder.length;
  if (isLast || end === undefined) return { rows, unchecked };
  const key = JSON.stringify([end.sight.name ?? null, end.row.patientId]);
  return { rows, unchecked, next: seal(smart.sessionKey, `roster ${session.launchId}`, key) };
}

/** So many rows the record gives at once. */
const mostListed = 200;

function beginBehind(inOrder: readonly ReadableRow[], cursor: string, language: string): number {
  const key = z.tuple([z.string().nullable(), z.string()]).safeParse(parsedJson(cursor)).data;
  if (key === undefined) throw invalidCursor();
  const compare = nameOrder(language);
  const at = inOrder.findIndex(
    ({ row, sight }) => compare([sight.name, row.patientId], [key[0] ?? undefined, key[1]]) > 0,
  );
  return at < 0 ? inOrder.length : at;
}

type Named = readonly [name: string | undefined, patientId: string];

/** By name as the language has it, then by id; whoever has none stands last. */
function nameOrder(language: string): (a: Named, b: Named) => number {
  const { compare } = new Intl.Collator(language);
  return ([a, idA], [b, idB]) =>
    Number(a === undefined) - Number(b === undefined) ||
    compare(a ?? '', b ?? '') ||
    (idA < idB ? -1 : Number(idA > idB));
}

function byName(language: string): (a: ReadableRow, b: ReadableRow) => number {
  const compare = nameOrder(language);
  return (a, b) => compare([a.sight.name, a.row.patientId], [b.sight.name, b.row.patientId]);
}

/** @throws `invalid-request` when it is no cursor of this session's */
function openCursor(key: Uint8Array, launchId: string, cursor: string): string {
  const opened = unseal(key, `roster ${launchId}`, cursor);
  if (typeof opened !== 'string') throw invalidCursor();
  return opened;
}

/** How many patients each filter would show whom this user can read, and how many need somebody. */
async function countReadable(
  { record, tenant, session }: AppCall<unknown, unknown>,
  narrowed: Pick<Worklist, 'patientIds' | 'clinician'>,
  patients: KnownPatients,
): Promise<Pick<RosterPage, 'inNeed'> & { readonly counts: RosterPage['counts']; readonly capped: boolean }> {
  const flagged = await flaggedPatients(record, tenant.id, narrowed);
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

/**
 * Patients who have that name: of those whose names this user could read just now, whatever the case, accents, apostrophes
 * and order; and whom the EHR finds.
 */
async function namedLike(
  { options, smart, session }: AppCall<unknown, unknown>,
  q: string,
  { ids, patients }: { readonly ids: readonly string[]; readonly patients: KnownPatients },
): Promise<readonly string[]> {
  const alike = [...patients.known(session, ids)].flatMap(([id, sight]) =>
    sight.seen !== 'hidden' && sight.name !== undefined && matchesName(q, [sight.name]) ? [id] : [],
  );
  // one letter finds half of an EHR; one sign of another script is a name
  if (q.length < 2 && /^[\p{Script=Latin}\P{L}]$/u.test(q)) return alike;
  try {
    const found = await withUserToken(options, smart, session, (client, token) => client.findPatients(token, q));
    return [...new Set([...alike, ...(found ?? [])])];
  } catch (error) {
    // an EHR that does not answer as it should must not take the list away
    if (ehrTrouble(error) !== undefined) return alike;
    throw error;
  }
}

import { z } from 'zod';
import { parsedJson } from '../../foundation/parsed-json.ts';
import type { NameOrder } from '../../homework/patient/say-name.ts';
import type { Worklist } from '../../record/roster/asked-worklist.ts';
import { seal } from '../../record/session/seal.ts';
import { invalidCursor } from '../../record/store/keyset-cursor.ts';
import type { AppCall } from './app-route.ts';
import type { KnownPatients } from './known-patients.ts';
import { openCursor, type ReadableRow, type ReadableRows, readableRows } from './readable-rows.ts';

type ByName = {
  readonly after: string | undefined;
  readonly count: number;
  readonly language: string;
  readonly patients: KnownPatients;
};

/** A page of the whole list in the order of names, for a roster of which all names are known. */
export async function rowsByName(
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
  const key = JSON.stringify([end.sight.order ?? null, end.row.patientId]);
  return { rows, unchecked, next: seal(smart.sessionKey, `roster ${session.launchId}`, key) };
}

/** So many rows the record gives at once. */
const mostListed = 200;

function beginBehind(inOrder: readonly ReadableRow[], cursor: string, language: string): number {
  const key = z.tuple([z.tuple([z.string(), z.string()]).nullable(), z.string()]).safeParse(parsedJson(cursor)).data;
  if (key === undefined) throw invalidCursor();
  const compare = nameComparison(language);
  const at = inOrder.findIndex(
    ({ row, sight }) => compare([sight.order, row.patientId], [key[0] ?? undefined, key[1]]) > 0,
  );
  return at < 0 ? inOrder.length : at;
}

type Named = readonly [order: NameOrder | undefined, patientId: string];

/** By family name, then given names, as the language has them, then by id; whoever has none stands last. */
function nameComparison(language: string): (a: Named, b: Named) => number {
  const { compare } = new Intl.Collator(language);
  return ([a, idA], [b, idB]) =>
    Number(a === undefined) - Number(b === undefined) ||
    compare(a?.[0] ?? '', b?.[0] ?? '') ||
    compare(a?.[1] ?? '', b?.[1] ?? '') ||
    (idA < idB ? -1 : Number(idA > idB));
}

/** The order of rows by name. */
export function byName(language: string): (a: ReadableRow, b: ReadableRow) => number {
  const compare = nameComparison(language);
  return (a, b) => compare([a.sight.order, a.row.patientId], [b.sight.order, b.row.patientId]);
}

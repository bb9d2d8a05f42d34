import type { Instant } from '../../homework/model.ts';
import type { BarrierCode } from '../../homework/plan/barrier.ts';
import {
  type WorklistFilter,
  type WorklistSort,
  worklistFilters,
  worklistSorts,
} from '../../homework/plan/worklist-filter.ts';
import { plannedEachTime } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { invalidCursor, readCursor, writeCursor } from '../store/keyset-cursor.ts';
import { newStatement } from '../store/statement.ts';
import { tenantOf } from '../tenant-of.ts';
import type { Worklist } from './asked-worklist.ts';
import {
  conditionOf,
  latestContact,
  mayGoOnSql,
  orders,
  type PlansFound,
  type Position,
  underWay,
  type WorklistPart,
  worklistSql,
} from './worklist-sql.ts';

export { type WorklistFilter, type WorklistSort, worklistFilters, worklistSorts };

/** A plan that is under way, and what of it may need attention. */
export interface WorklistRow {
  readonly planId: string;
  readonly patientId: string;
  readonly planTitle: string;
  /** `Practitioner/17`, if the plan names its author. */
  readonly clinician: string | null;
  /** Client id of the source system that named them; null: the plan was made in the app. */
  readonly clinicianVia: string | null;
  /** Safety signals of the patient that nobody has closed yet. */
  readonly openSignals: number;
  /** How the patient stands in the EHR; null: nothing to say. */
  readonly standing: 'inactive' | 'merged' | 'gone' | null;
  readonly deceased: boolean;
  readonly overdue: number;
  readonly stopped: number;
  readonly waitingUnlock: number;
  readonly openBarrier: BarrierCode | null;
  readonly notLanded: number;
  readonly lastLogAt: Instant | null;
  readonly adherencePercent: number | null;
  /** The latest contact with the patient. */
  readonly contactAt: Instant | null;
  readonly contactBy: string | null;
  readonly contactNote: string | null;
  readonly snoozeUntil: Instant | null;
}

/** More than so many are not counted: nobody works through them one by one, and counting all would cost more than the page. */
export const mostCounted = 500;

/**
 * One page of the plans that are under way, patients with an open safety signal and then those that need attention first;
 * a filter leaves out patients who are snoozed, unless it is the one for safety. Every page is read by index, in its
 * order, from where the last one ended: `npm run bench` holds each filter and sort at 100 000 patients to three times what
 * it takes at 1 000, on PostgreSQL, also for one clinician and for a text that many, few or no titles have. A text that
 * one title in twenty has takes longer with more plans: they are found by it and then put in order.
 */
export async function listWorklist(
  record: HomeworkRecord,
  tenantId: string,
  { after, count = 50, ...worklist }: Worklist,
): Promise<{ readonly rows: readonly WorklistRow[]; readonly next?: string }> {
  tenantOf(record, tenantId);
  const now = (await record.clockOf(tenantId)).now();
  const { sort = 'urgency', filter } = worklist;
  // two lists one after the other, because no index can hold another table's signal
  const lists: readonly WorklistPart[] =
    sort === 'urgency' && filter !== 'safety' ? ['at-risk', 'others', 'at-rest'] : ['all'];
  const position = after === undefined ? undefined : readPosition(after, lists, sort);
  const begun = position === undefined ? 0 : lists.indexOf(position.list);
  const found: (WorklistRow & Position)[] = [];
  for (const [index, name] of lists.entries()) {
    if (index < begun || found.length > count) continue;
    const from = index === begun ? position : undefined;
    const wanted = { ...worklist, sort, list: name, from, limit: count + 1 - found.length };
    found.push(...(await readRows(record, tenantId, wanted, now)));
  }
  const page = found.slice(0, count);
  const last = page.at(-1);
  return {
    rows: page.map(({ list: _list, at: _key, id: _id, ...row }) => row),
    ...(found.length > count && last !== undefined ? { next: writeCursor([last.list, last.at, last.planId]) } : {}),
  };
}

/** @throws `invalid-request` when it is no cursor of this list in this order */
function readPosition(after: string, lists: readonly WorklistPart[], sort: WorklistSort): Position {
  const [name = '', at = '', id = ''] = readCursor(after, 3);
  const list = lists.find((list) => list === name);
  if (list === undefined || !orders[sort].isKey(at)) throw invalidCursor();
  return { list, at, id };
}

interface ReadRows extends Omit<Worklist, 'after' | 'count'> {
  readonly sort: WorklistSort;
  readonly list: WorklistPart;
  readonly from: Position | undefined;
  readonly limit: number;
}

async function readRows(
  { database }: HomeworkRecord,
  tenantId: string,
  { search, limit, ...wanted }: ReadRows,
  now: Date,
): Promise<(WorklistRow & Position)[]> {
  const read = async (found: PlansFound): Promise<(WorklistRow & Position)[]> => {
    const { sql, parameters } = worklistSql(tenantId, { ...wanted, limit, now, found });
    return (await database.query<WorklistRow & Position>(sql, parameters)).rows;
  };
  if (search === undefined) return read('all');
  // a text that many titles have is soon met along the order; one that few have is found by its parts
  const soon = await read({ along: search, within: shortWalk });
  if (soon.length === limit) return soon;
  const { sql, parameters } = mayGoOnSql(tenantId, wanted, { text: search.text, within: shortWalk, few: fewTitles });
  const { rows } = await database.query<{ more: boolean; titles: number }>(sql, parameters);
  if (rows[0]?.more !== true) return soon;
  if (rows[0].titles === fewTitles) {
    const later = await read({ along: search, within: longWalk });
    if (later.length === limit) return later;
  }
  return read({ by: search });
}

/** Plans that are looked at along the order before the titles are asked, and after they said that many have the text. */
const [shortWalk, longWalk] = [300, 2000];
/** So many titles are read and put in order faster than a long walk goes. */
const fewTitles = 400;

/**
 * Whose plans each filter would show, one id a plan, up to `mostCounted`: whoever shows how many they are leaves out those
 * whom the reader may not see.
 */
export async function flaggedPatients(
  record: HomeworkRecord,
  tenantId: string,
  { patientIds, clinician }: Pick<Worklist, 'patientIds' | 'clinician'>,
): Promise<Readonly<Record<WorklistFilter, readonly string[]>>> {
  tenantOf(record, tenantId);
  const now = (await record.clockOf(tenantId)).now();
  const { parameters, bind } = newStatement();
  const [tenant, at] = [bind(tenantId), bind(now)];
  const narrowed = [
    ...(patientIds === undefined ? [] : [`p.patient_id = any(${bind(patientIds)})`]),
    ...(clinician === undefined ? [] : [`p.author = ${bind(clinician)}`]),
  ].map((condition) => ` and ${condition}`);
  const active = ` and ${underWay} and (c.snooze_until is null or c.snooze_until <= ${at})`;
  const lists = worklistFilters.map(
    (filter) =>
      `array(select p.patient_id from plan p ${latestContact}
         where p.tenant = ${tenant} and ${conditionOf[filter]}${filter === 'safety' ? '' : active}${narrowed.join('')} limit ${mostCounted}) as "${filter}"`,
  );
  const { rows } = await record.database.query<Record<WorklistFilter, string[]>>(
    `${plannedEachTime}select ${lists.join(', ')}`,
    parameters,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('a select without a from clause returned no row');
  return row;
}

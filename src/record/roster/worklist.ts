import type { Instant } from '../../homework/model.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { readCursor, writeCursor } from '../keyset-cursor.ts';
import { newStatement } from '../search-sql.ts';
import { tenantOf } from '../tenant-of.ts';

export const worklistFilters = ['safety', 'overdue', 'stopped', 'barrier', 'waiting-unlock', 'not-landed'] as const;
export type WorklistFilter = (typeof worklistFilters)[number];
export const worklistSorts = ['urgency', 'last-log', 'adherence'] as const;
export type WorklistSort = (typeof worklistSorts)[number];

export interface Worklist {
  readonly filter?: WorklistFilter;
  /** Default: `urgency`, what needs care first; `last-log`: the longest silent first; `adherence`: the least done first. */
  readonly sort?: WorklistSort;
  /** Only these patients; absent: all. */
  readonly patientIds?: readonly string[];
  /** Only plans of this clinician: `Practitioner/17`. */
  readonly clinician?: string;
  /** Only plans with this in their title, and plans of these patients. */
  readonly search?: { readonly text: string; readonly patientIds: readonly string[] };
  /** 1 to 200; default 50. */
  readonly count?: number;
  readonly after?: string;
}

/** A plan that is under way, and what of it may need attention. */
export interface WorklistRow {
  readonly planId: string;
  readonly patientId: string;
  readonly planTitle: string;
  /** `Practitioner/17`, if the plan names its author. */
  readonly clinician: string | null;
  /** Safety signals of the patient that nobody has closed yet. */
  readonly openSignals: number;
  /** How the patient stands in the EHR; null: nothing to say. */
  readonly standing: 'inactive' | 'merged' | 'gone' | null;
  readonly deceased: boolean;
  readonly overdue: number;
  readonly stopped: number;
  readonly waitingUnlock: number;
  readonly openBarrier: string | null;
  readonly notLanded: number;
  readonly lastLogAt: Instant | null;
  readonly adherencePercent: number | null;
  /** The latest contact with the patient. */
  readonly contactAt: Instant | null;
  readonly contactBy: string | null;
  readonly contactNote: string | null;
  readonly snoozeUntil: Instant | null;
}

/** Written out as in the partial indexes, else they are not used. */
const underWay = `p.status in ('active', 'on-hold')`;
const openSignals = `from safety_signal s where s.tenant = p.tenant and s.patient_id = p.patient_id and s.status = 'open'`;
/**
 * Patients with an open signal, by its own index, for they are few. One whose plans are all closed stands here with the
 * latest of them: a signal does not end with the homework.
 */
const atRisk = `p.patient_id in (select s.patient_id from safety_signal s where s.tenant = p.tenant and s.status = 'open')
  and (${underWay} or p.id = (select q.id from plan q where q.tenant = p.tenant and q.patient_id = p.patient_id
    and q.status <> 'entered-in-error' order by q.status in ('active', 'on-hold') desc, q.updated_at desc, q.id limit 1))`;
/** Nobody needs to hurry for who has died: they stand with the others, and their signals wait to be closed. */
const hasDied = `exists (select from patient_standing d where d.tenant = p.tenant and d.patient_id = p.patient_id and d.deceased)`;
const conditionOf: Readonly<Record<WorklistFilter, string>> = {
  safety: atRisk,
  overdue: 'p.overdue > 0',
  stopped: 'p.stopped > 0',
  barrier: 'p.open_barrier is not null',
  'waiting-unlock': 'p.waiting_unlock > 0',
  // by the groups that need attention, which have an index of their own and are few
  'not-landed': `exists (select from landing_group g join ledger l on l.tenant = g.tenant and l.group_id = g.id
    where g.tenant = p.tenant and g.plan_id = p.id and g.attention and l.state in ('rejected', 'unknown', 'waiting'))`,
};
/** Both columns in one direction, so that a page's begin is one comparison and the index gives it. */
const orders: Readonly<Record<WorklistSort, { key: string; direction: 'asc' | 'desc'; cast: string }>> = {
  urgency: { key: 'p.urgency', direction: 'desc', cast: 'int' },
  'last-log': { key: 'p.last_log_at', direction: 'asc', cast: 'timestamptz' },
  adherence: { key: 'coalesce(p.adherence_percent, 1000::real)', direction: 'asc', cast: 'real' },
};
const latestContact = `left join lateral (select c.at, c.by_user, c.note, c.snooze_until from contact c
    where c.tenant = p.tenant and c.patient_id = p.patient_id order by c.at desc, c.id desc limit 1) c on true`;
/** More than so many are not counted: nobody works through them one by one, and counting all would cost more than the page. */
export const mostCounted = 500;

/** Where in the order a page begins: behind a row of one of the lists below. */
interface Position {
  readonly list: string;
  readonly at: string;
  readonly id: string;
}

/**
 * One page of the plans that are under way, patients with an open safety signal and then those that need attention first;
 * a filter leaves out patients who are snoozed, unless it is the one for safety. As fast at 100 000 patients as at 1 000:
 * every page is read by index from where the last one ended.
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
  const lists = sort === 'urgency' && filter !== 'safety' ? ['at-risk', 'others'] : ['all'];
  const [list = '', at = '', id = ''] = after === undefined ? [] : readCursor(after, 3);
  const begun = after === undefined ? 0 : Math.max(lists.indexOf(list), 0);
  const found: (WorklistRow & Position)[] = [];
  for (const [index, name] of lists.entries()) {
    if (index < begun || found.length > count) continue;
    const from = after !== undefined && index === begun ? { list, at, id } : undefined;
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

interface ReadRows extends Omit<Worklist, 'after' | 'count'> {
  readonly sort: WorklistSort;
  readonly list: string;
  readonly from: Position | undefined;
  readonly limit: number;
}

async function readRows(
  { database }: HomeworkRecord,
  tenantId: string,
  { filter, sort, patientIds, clinician, search, list, from, limit }: ReadRows,
  now: Date,
): Promise<(WorklistRow & Position)[]> {
  const { parameters, bind } = newStatement();
  const { key, direction, cast } = orders[sort];
  const conditions = [`p.tenant = ${bind(tenantId)}`];
  if (list === 'at-risk') conditions.push(atRisk, `not ${hasDied}`);
  if (list === 'others') conditions.push(`(not exists (select ${openSignals}) or ${hasDied})`);
  if (filter !== undefined) conditions.push(conditionOf[filter]);
  if (filter !== 'safety' && (filter !== undefined || list !== 'at-risk')) conditions.push(underWay);
  if (filter !== undefined && filter !== 'safety') {
    conditions.push(`(c.snooze_until is null or c.snooze_until <= ${bind(now)})`);
  }
  if (patientIds !== undefined) conditions.push(`p.patient_id = any(${bind(patientIds)})`);
  if (clinician !== undefined) conditions.push(`p.body->>'author' = ${bind(clinician)}`);
  if (search !== undefined) {
    const title = `%${search.text.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(`(p.patient_id = any(${bind(search.patientIds)}) or p.body->>'title' ilike ${bind(title)})`);
  }
  if (from !== undefined) {
    const than = direction === 'asc' ? '>' : '<';
    conditions.push(`(${key}, p.id) ${than} (${bind(from.at)}::${cast}, ${bind(from.id)})`);
  }
  const { rows } = await database.query<WorklistRow & Position>(
    `select p.id as "planId", p.patient_id as "patientId", p.body->>'title' as "planTitle", p.body->>'author' as clinician,
       (select count(*)::int ${openSignals}) as "openSignals", nullif(st.state, 'current') as standing, coalesce(st.deceased, false) as deceased,
       p.overdue, p.stopped, p.waiting_unlock as "waitingUnlock", p.open_barrier as "openBarrier",
       (select count(*)::int from ledger l where l.tenant = p.tenant and l.plan_id = p.id and l.state in ('rejected', 'unknown', 'waiting')) as "notLanded",
       nullif(p.last_log_at, '-infinity') as "lastLogAt", p.adherence_percent as "adherencePercent",
       c.at as "contactAt", c.by_user as "contactBy", c.note as "contactNote", c.snooze_until as "snoozeUntil",
       ${bind(list)}::text as list, ${key}::text as at, p.id
     from plan p left join patient_standing st on st.tenant = p.tenant and st.patient_id = p.patient_id ${latestContact}
     where ${conditions.join(' and ')} order by ${key} ${direction}, p.id ${direction} limit ${bind(limit)}`,
    parameters,
  );
  return rows;
}

/** How many plans each filter would show, up to `mostCounted`. */
export async function countWorklist(
  record: HomeworkRecord,
  tenantId: string,
  { patientIds, clinician }: Pick<Worklist, 'patientIds' | 'clinician'>,
): Promise<Readonly<Record<WorklistFilter, number>>> {
  tenantOf(record, tenantId);
  const now = (await record.clockOf(tenantId)).now();
  const { parameters, bind } = newStatement();
  const [tenant, at] = [bind(tenantId), bind(now)];
  const narrowed = [
    ...(patientIds === undefined ? [] : [`p.patient_id = any(${bind(patientIds)})`]),
    ...(clinician === undefined ? [] : [`p.body->>'author' = ${bind(clinician)}`]),
  ].map((condition) => ` and ${condition}`);
  const active = ` and ${underWay} and (c.snooze_until is null or c.snooze_until <= ${at})`;
  const counts = worklistFilters.map(
    (filter) =>
      `(select count(*)::int from (select 1 from plan p ${latestContact}
         where p.tenant = ${tenant} and ${conditionOf[filter]}${filter === 'safety' ? '' : active}${narrowed.join('')} limit ${mostCounted}) one) as "${filter}"`,
  );
  const { rows } = await record.database.query<Record<WorklistFilter, number>>(
    `select ${counts.join(', ')}`,
    parameters,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('a select without a from clause returned no row');
  return row;
}

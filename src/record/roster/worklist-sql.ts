import type { WorklistFilter, WorklistSort } from '../../homework/plan/worklist-filter.ts';
import { plannedEachTime } from '../database/database.ts';
import { newStatement } from '../store/statement.ts';
import type { Worklist } from './asked-worklist.ts';

/**
 * Living patients with an open signal come first, those who have died with one last; where they are not told apart the list
 * is one.
 */
export type WorklistPart = 'at-risk' | 'others' | 'at-rest' | 'all';

/** Where in the order a page begins: behind a row of one of the parts. */
export interface Position {
  readonly list: WorklistPart;
  readonly at: string;
  readonly id: string;
}

type Search = NonNullable<Worklist['search']>;
/** Which plans are looked at: all; those that bear a text, met along the order for a while; or found by the text. */
export type PlansFound = 'all' | { readonly along: Search; readonly within: number } | { readonly by: Search };

/** Written out as in the partial indexes, else they are not used. */
export const underWay = `p.status in ('active', 'on-hold')`;
const openSignals = `from safety_signal s where s.tenant = p.tenant and s.patient_id = p.patient_id and s.status = 'open'`;
/**
 * Patients with an open signal. One whose plans are all closed stands here with the latest of them: a signal does not end
 * with the homework.
 */
const atRisk = `p.at_risk
  and (${underWay} or p.id = (select q.id from plan q where q.tenant = p.tenant and q.patient_id = p.patient_id
    and q.status <> 'entered-in-error' order by q.status in ('active', 'on-hold') desc, q.updated_at desc, q.id limit 1))`;
/** Nobody needs to hurry for who has died; their signals wait to be closed. */
const hasDied = `exists (select from patient_standing d where d.tenant = p.tenant and d.patient_id = p.patient_id and d.deceased)`;
export const conditionOf: Readonly<Record<WorklistFilter, string>> = {
  safety: atRisk,
  // the sweep makes nothing overdue of who has died
  overdue: 'p.overdue > 0',
  stopped: `p.stopped > 0 and not ${hasDied}`,
  barrier: `p.open_barrier is not null and not ${hasDied}`,
  'waiting-unlock': `p.waiting_unlock > 0 and not ${hasDied}`,
  // by the groups that need attention, which have an index of their own and are few
  'not-landed': `p.id in (select g.plan_id from landing_group g join ledger l on l.tenant = g.tenant and l.group_id = g.id
    where g.tenant = $1 and g.attention and l.state in ('rejected', 'unknown', 'waiting'))`,
};
/** Both columns in one direction, so that a page's begin is one comparison and the index gives it; and what its key looks like. */
export const orders: Readonly<
  Record<WorklistSort, { key: string; direction: 'asc' | 'desc'; cast: string; isKey(text: string): boolean }>
> = {
  urgency: { key: 'p.urgency', direction: 'desc', cast: 'int', isKey: (text) => /^\d{1,9}$/.test(text) },
  'last-log': {
    key: 'p.last_log_at',
    direction: 'asc',
    cast: 'timestamptz',
    isKey: (text) => text === '-infinity' || isPlainTime(text),
  },
  adherence: {
    key: 'coalesce(p.adherence_percent, 1000::real)',
    direction: 'asc',
    cast: 'real',
    isKey: (text) => /^\d{1,4}(\.\d{1,9})?$/.test(text),
  },
};

/** `2026-03-02 15:00:00.5+00`, as PostgreSQL writes it: a day of the calendar in four figures. */
function isPlainTime(text: string): boolean {
  const [, day = '', time = ''] = /^((?!0000)\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)\+00$/.exec(text) ?? [];
  const at = Date.parse(`${day}T${time}Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

export const latestContact = `left join lateral (select c.at, c.by_user, c.note, c.snooze_until from contact c
    where c.tenant = p.tenant and c.patient_id = p.patient_id order by c.at desc, c.id desc limit 1) c on true`;

interface Narrowed extends Pick<Worklist, 'filter' | 'patientIds' | 'clinician'> {
  readonly sort: WorklistSort;
  readonly list: WorklistPart;
  readonly from: Position | undefined;
}

interface WorklistSql extends Narrowed {
  readonly limit: number;
  readonly now: Date;
  readonly found: PlansFound;
}

interface Sql {
  readonly sql: string;
  readonly parameters: unknown[];
}

/** Whether there are more plans than those looked at along the order, and whether few titles have the text. */
export function mayGoOnSql(
  tenantId: string,
  narrowed: Narrowed,
  { text, within, few }: { text: string; within: number; few: number },
): Sql {
  const { parameters, bind } = newStatement();
  const conditions = planConditions(bind, tenantId, narrowed);
  const most = bind(within);
  const plans = `select from plan p where ${conditions.join(' and ')} limit ${most}::bigint`;
  const titles = `select ${titleFound(bind, text)} limit ${bind(few)}::bigint`;
  // the titles are not asked where the walk was the whole way
  const more = `(select count(*) from (${plans}) p) = ${most}::bigint`;
  const sql = `${plannedEachTime}select m.more, case when m.more then (select count(*) from (${titles}) t)::int else 0 end as titles from (select ${more} as more offset 0) m`;
  return { sql, parameters };
}

function planConditions(
  bind: (value: unknown) => string,
  tenantId: string,
  { filter, sort, patientIds, clinician, list, from }: Narrowed,
): string[] {
  const { key, direction, cast } = orders[sort];
  const conditions = [`p.tenant = ${bind(tenantId)}`];
  if (list === 'at-risk') conditions.push(atRisk, `not ${hasDied}`);
  if (list === 'at-rest') conditions.push(atRisk, hasDied);
  if (list === 'others') conditions.push('not p.at_risk');
  if (filter !== undefined) conditions.push(conditionOf[filter]);
  const isAtRisk = list === 'at-risk' || list === 'at-rest';
  if (filter !== 'safety' && (filter !== undefined || !isAtRisk)) conditions.push(underWay);
  if (patientIds !== undefined) conditions.push(`p.patient_id = any(${bind(patientIds)})`);
  if (clinician !== undefined) conditions.push(`p.author = ${bind(clinician)}`);
  if (from !== undefined) {
    const than = direction === 'asc' ? '>' : '<';
    conditions.push(`(${key}, p.id) ${than} (${bind(from.at)}::${cast}, ${bind(from.id)})`);
  }
  return conditions;
}

/** The statement for rows of a worklist, with its parameters; the first of them is the tenant. */
export function worklistSql(tenantId: string, { limit, now, found, ...narrowed }: WorklistSql): Sql {
  const { parameters, bind } = newStatement();
  const { filter, sort, list } = narrowed;
  const { key, direction } = orders[sort];
  const conditions = planConditions(bind, tenantId, narrowed);
  const order = `order by ${key} ${direction}, p.id ${direction}`;
  const awake =
    filter === undefined || filter === 'safety' ? [] : [`(c.snooze_until is null or c.snooze_until <= ${bind(now)})`];
  let plans = 'plan p';
  if (found === 'all') awake.push(...conditions);
  else if ('along' in found) {
    const title = bind(`%${escaped(found.along.text)}%`);
    awake.push(`(p.patient_id = any(${bind(found.along.patientIds)}) or p.body->>'title' ilike ${title})`);
    plans = `(select p.* from plan p where ${conditions.join(' and ')} ${order} limit ${bind(found.within)}::bigint) p`;
  } else {
    const ids = `select t.plan_id ${titleFound(bind, found.by.text)}
      union select q.id from plan q where q.tenant = $1 and q.patient_id = any(${bind(found.by.patientIds)})`;
    // found first and put in order then: the order's own index would be walked to its end
    plans = `(select p.* from plan p where ${conditions.join(' and ')} and p.id = any(array(${ids})) offset 0) p`;
  }
  const sql = `${plannedEachTime}select p.id as "planId", p.patient_id as "patientId", p.body->>'title' as "planTitle", p.author as clinician, p.body->>'via' as "clinicianVia",
       (select count(*)::int ${openSignals}) as "openSignals", nullif(st.state, 'current') as standing, coalesce(st.deceased, false) as deceased,
       p.overdue, p.stopped, p.waiting_unlock as "waitingUnlock", p.open_barrier as "openBarrier",
       (select count(*)::int from ledger l where l.tenant = p.tenant and l.plan_id = p.id and l.state in ('rejected', 'unknown', 'waiting')) as "notLanded",
       nullif(p.last_log_at, '-infinity') as "lastLogAt", p.adherence_percent as "adherencePercent",
       c.at as "contactAt", c.by_user as "contactBy", c.note as "contactNote", c.snooze_until as "snoozeUntil",
       ${bind(list)}::text as list, ${key}::text as at, p.id
     from ${plans} left join patient_standing st on st.tenant = p.tenant and st.patient_id = p.patient_id ${latestContact}${
       awake.length === 0
         ? ''
         : `
     where ${awake.join(' and ')}`
     } ${order} limit ${bind(limit)}`;
  return { sql, parameters };
}

/** The titles with a text in them; the tenant is the first parameter. */
function titleFound(bind: (value: unknown) => string, text: string): string {
  const title = bind(`%${escaped(text)}%`);
  return `from plan_title t where t.tenant = $1 and t.parts @> searched_parts(${bind(text)}) and t.title ilike ${title}`;
}

/** What `ilike` would take for a pattern. */
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

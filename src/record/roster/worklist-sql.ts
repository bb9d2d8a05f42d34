import type { WorklistFilter, WorklistSort } from '../../homework/plan/worklist-filter.ts';
import { plannedEachTime } from '../database/database.ts';
import { newStatement } from '../store/statement.ts';
import type { Worklist } from './asked-worklist.ts';
import { contactOf, plansOf, riskOf, underWay } from './worklist-columns.ts';

/**
 * In the order of need: living patients with an open signal, those last who were to be set aside; the others; who is set aside
 * until they are back; and who has died. Where they are not told apart it is all who are not set aside, and then those. Nobody is
 * set aside while a signal is open.
 */
export type WorklistPart = 'at-risk' | 'at-risk-aside' | 'others' | 'all' | 'aside' | 'at-rest';

/** Where in the order a page begins: behind a patient of one of the parts. */
export interface Position {
  readonly list: WorklistPart;
  readonly at: string;
  readonly id: string;
}

type Search = NonNullable<Worklist['search']>;
/** Which patients are looked at: all; those that bear a text, met along the order for a while; or found by the text. */
export type PatientsFound =
  | 'all'
  | { readonly along: Search; readonly within: number; readonly few: number }
  | { readonly by: Search };

/** Written out as in the partial indexes, else they are not used. */
export const conditionOf: Readonly<Record<WorklistFilter, string>> = {
  safety: 'r.at_risk',
  // nobody needs to hurry for who has died: their sums are 0
  stopped: 'r.stopped > 0',
  barrier: 'r.barriers > 0',
  overdue: 'r.overdue > 0',
  'waiting-unlock': 'r.waiting_unlock > 0',
  message: 'r.unread_messages > 0',
  // by the groups that need attention, which have an index of their own and are few
  'not-landed': `r.patient_id in (select q.patient_id from landing_group g
    join ledger l on l.tenant = g.tenant and l.group_id = g.id join plan q on q.tenant = g.tenant and q.id = g.plan_id
    where g.tenant = $1 and g.attention and l.state in ('rejected', 'unknown', 'waiting') and ${underWay})`,
  'set-aside': 'r.aside_until is not null',
};

interface Order {
  readonly key: string;
  /** Both columns in one direction, so that a page's begin is one comparison and the index gives it. */
  readonly direction: 'asc' | 'desc';
  readonly cast: string;
  isKey(text: string): boolean;
}

const orders: Readonly<Record<WorklistSort | 'back', Order>> = {
  urgency: { key: 'r.urgency', direction: 'desc', cast: 'int', isKey: (text) => /^\d{1,9}$/.test(text) },
  'last-log': {
    key: 'r.silent_since',
    direction: 'asc',
    cast: 'timestamptz',
    isKey: (text) => text === 'infinity' || isPlainTime(text),
  },
  adherence: {
    key: 'r.adherence_key',
    direction: 'asc',
    cast: 'real',
    isKey: (text) => /^\d{1,4}(\.\d{1,9})?$/.test(text),
  },
  // who is set aside: in the order in which they come back
  back: { key: 'r.aside_until', direction: 'asc', cast: 'timestamptz', isKey: isPlainTime },
};

/** The order of one part of the list, and what its key looks like. */
export function orderOf(list: WorklistPart, sort: WorklistSort): Order {
  return orders[list === 'aside' ? 'back' : sort];
}

/** `2026-03-02 15:00:00.5+00`, as PostgreSQL writes it: a day of the calendar in four figures. */
function isPlainTime(text: string): boolean {
  const [, day = '', time = ''] = /^((?!0000)\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)\+00$/.exec(text) ?? [];
  const at = Date.parse(`${day}T${time}Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

interface Narrowed extends Pick<Worklist, 'filter' | 'patientIds' | 'clinician'> {
  readonly sort: WorklistSort;
  readonly list: WorklistPart;
  readonly from: Position | undefined;
  readonly now: Date;
}

interface WorklistSql extends Narrowed {
  readonly limit: number;
  readonly found: PatientsFound;
}

interface Sql {
  readonly sql: string;
  readonly parameters: unknown[];
}

type Bind = (value: unknown) => string;

/** Set aside at a time, whatever else stands open: `at` is a parameter. */
const asideAt = (at: string) => {
  // says also that there is one, as the index asks; said twice, the planner would expect almost nobody, and put all in order
  const noted = `r.aside_until > ${at}::timestamptz`;
  return { noted, none: `(r.aside_until is null or r.aside_until <= ${at}::timestamptz)` };
};

/** Who is set aside at a time: nobody of whom a safety signal is open, whatever was noted. */
export function isAside(at: string): string {
  return `${asideAt(at).noted} and not r.at_risk`;
}

/** Everybody else. */
export function isAwake(at: string): string {
  return `(r.at_risk or ${asideAt(at).none})`;
}

/** Whose plan is one of this clinician's. */
export function isOfClinician(clinician: string): string {
  return `exists (select from plan q where q.tenant = r.tenant and q.patient_id = r.patient_id and q.author = ${clinician} and ${underWay})`;
}

function conditionsOf(
  bind: Bind,
  tenantId: string,
  { filter, sort, patientIds, clinician, list, from, now }: Narrowed,
): string[] {
  const { key, direction, cast } = orderOf(list, sort);
  const conditions = [`r.tenant = ${bind(tenantId)}`, 'r.listed'];
  // what is bound and not asked for has no type
  const at = list === 'at-rest' ? '' : bind(now);
  const { noted, none } = asideAt(at);
  const ofPart: Readonly<Record<WorklistPart, readonly string[]>> = {
    // of these, whom nobody has reached yet come first
    'at-risk': ['r.at_risk', 'not r.deceased', none],
    'at-risk-aside': ['r.at_risk', 'not r.deceased', noted],
    others: ['not r.at_risk', 'not r.deceased', none],
    all: [isAwake(at)],
    aside: [isAside(at)],
    'at-rest': ['r.deceased'],
  };
  conditions.push(...ofPart[list]);
  if (filter !== undefined && filter !== 'set-aside') conditions.push(conditionOf[filter]);
  if (patientIds !== undefined) conditions.push(`r.patient_id = any(${bind(patientIds)})`);
  if (clinician !== undefined) conditions.push(isOfClinician(bind(clinician)));
  if (from !== undefined) {
    const than = direction === 'asc' ? '>' : '<';
    conditions.push(`(${key}, r.patient_id) ${than} (${bind(from.at)}::${cast}, ${bind(from.id)})`);
  }
  return [...new Set(conditions)];
}

/**
 * The statement for rows of a worklist, with its parameters; the first of them is the tenant. Of patients who are met along the order
 * each row tells how many were `walked` past, and if there are more of them and too few have the text, how many `titles` have
 * it, up to `few`; where nobody has it there is one row without a patient that does.
 */
export function worklistSql(tenantId: string, { limit, found, ...narrowed }: WorklistSql): Sql {
  const { parameters, bind } = newStatement();
  const { sort, list } = narrowed;
  const { key, direction } = orderOf(list, sort);
  const conditions = conditionsOf(bind, tenantId, narrowed);
  const order = `order by ${key} ${direction}, r.patient_id ${direction}`;
  const all = `select r.* from roster_patient r where ${conditions.join(' and ')}`;
  const at = { bind, narrowed, page: `${order} limit ${bind(limit)}::bigint` };
  if (found === 'all') return { sql: `${plannedEachTime}${rowsSql(all, at)} ${order}`, parameters };
  if ('along' in found) {
    const { along, within, few } = found;
    const [most, wanted] = [bind(within), bind(limit)];
    const walk = `walk as materialized (${all} ${order} limit ${most}::bigint)`;
    const bears = `(r.patient_id = any(${bind(along.patientIds)}) or r.titles ilike ${bind(`%${escaped(along.text)}%`)})`;
    const met = `met as (select count(*)::int as walked, count(*) filter (where ${bears}) as bearing from walk r)`;
    // the titles are not asked where the walk was the whole way, or enough
    const titles = `select count(*)::int from (select ${titleFound(bind, along.text)} limit ${bind(few)}::bigint) t`;
    const rows = rowsSql(`select r.* from walk r where ${bears}`, {
      ...at,
      more: `, row_number() over (${order}) as place`,
    });
    const sql = `with ${walk}, ${met} select m.walked, x.*,
        case when m.walked = ${most}::bigint and m.bearing < ${wanted}::bigint then (${titles}) else 0 end as titles
      from met m left join lateral (${rows}) x on true order by x.place`;
    return { sql: `${plannedEachTime}${sql}`, parameters };
  }
  const ids = `select q.patient_id ${titleFound(bind, found.by.text)}
      union select unnest(${bind(found.by.patientIds)}::text[])`;
  // found first and put in order then: the order's own index would be walked to its end
  const bearing = `select * from (${all} and r.patient_id = any(array(${ids})) offset 0) r`;
  return { sql: `${plannedEachTime}${rowsSql(bearing, at)} ${order}`, parameters };
}

interface RowsAt {
  readonly bind: Bind;
  readonly page: string;
  readonly narrowed: Pick<Narrowed, 'sort' | 'list' | 'now'>;
  readonly more?: string;
}

/** What a row tells of each patient of a page. */
function rowsSql(patients: string, { bind, page, narrowed: { sort, list, now }, more = '' }: RowsAt): string {
  return `select r.patient_id as "patientId", risk."openSignals", risk."riskSince", risk."riskLatest", risk."riskTold",
       nullif(st.state, 'current') as standing, r.deceased, r.overdue, r.stopped, r.barriers, r.waiting_unlock as "waitingUnlock",
       r.unread_messages as "unreadMessages", r.due, r.done, nullif(r.last_log_at, '-infinity') as "lastLogAt",
       nullif(r.silent_since, 'infinity') as "silentSince",
       case when r.aside_until > ${bind(now)}::timestamptz then r.aside_until end as "asideUntil",
       c.id as "contactId", c.at as "contactAt", c.by_user as "contactBy", c.note as "contactNote", c.snooze_until as "snoozeUntil", c.ended_at as "endedAt", c.ended_by as "endedBy",
       ${plansOf(bind(now))} as plans,
       ${bind(list)}::text as list, ${orderOf(list, sort).key}::text as at, r.patient_id as id${more}
     from (${patients} ${page}) r left join patient_standing st on st.tenant = r.tenant and st.patient_id = r.patient_id ${riskOf} ${contactOf}`;
}

/** The plans under way that have a text in their title; the tenant is the first parameter. */
function titleFound(bind: Bind, text: string): string {
  const title = bind(`%${escaped(text)}%`);
  return `from plan_title t join plan q on q.tenant = t.tenant and q.id = t.plan_id
    where t.tenant = $1 and t.parts @> searched_parts(${bind(text)}) and t.title ilike ${title}`;
}

/** What `ilike` would take for a pattern. */
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

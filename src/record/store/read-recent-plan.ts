import type { Adherence, AnswerItem, Assignment, Instant, Log, Occurrence, PlanState } from '../../homework/model.ts';
import { scheduleOf } from '../../homework/schedule/schedule-of.ts';
import type { Queryable } from '../database/database.ts';

/** So many days back a page reads what is done day after day; what is older comes when it is asked for. */
export const recentDays = 14;
const dayMs = 86_400_000;

/** A step of which something is left out, and how many finished logs of it are. */
export interface Earlier {
  readonly assignmentId: string;
  readonly notes: number;
}

/** A plan without what of its series is long over. */
export interface RecentPlan {
  readonly state: Omit<PlanState, 'openSafetySignals' | 'deceased' | 'nextVisit' | 'reports'>;
  readonly version: number;
  readonly updatedAt: Instant;
  /** Of the whole plan. */
  readonly adherences: readonly Adherence[];
  readonly earlier: readonly Earlier[];
}

interface PlanRow {
  readonly version: number;
  readonly updated_at: Instant;
  readonly body: PlanState['plan'];
  readonly adherences: readonly Adherence[];
  readonly assignments: readonly Assignment[];
  readonly answered: Readonly<Record<string, readonly string[]>> | null;
}

// What was counted holds until time changes something; of who has died, and of what is on hold, it stands still by other rules.
const planSql = `select version, updated_at, body, adherences,
    (select coalesce(json_agg(a.body order by (a.body->>'step')::int, a.id), '[]') from assignment a
      where a.tenant = $1 and a.plan_id = p.id) as assignments,
    (select json_object_agg(assignment_id, forms) from (
      select assignment_id, json_agg(distinct body->>'questionnaire') as forms from log
       where tenant = $1 and plan_id = $2 group by assignment_id) by_step) as answered
  from plan p
 where p.tenant = $1 and p.id = $2 and adherences is not null and body->>'createdAt' collate "C" < $4
   and (status in ('completed', 'revoked') or (status = 'active' and (sweep_at is null or sweep_at > $3::timestamptz)))
   and not exists (select from patient_standing s where s.tenant = $1 and s.patient_id = p.patient_id and s.deceased)`;

interface ChildrenRow {
  readonly occurrences: readonly Occurrence[];
  readonly logs: readonly (readonly [log: Omit<Log, 'items'>, items: readonly AnswerItem[]])[];
  readonly barriers: PlanState['barriers'];
  readonly feedback: PlanState['feedback'];
  readonly earlier: readonly Earlier[];
}

// A time and its logs are shown together or not at all; of each form the last log is shown, whose answers may be offered again.
const childrenSql = `with logs as materialized (
    select id, assignment_id, body->>'questionnaire' as form, body->>'occurrenceId' as occurrence_id,
      (body->>'performedAt') collate "C" as performed_at, status in ('completed', 'amended') as finished,
      assignment_id <> all($4::text[]) or status = 'in-progress' or updated_at >= $3::text::timestamptz as told
      from log where tenant = $1 and plan_id = $2
  ), last_ones as materialized (
    select max(performed_at || id) as last from logs where finished group by assignment_id, form
  ), recent_logs as materialized (
    select *, told or performed_at >= $3::text or performed_at || id in (select last from last_ones) as recent from logs
  ), times as materialized (
    select id, assignment_id,
      assignment_id <> all($4::text[]) or status in ('due', 'overdue', 'paused') or updated_at >= $3::text::timestamptz
        or (body->>'lateUntil') collate "C" >= $3::text or id in (select occurrence_id from recent_logs where recent and occurrence_id is not null) as recent
      from occurrence where tenant = $1 and plan_id = $2
  ), shown as materialized (
    select *, recent or occurrence_id in (select id from times where recent) is true as here from recent_logs
  ), left_out as (
    select assignment_id, 0 as note from times where not recent
    union all select assignment_id, finished::int from shown where not here
  ) select
  (select coalesce(json_agg(body order by body->>'openedAt', assignment_id, (body->>'ordinal')::int), '[]') from occurrence
    where tenant = $1 and id = any(array(select id from times where recent))) as occurrences,
  (select coalesce(json_agg(json_build_array(body, items) order by body->>'performedAt', id), '[]') from log
    where tenant = $1 and id = any(array(select id from shown where here))) as logs,
  (select coalesce(json_agg(body order by body->>'recordedAt', id), '[]') from barrier where tenant = $1 and plan_id = $2) as barriers,
  (select coalesce(json_agg(body order by body->>'sentAt', id), '[]') from feedback where tenant = $1 and plan_id = $2) as feedback,
  (select coalesce(json_agg(json_build_object('assignmentId', assignment_id, 'notes', notes) order by assignment_id), '[]')
     from (select assignment_id, sum(note)::int as notes from left_out group by assignment_id) by_step) as earlier`;

interface ReadRecent {
  readonly planId: string;
  readonly at: Instant;
  readonly saysWhetherDone: (steps: readonly Assignment[], questionnaire: string) => boolean;
}

/**
 * Reads of a plan what a patient needs day by day: all of it but those times of its series, with their logs, that were over two weeks ago
 * and did not change since. What is said of the whole is kept with the plan.
 * @param options.saysWhetherDone whether a form of these steps asks if it was done: of such a step all is read, for its page counts what
 * was not
 * @returns undefined: there is nothing to leave out, or it would not be as time has left it by now: the whole is to be read.
 */
export async function readRecentPlan(
  database: Queryable,
  tenantId: string,
  { planId, at, saysWhetherDone }: ReadRecent,
): Promise<RecentPlan | undefined> {
  const from = new Date(Date.parse(at) - recentDays * dayMs).toISOString();
  const plans = await database.query<PlanRow>(planSql, [tenantId, planId, at, from]);
  const [plan] = plans.rows;
  if (plan === undefined) return undefined;
  const { body, version, updated_at: updatedAt, adherences, assignments } = plan;
  const saysOfStep = (questionnaire: string) => saysWhetherDone(assignments, questionnaire);
  const shortened = assignments
    .filter((step) => isEndless(step))
    .filter(({ id, questionnaire }) => ![questionnaire, ...(plan.answered?.[id] ?? [])].some(saysOfStep))
    .map(({ id }) => id);
  if (shortened.length === 0) return undefined;
  const { rows } = await database.query<ChildrenRow>(childrenSql, [tenantId, planId, from, shortened]);
  const [children] = rows;
  if (children === undefined) throw new Error('a select without a from clause returned no row');
  const { logs, earlier, ...lists } = children;
  const whole = logs.map(([log, items]): Log => ({ ...log, items }));
  return { state: { plan: body, assignments, ...lists, logs: whole }, version, updatedAt, adherences, earlier };
}

/** A series that says how many there will be is counted by what there was of it. */
function isEndless(step: Assignment): boolean {
  const schedule = scheduleOf(step);
  return schedule.type === 'series' && schedule.ends.type !== 'after';
}

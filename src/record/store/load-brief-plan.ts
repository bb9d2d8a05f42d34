import type { Assignment, Instant, PlanState, Report } from '../../homework/model.ts';
import { stepsNamed } from '../../homework/plan/rule-parts.ts';
import type { ReportContent, ToldFact } from '../../homework/report/report-model.ts';
import { scheduleOf } from '../../homework/schedule/schedule-of.ts';
import type { Queryable } from '../database/database.ts';
import { NotRead } from './not-read.ts';

/** What is kept of a report beside it (migration 0039), without what it told. */
type ReportHead = Omit<Report, 'text' | 'members' | 'content'>;
type HeadFact = Omit<ToldFact, 'lines'>;

interface PlanRow {
  readonly body: PlanState['plan'];
  readonly since: Instant;
  readonly assignments: readonly Assignment[];
}

// What waits for a sweep, is on hold, or is of who has died, is not yet, or not any more, as it is stored.
const planSql = `select body, coalesce($4::text, (select max(head->>'to') from report where tenant = $1 and plan_id = $2 and not head ? 'addendumTo'), '') as since,
    (select coalesce(json_agg(a.body order by (a.body->>'step')::int, a.id), '[]') from assignment a
      where a.tenant = $1 and a.plan_id = p.id) as assignments
  from plan p
 where p.tenant = $1 and p.id = $2
   and (status in ('completed', 'revoked') or (status = 'active' and (sweep_at is null or sweep_at > $3::timestamptz)))
   and not exists (select from patient_standing s where s.tenant = $1 and s.patient_id = p.patient_id and s.deceased)`;

interface ChildrenRow extends Pick<PlanState, 'occurrences' | 'barriers' | 'feedback'> {
  readonly logs: readonly (readonly [
    log: Omit<PlanState['logs'][number], 'items'>,
    items: PlanState['logs'][number]['items'],
  ])[];
  readonly reports: readonly (readonly [head: ReportHead, hasContent: boolean])[];
  readonly told: readonly (readonly [reportId: string, fact: HeadFact])[];
}

// A time and its logs come together or not at all. A log comes, whenever it was, unless a report told it: what became of that before this
// time is an addendum's to tell. (`in`, as a join would be planned without knowing how many facts a head has.) Of what does not come no
// fact is asked.
const childrenSql = `with facts as materialized (
    select r.id as report_id, nth, fact, fact->>'artefact' as artefact, fact->>'id' as id
      from report r, jsonb_array_elements(head->'told') with ordinality as told(fact, nth) where r.tenant = $1 and r.plan_id = $2
  ), logs as materialized (
    select l.id, body->>'occurrenceId' as occurrence_id,
      assignment_id <> all($4::text[]) or status = 'in-progress' or greatest(body->>'performedAt' collate "C", body->>'authored') >= $3
        or l.id not in (select id from facts where artefact = 'log')
        or l.id in (select body->>'logId' from feedback where tenant = $1 and plan_id = $2 and body ? 'logId') as here
      from log l where l.tenant = $1 and l.plan_id = $2
  ), times as materialized (
    select id from occurrence where tenant = $1 and plan_id = $2
      and (assignment_id <> all($4::text[]) or status in ('due', 'overdue', 'paused')
        or greatest(body->>'lastModified' collate "C", coalesce(body->>'endedAt', '9')) >= $3
        or id in (select occurrence_id from logs where here))
  ), shown as materialized (
    select id from logs where here or occurrence_id in (select id from times)
  ) select
  (select coalesce(json_agg(body order by body->>'openedAt', assignment_id, (body->>'ordinal')::int), '[]') from occurrence
    where tenant = $1 and id = any(array(select id from times))) as occurrences,
  (select coalesce(json_agg(json_build_array(body, items) order by body->>'performedAt', id), '[]') from log
    where tenant = $1 and id = any(array(select id from shown))) as logs,
  (select coalesce(json_agg(body order by body->>'recordedAt', id), '[]') from barrier where tenant = $1 and plan_id = $2) as barriers,
  (select coalesce(json_agg(body order by body->>'sentAt', id), '[]') from feedback where tenant = $1 and plan_id = $2) as feedback,
  (select coalesce(json_agg(json_build_array(head - 'told', head ? 'told')
      order by head->>'createdAt', (head->>'version')::int, id), '[]') from report where tenant = $1 and plan_id = $2) as reports,
  (select coalesce(json_agg(json_build_array(report_id, fact) order by nth), '[]') from facts
    where artefact not in ('log', 'occurrence') or (artefact = 'log' and id in (select id from shown))
      or (artefact = 'occurrence' and id in (select id from times))) as told`;

/** A plan without what a report of a time no longer speaks of. */
export interface BriefPlan {
  readonly state: PlanState;
  /** Holds for what happened from then on. */
  readonly since: Instant;
}

/**
 * Loads of a plan what a report from an instant on (default: where the last one ends) may speak of: all of it but those times of its
 * endless series, with their logs, that were over and told before; and of the reports what they told, without the words. Whoever asks for
 * those gets `NotRead` thrown. It does not hold where one of its reports does not stand: what that one told is not there to be told again.
 * @returns undefined: it would not be as time has left it by now: the whole is to be read.
 */
export async function loadBriefPlan(
  database: Queryable,
  tenantId: string,
  { planId, at, since }: { readonly planId: string; readonly at: Instant; readonly since: Instant | undefined },
): Promise<BriefPlan | undefined> {
  const plans = await database.query<PlanRow>(planSql, [tenantId, planId, at, since ?? null]);
  const [plan] = plans.rows;
  if (plan === undefined) return undefined;
  const { assignments } = plan;
  const { rows } = await database.query<ChildrenRow>(childrenSql, [
    ...[tenantId, planId, plan.since],
    shortened(assignments),
  ]);
  const [children] = rows;
  if (children === undefined) throw new Error('a select without a from clause returned no row');
  const { told, ...lists } = children;
  const logs = lists.logs.map(([log, items]) => ({ ...log, items }));
  const factsOf = Map.groupBy(told, ([reportId]) => reportId);
  const reports = lists.reports.map(([head, hasContent]) =>
    briefReport(head, hasContent ? (factsOf.get(head.id) ?? []).map(([, fact]) => fact) : undefined),
  );
  return {
    // a signal that is open holds back what time moves, and nothing is moved here
    state: { plan: plan.body, assignments, ...lists, logs, reports, openSafetySignals: 0 },
    since: plan.since,
  };
}

/** Series without an end that no locked step looks back on. */
function shortened(assignments: readonly Assignment[]): readonly string[] {
  const named = new Set(
    assignments.filter(({ status }) => status === 'draft').flatMap(({ unlock }) => stepsNamed(unlock)),
  );
  return assignments
    .filter((step) => {
      const schedule = scheduleOf(step);
      return schedule.type === 'series' && schedule.ends.type !== 'after' && !named.has(step.key);
    })
    .map(({ id }) => id);
}

const notRead = (what: string) => ({
  enumerable: true,
  get() {
    throw new NotRead(what);
  },
});

const body: PropertyDescriptorMap = { text: notRead('words of a report'), members: notRead('members of a report') };
// named one by one, so that whoever gives a report another property finds it missing here
const words = {
  ...{ language: 1, headline: 1, count: 1, nothing: 1, namesSignals: 1, title: 1, period: 1, date: 1 },
  ...{ sections: 1, members: 1, marker: 1 },
} satisfies Record<Exclude<keyof ReportContent, 'told'>, 1>;
const content: PropertyDescriptorMap = Object.fromEntries(
  Object.keys(words).map((name) => [name, notRead(`${name} of a report`)]),
);

function briefReport(head: ReportHead, told: readonly HeadFact[] | undefined): Report {
  const known = told === undefined ? head : { ...head, content: briefContent(told) };
  return Object.defineProperties(known, body) as Report;
}

function briefContent(told: readonly HeadFact[]): ReportContent {
  const read: object = { told: told.map(briefFact) };
  return Object.defineProperties(read, content) as ReportContent;
}

/** Only a log was told in lines. */
function briefFact(fact: HeadFact): ToldFact {
  if (fact.artefact !== 'log') return fact;
  return {
    ...fact,
    get lines(): never {
      throw new NotRead('lines of a report');
    },
  };
}

import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Instant, PlanState } from '../../homework/model.ts';
import { adherencesOf } from '../../homework/plan/adherence-of.ts';
import { attentionOf } from '../../homework/plan/attention-of.ts';
import { nextSweepAt } from '../../homework/plan/next-sweep-at.ts';
import { type Actor, actorKey } from '../actor.ts';
import type { Queryable } from '../database/database.ts';

const stepId = { column: 'assignment_id', value: `row->>'assignmentId'` };
const answers = { column: 'items', value: `(row->'items')::json` };

/** One list of a plan and the table that holds it; what a log answers stands beside its body. */
const childTables = [
  { list: 'assignments', table: 'assignment', columns: [], body: 'row' },
  { list: 'occurrences', table: 'occurrence', columns: [stepId], body: 'row' },
  { list: 'logs', table: 'log', columns: [stepId, answers], body: `row - 'items'` },
  { list: 'barriers', table: 'barrier', columns: [], body: 'row' },
  { list: 'feedback', table: 'feedback', columns: [], body: 'row' },
  { list: 'reports', table: 'report', columns: [], body: 'row' },
] as const;

/** `status` is a column of every table, so that SQL can ask for it; three lists have no such word of their own. */
const statusOf = `coalesce(row->>'status', 'current')`;

// One statement for a whole change: on a network each round trip costs more than the rows. Rows come as one JSON array a
// table; the foreign keys are checked when the statement ends, so the plan and its children may come together.
const saveSql = `with plan_row as (
    insert into plan (tenant, id, version, updated_at, patient_id, status, body, sweep_at,
      overdue, stopped, waiting_unlock, open_barrier, last_log_at, adherence_percent, urgency, made_by, changed_by,
      due, done, unread_messages, unlogged, news_at, attention, adherences, at_risk)
    values ($1, $2, 1, $3, $4, $5, $6::jsonb, $7, $15, $16, $17, $18, coalesce($19::timestamptz, '-infinity'), $20, $21, $22, $22,
      $24, $25, $26, $27::timestamptz[], $28, $29::jsonb, $30::json,
      exists (select from safety_signal s where s.tenant = $1 and s.patient_id = $4 and s.status = 'open'))
    on conflict (tenant, id) do update set version = plan.version + 1, updated_at = greatest(plan.updated_at, excluded.updated_at),
      status = excluded.status, body = excluded.body, sweep_at = excluded.sweep_at,
      overdue = excluded.overdue, stopped = excluded.stopped, waiting_unlock = excluded.waiting_unlock,
      open_barrier = excluded.open_barrier, last_log_at = excluded.last_log_at, adherence_percent = excluded.adherence_percent,
      urgency = excluded.urgency, at_risk = excluded.at_risk, changed_by = excluded.changed_by,
      due = excluded.due, done = excluded.done, unread_messages = excluded.unread_messages, unlogged = excluded.unlogged,
      news_at = excluded.news_at, attention = excluded.attention, adherences = excluded.adherences
    where plan.version = $8
    returning version
  ), change_row as (
    insert into plan_change (tenant, plan_id, version, at, actor, session) select $1, $2, version, $3::timestamptz, $22, $23 from plan_row
  ), title_row as (
    insert into plan_title (tenant, plan_id, title) values ($1, $2, $6::jsonb->>'title')
    on conflict (tenant, plan_id) do update set title = excluded.title where plan_title.title <> excluded.title
  )${childTables
    .map(({ table, columns, body }, index) => {
      const names = columns.map(({ column }) => `, ${column}`).join('');
      const values = columns.map(({ value }) => `, ${value}`).join('');
      const anew = columns.map(({ column }) => `, ${column} = excluded.${column}`).join('');
      return `, ${table}_rows as (
    insert into ${table} (tenant, id, version, updated_at, plan_id, status, body, made_by, changed_by${names})
    select $1, row->>'id', 1, $3::timestamptz, $2, ${statusOf}, ${body}, $22, $22${values} from jsonb_array_elements($${index + 9}::jsonb) row
    on conflict (tenant, id) do update set version = ${table}.version + 1, updated_at = greatest(${table}.updated_at, excluded.updated_at),
      plan_id = excluded.plan_id, status = excluded.status, body = excluded.body, changed_by = excluded.changed_by${anew}
  )`;
    })
    .join('')}
  select version from plan_row`;

export interface SavePlanState {
  readonly before: PlanState | undefined;
  readonly after: PlanState;
  /** The stored plan's version, 0 for a new one. */
  readonly version: number;
  readonly at: Instant;
  readonly actor: Actor;
}

/**
 * Saves what differs between two states of a plan: the plan row always (its version counts changes), every other row
 * only when its object is no longer the same one.
 * @returns the plan's new version.
 * @throws `version-conflict` when the stored plan is not the one that was loaded.
 */
export async function savePlanState(
  tx: Queryable,
  tenantId: string,
  { before, after, version, at, actor }: SavePlanState,
): Promise<number> {
  const { plan } = after;
  const changed = childTables.map(({ list }) => {
    const known = new Set<object>(before?.[list] ?? []);
    return JSON.stringify(after[list].filter((entry) => !known.has(entry)));
  });
  const attention = attentionOf(after, at);
  const { reasons, currentStep } = attention;
  const { rows } = await tx.query<{ version: number }>(saveSql, [
    tenantId,
    plan.id,
    at,
    plan.patientId,
    plan.status,
    JSON.stringify(plan),
    nextSweepAt(after, at) ?? null,
    version,
    ...changed,
    attention.overdue,
    attention.stopped,
    attention.waitingUnlock,
    attention.openBarrier,
    attention.lastLogAt,
    attention.adherencePercent,
    attention.urgency,
    actorKey(actor),
    actor.type === 'user' ? actor.sessionId : null,
    attention.due,
    attention.done,
    attention.unreadMessages,
    attention.unlogged,
    attention.newsAt,
    JSON.stringify({ reasons, currentStep }),
    JSON.stringify(adherencesOf(after, at)),
  ]);
  const saved = rows[0];
  if (saved === undefined) {
    throw new IntersessionError(
      'version-conflict',
      { id: plan.id, expected: version, actual: -1 },
      'The plan was changed by someone else.',
    );
  }
  return saved.version;
}

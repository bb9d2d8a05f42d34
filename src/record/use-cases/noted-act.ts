import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Instant, PlanState } from '../../homework/model.ts';
import { takeBackTalkedOver } from '../../homework/plan/mark-talked-over.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { ownerOf } from '../store/owner-of.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { undoMs } from './withdraw-assignment.ts';

/** What is noted by one press and can be taken back: of a barrier that it was talked over, of a message that it was read. */
export type NotedAct = 'talked-over' | 'read';

/** The act, and the app session's launch that made it: only it can take it back. */
export interface NamedAct {
  readonly act: NotedAct;
  /** Of the barrier or the message. */
  readonly id: string;
  readonly launchId: string;
}

/** When it was noted, as the plan has it; undefined: it is not. */
function notedAt({ barriers, feedback }: Pick<PlanState, 'barriers' | 'feedback'>, act: NotedAct, id: string) {
  return act === 'read'
    ? feedback.find((message) => message.id === id)?.readAt
    : barriers.find((barrier) => barrier.id === id)?.talkedOverAt;
}

/** Notes whose act it was, after it was made; lost in between, it just can't be taken back. What was noted before stays as it is. */
export async function keepNotedAct(
  record: HomeworkRecord,
  tenantId: string,
  { act, id, launchId, at }: NamedAct & { readonly at: Instant | undefined },
): Promise<void> {
  if (at === undefined) return;
  await record.database.query(
    `insert into noted_act (tenant, act, artefact_id, launch_id, noted_at) values ($1, $2, $3, $4, $5)
     on conflict (tenant, act, artefact_id) do update set launch_id = excluded.launch_id, noted_at = excluded.noted_at
     where noted_act.noted_at < excluded.noted_at`,
    [tenantId, act, id, launchId, at],
  );
}

/**
 * Takes back what this launch noted within the last ten minutes, as if it had not been noted.
 * @throws `not-supported` when it did not, or it is too late; `unknown-artefact`
 */
export async function undoNotedAct(record: HomeworkRecord, tenantId: string, named: NamedAct): Promise<ChangedPlan> {
  const { act, id } = named;
  const { planId } = await ownerOf(record, tenantId, { artefact: act === 'read' ? 'feedback' : 'barrier', id });
  return changePlan(record, tenantId, {
    of: { artefact: 'plan', id: planId },
    async apply(state, at, { tx }) {
      const { rows } = await tx.query<{ noted_at: Instant }>(
        'select noted_at from noted_act where tenant = $1 and act = $2 and artefact_id = $3 and launch_id = $4',
        [tenantId, act, id, named.launchId],
      );
      const made = rows[0]?.noted_at;
      const mine = made !== undefined && made === notedAt(state, act, id);
      if (!mine || Date.parse(at) - Date.parse(made) > undoMs)
        throw new IntersessionError(
          'not-supported',
          { what: 'to take this back' },
          'It can be taken back by whoever noted it, where they noted it, for ten minutes.',
        );
      return act === 'read' ? unread(state, id) : takeBackTalkedOver(state, { barrierId: id });
    },
  });
}

function unread(state: PlanState, id: string): PlanState {
  return {
    ...state,
    feedback: state.feedback.map((message) => {
      if (message.id !== id) return message;
      const { readAt: _read, ...rest } = message;
      return rest;
    }),
  };
}

/** What can still be taken back, and until when. */
export type UndoableAct = { readonly until: Instant } & (
  | { readonly barrierId: string }
  | { readonly feedbackId: string }
);

/** What this launch has noted of these plans and can still take back. */
export async function undoableActs(
  record: HomeworkRecord,
  tenantId: string,
  {
    plans,
    launchId,
  }: { readonly plans: readonly Pick<PlanState, 'barriers' | 'feedback'>[]; readonly launchId: string },
): Promise<readonly UndoableAct[]> {
  const now = (await record.clockOf(tenantId)).now().getTime();
  const isRecent = (at: Instant | undefined) => at !== undefined && Math.abs(now - Date.parse(at)) <= undoMs;
  const recent = plans.flatMap(({ barriers, feedback }) => [
    ...barriers.filter(({ talkedOverAt }) => isRecent(talkedOverAt)).map(({ id }) => id),
    ...feedback.filter(({ readAt }) => isRecent(readAt)).map(({ id }) => id),
  ]);
  if (recent.length === 0) return [];
  const { rows } = await record.database.query<{ act: NotedAct; artefact_id: string; noted_at: Instant }>(
    'select act, artefact_id, noted_at from noted_act where tenant = $1 and launch_id = $2 and artefact_id = any($3) order by noted_at, artefact_id',
    [tenantId, launchId, recent],
  );
  return rows.flatMap(({ act, artefact_id: id, noted_at: at }): UndoableAct[] => {
    const until = Date.parse(at) + undoMs;
    // as the act left it: what was taken back, or noted again by others, is not this launch's
    if (now > until || !plans.some((plan) => notedAt(plan, act, id) === at)) return [];
    const named = act === 'read' ? { feedbackId: id } : { barrierId: id };
    return [{ ...named, until: new Date(until).toISOString() }];
  });
}

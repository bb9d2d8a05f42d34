import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import { stopDraft } from '../log/draft.ts';
import type { Assignment, Instant, PlanState } from '../model.ts';
import { invalidRequest, refuseClosedPlan } from '../replace-in-state.ts';
import { scheduleOf } from '../schedule/schedule-of.ts';
import { timesNow } from '../schedule/times-now.ts';
import { endAssignment } from './end-assignment.ts';
import { isEnded } from './is-ended.ts';
import { sweep } from './sweep.ts';

export interface EndPlan {
  readonly status: 'completed' | 'revoked';
  /** Why; required when revoked. */
  readonly reason?: string;
}

/**
 * Closes a plan: open assignments are withdrawn, locked ones were not reached, unfinished logs are
 * stopped, their words unsent. What was missed by then stays missed.
 * @throws IntersessionError `plan-closed`; `invalid-request` when revoked without a reason
 */
export function endPlan(state: PlanState, { status, reason }: EndPlan, at: Instant, rules: HomeworkRules): PlanState {
  refuseClosedPlan(state);
  const why = reason?.trim() ? reason : undefined;
  if (status === 'revoked' && why === undefined) throw invalidRequest('reason', 'is empty');
  const now = sweep(state, at, rules);
  const ended = now.assignments.reduce((next, assignment) => endOne(next, assignment, { status, why }, at), now);
  const logs = ended.logs.map((log) => stopDraft(log, at));
  return {
    ...ended,
    logs,
    plan: { ...ended.plan, status, closedAt: at, ...defined({ closeReason: why }) },
  };
}

function endOne(
  state: PlanState,
  assignment: Assignment,
  { status, why }: Pick<EndPlan, 'status'> & { readonly why: string | undefined },
  at: Instant,
): PlanState {
  if (isEnded(assignment)) return state;
  const done = status === 'completed' && hasRunItsTime(state, assignment);
  const event = assignment.status === 'draft' ? 'plan-closed' : done ? 'accept-as-done' : 'withdraw';
  return endAssignment(state, assignment, event, { text: why ?? 'the plan was closed' }, at);
}

/** A series that runs as long as its plan, or until a visit that did not come, has come to its own end with it. */
function hasRunItsTime(state: PlanState, assignment: Assignment): boolean {
  const schedule = scheduleOf(assignment);
  if (schedule.type !== 'series' || assignment.status !== 'in-progress') return false;
  const { type } = schedule.ends;
  return (type === 'open' || type === 'next-visit') && timesNow(state, assignment.id).done > 0;
}

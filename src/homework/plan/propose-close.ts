import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, PlanState } from '../model.ts';
import { isEnded } from './is-ended.ts';
import { unlockAllows } from './unlock-allows.ts';

/**
 * Says that a plan is at its end and what it would be closed as: `completed` if anything was tried or missed, `revoked` if all
 * was withdrawn or declined. Undefined while anything is open, or locked and still to be reached. It only proposes.
 */
export function proposeClose(
  state: PlanState,
  rules: HomeworkRules,
): { readonly status: 'completed' | 'revoked' } | undefined {
  const { plan, assignments, logs } = state;
  if (plan.status !== 'active' && plan.status !== 'on-hold') return undefined;
  if (!assignments.every((assignment) => isEnded(assignment) || outOfReach(state, assignment, rules))) return undefined;
  const tried = assignments.some(({ status }) => status === 'completed' || status === 'failed');
  const logged = logs.some(({ status }) => status !== 'entered-in-error');
  return { status: tried || logged ? 'completed' : 'revoked' };
}

/** Locked, and waiting for a step without being allowed by it; whether that one can still be reached is asked of itself. */
function outOfReach(state: PlanState, assignment: Assignment, rules: HomeworkRules): boolean {
  const { unlock } = assignment;
  if (assignment.status !== 'draft' || unlock.type !== 'after' || unlockAllows(state, assignment, rules)) return false;
  const before = state.assignments.find(({ key }) => key === unlock.after);
  return before?.status !== 'completed' || unlock.criterion.type !== 'clinician-approves';
}

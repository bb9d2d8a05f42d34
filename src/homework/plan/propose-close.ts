import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, PlanState } from '../model.ts';
import { isEnded } from './is-ended.ts';
import { ruleInForce } from './rule-in-force.ts';
import { ruleHolds, stepsNamed } from './rule-parts.ts';
import { afterHolds } from './unlock-allows.ts';

/**
 * Says that a plan is at its end and what it would be closed as: `completed` if anything was tried or missed, `revoked` if all
 * was withdrawn or declined. Undefined while anything is open, or locked and still to be reached. It only proposes.
 */
export function proposeClose(
  state: PlanState,
  rules: HomeworkRules,
): { readonly status: 'completed' | 'revoked' } | undefined {
  const { plan, logs } = state;
  const ladder = state.assignments.filter(({ standing }) => standing !== true);
  // what stands beside the ladder goes on as long as the plan does; where there is no ladder, it is the plan
  const assignments = ladder.length > 0 ? ladder : state.assignments;
  if (plan.status !== 'active' && plan.status !== 'on-hold') return undefined;
  if (!assignments.every((assignment) => isEnded(assignment) || outOfReach(state, assignment, rules))) return undefined;
  const tried = state.assignments.some(({ status }) => status === 'completed' || status === 'failed');
  const logged = logs.some(({ status }) => status !== 'entered-in-error');
  return { status: tried || logged ? 'completed' : 'revoked' };
}

/** Locked, and waiting for steps without being allowed by them; whether those can still be reached is asked of themselves. */
function outOfReach(state: PlanState, assignment: Assignment, rules: HomeworkRules): boolean {
  if (assignment.status !== 'draft' || stepsNamed(assignment.unlock).length === 0) return false;
  return !ruleHolds(ruleInForce(state, assignment), (part) => {
    // a day comes
    if (part.type === 'on-date') return true;
    const before = state.assignments.find(({ key }) => key === part.after);
    const byHand = part.criterion.type === 'clinician-approves' && before?.status === 'completed';
    return byHand || afterHolds(state, part, rules);
  });
}

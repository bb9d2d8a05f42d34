import type { Assignment, PlanState, UnlockRule } from '../model.ts';
import { stillAsked } from '../schedule/target-reached.ts';

/**
 * The unlock rule of a step as it works now. One that counts logs needs as many as it says, or all that the step before still
 * asks for where these are fewer (one of its times was excused, or it was given fewer): that step is done then, and no further
 * log would come.
 */
export function ruleInForce(
  state: Pick<PlanState, 'assignments' | 'occurrences'>,
  { unlock }: Pick<Assignment, 'unlock'>,
): UnlockRule {
  if (unlock.type !== 'after' || unlock.criterion.type !== 'logs-done') return unlock;
  const before = state.assignments.find(({ key }) => key === unlock.after);
  if (before === undefined) return unlock;
  const count = Math.min(unlock.criterion.count, stillAsked(state, before));
  return { ...unlock, criterion: { ...unlock.criterion, count } };
}

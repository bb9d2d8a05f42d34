import type { Assignment, PlanState, UnlockRule } from '../model.ts';
import { stillAsked } from '../schedule/target-reached.ts';
import { withParts } from './rule-parts.ts';

/**
 * The unlock rule of a step as it works now. A part that counts logs needs as many as it says, or all that the step before still
 * asks for where these are fewer (one of its times was excused, or it was given fewer): that step is done then, and no further
 * log would come.
 */
export function ruleInForce(
  state: Pick<PlanState, 'assignments' | 'occurrences'>,
  { unlock }: Pick<Assignment, 'unlock'>,
): UnlockRule {
  return withParts(unlock, (part) => {
    if (part.type !== 'after' || part.criterion.type !== 'logs-done') return part;
    const before = state.assignments.find(({ key }) => key === part.after);
    if (before === undefined) return part;
    const asked = stillAsked(state, before);
    if (asked === undefined) return part;
    const count = Math.min(part.criterion.count, asked);
    return count === part.criterion.count ? part : { ...part, criterion: { ...part.criterion, count } };
  });
}

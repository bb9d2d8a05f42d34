import type { UnlockCriterion, UnlockRule } from '../model.ts';
import { withParts } from './rule-parts.ts';

/** How many times a step was asked for, and is now; undefined: again and again. */
export interface CountChange {
  /** Key of the step; absent: the one that each part of the rule names. */
  readonly after?: string;
  readonly was: number | undefined;
  readonly is: number | undefined;
}

/**
 * A rule that counts the logs of a step, when that step is asked for `is` times and no longer `was` times: one that asks for all of
 * them still asks for all of them, and none asks for more than there will be. Of a joined rule the parts that name the step.
 */
export function ruleForCount(unlock: UnlockRule, change: CountChange): UnlockRule {
  return withParts(unlock, (part) => {
    if (part.type !== 'after' || (change.after !== undefined && part.after !== change.after)) return part;
    const criterion = fitted(part.criterion, change);
    return criterion === part.criterion ? part : { ...part, criterion };
  });
}

function fitted(criterion: UnlockCriterion, { was, is }: CountChange): UnlockCriterion {
  // it is asked for again and again: there may be as many
  if (is === undefined) return criterion;
  switch (criterion.type) {
    case 'logs-done':
      return { ...criterion, count: criterion.count === was ? is : Math.min(criterion.count, is) };
    case 'in-a-row':
    case 'prediction-not-true':
      return criterion.count <= is ? criterion : { ...criterion, count: is };
    default:
      return criterion;
  }
}

import type { UnlockRule } from '../model.ts';

/**
 * A rule that counts the logs of a step, when that step is asked for `is` times and no longer `was` times: one that asks for all of
 * them still asks for all of them, and one that asks for some never for more than there will be.
 */
export function ruleForCount(
  unlock: UnlockRule,
  { was, is }: { readonly was: number; readonly is: number },
): UnlockRule {
  if (unlock.type !== 'after' || unlock.criterion.type !== 'logs-done') return unlock;
  const { count } = unlock.criterion;
  return { ...unlock, criterion: { ...unlock.criterion, count: count === was ? is : Math.min(count, is) } };
}

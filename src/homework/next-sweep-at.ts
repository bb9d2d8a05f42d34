import type { Instant, PlanState } from './model.ts';

/**
 * When time will next move something: the earliest end of a due day or of a late window still ahead of its occurrence.
 * Undefined: nothing waits, or the plan doesn't run. May be in the past when the sweep is behind.
 */
export function nextSweepAt({ plan, occurrences }: PlanState): Instant | undefined {
  if (plan.status !== 'active') return undefined;
  let next: Instant | undefined;
  for (const { status, dueUntil, lateUntil } of occurrences) {
    const until = status === 'due' ? dueUntil : status === 'overdue' ? lateUntil : undefined;
    if (until !== undefined && (next === undefined || until < next)) next = until;
  }
  return next;
}

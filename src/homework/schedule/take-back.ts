import type { Instant, Occurrence, PlanState } from '../model.ts';
import { withOccurrence } from '../replace-in-state.ts';

/** Takes back times that are not asked for any more: outside of the count, and none of those that the step asks for. */
export function takeBack(state: PlanState, times: readonly Occurrence[], reason: string, at: Instant): PlanState {
  const over = { status: 'excused', superseded: true, reason, endedAt: at, lastModified: at } as const;
  return times.reduce((next, time) => withOccurrence(next, { ...time, ...over }), state);
}

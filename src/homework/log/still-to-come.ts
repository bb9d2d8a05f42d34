import type { Instant } from '../values.ts';

/** Clocks of phones run ahead by so much at most. */
const toleratedAheadMs = 5 * 60_000;

/** Whether a time is so far ahead of now that nothing can have happened then, whatever the clock of whoever says it. */
export function isStillToCome(time: Instant, now: Instant): boolean {
  return Date.parse(time) > Date.parse(now) + toleratedAheadMs;
}

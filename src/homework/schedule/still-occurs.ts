import type { Instant, Plan, Schedule } from '../model.ts';
import { dayEnd } from './day-end.ts';
import { lastDayOf } from './schedule-of.ts';

/**
 * Whether a schedule still has time left at `at`; one that runs from when it is opened always has, a series until its own last day or the
 * plan's.
 */
export function stillOccurs(
  schedule: Schedule,
  at: Instant,
  { timeZone, period }: Pick<Plan, 'timeZone'> & Partial<Pick<Plan, 'period'>>,
): boolean {
  const planEnd = schedule.type === 'series' ? period?.end : undefined;
  return [lastDayOf(schedule), planEnd].every((last) => last === undefined || at < dayEnd(last, timeZone));
}

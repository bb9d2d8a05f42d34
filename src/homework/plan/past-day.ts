import type { Assignment, Instant, LocalDate } from '../model.ts';
import { dayOf } from '../schedule/day-end.ts';
import { lastDayOf, scheduleOf } from '../schedule/schedule-of.ts';
import { stillOccurs } from '../schedule/still-occurs.ts';
import type { Plan } from './plan.ts';

/**
 * The last day of a locked step where it is over: whatever its rule says, only a clinician opens it then, with a new day.
 * Undefined: the step isn't locked, or has time left.
 */
export function pastDay(assignment: Assignment, at: Instant, timeZone: string): LocalDate | undefined {
  const schedule = scheduleOf(assignment);
  if (assignment.status !== 'draft' || stillOccurs(schedule, at, { timeZone })) return undefined;
  return lastDayOf(schedule);
}

/**
 * The last day of a plan where that is over while the plan is not: no plan ends by itself, and its steps are asked for until somebody
 * closes it. Undefined: it has no last day, that is not over where the plan is carried out, or it does not run.
 */
export function lastDayOver(
  { status, period, timeZone }: Pick<Plan, 'status' | 'period' | 'timeZone'>,
  at: Instant,
): LocalDate | undefined {
  const runs = status === 'active' || status === 'on-hold';
  return runs && period.end !== undefined && period.end < dayOf(at, timeZone) ? period.end : undefined;
}

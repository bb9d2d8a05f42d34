import type { Instant, LocalDate } from '../model.ts';
import { dayOf } from '../schedule/day-end.ts';
import type { Plan } from './plan.ts';

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

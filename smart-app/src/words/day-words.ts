import type { LocalDate } from '../../../src/homework/model.ts';

/** Of a day that was chosen, and on which nothing can be done any more; the same wherever a day is chosen. */
export const dayHasPassed = 'This day has passed.';

/** Of a day on which the plan is over already. */
export const planIsOver = 'The plan ends before this day. Choose an earlier one, or let the plan end later first.';

/** @param last day, if there is one */
export function isAfter(day: LocalDate, last: LocalDate | undefined): boolean {
  return last !== undefined && day > last;
}

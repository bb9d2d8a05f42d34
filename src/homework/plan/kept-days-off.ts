import type { LocalDate } from '../model.ts';
import { invalidRequest } from '../replace-in-state.ts';
import { addDays, isLocalDate } from '../schedule/day-end.ts';
import type { DaysOff } from './plan.ts';

/**
 * Days off as a plan keeps them: the earliest first, so that they are read back from everywhere in one order; undefined: there are none.
 * @param before those that it had, where they are said anew: what of them is past stays off, so that nothing is asked for on it afterwards
 * @throws IntersessionError `invalid-request` for what is no day, or ends before it begins
 */
export function keptDaysOff(
  said: readonly DaysOff[] = [],
  before: { readonly daysOff?: readonly DaysOff[] | undefined; readonly today: LocalDate } = { today: '' },
): readonly DaysOff[] | undefined {
  checkDaysOff(said);
  const kept = [...pastOf(before.daysOff ?? [], before.today, said), ...said];
  if (kept.length === 0) return undefined;
  return kept.sort((a, b) => `${a.from} ${a.to}`.localeCompare(`${b.from} ${b.to}`));
}

/** What of days off lies before today, and is not said again. */
function pastOf(before: readonly DaysOff[], today: LocalDate, said: readonly DaysOff[]): readonly DaysOff[] {
  return before
    .filter(({ from }) => from < today)
    .map((days) => (days.to < today ? days : { ...days, to: addDays(today, -1) }))
    .filter(({ from, to }) => !said.some((days) => days.from <= from && to <= days.to));
}

function checkDaysOff(daysOff: readonly DaysOff[]): void {
  daysOff.forEach(({ from, to }, index) => {
    if (!isLocalDate(from)) throw invalidRequest(`daysOff[${index}].from`, 'is not a day (YYYY-MM-DD)');
    if (!isLocalDate(to)) throw invalidRequest(`daysOff[${index}].to`, 'is not a day (YYYY-MM-DD)');
    if (to < from) throw invalidRequest(`daysOff[${index}].to`, 'is before the first day off');
  });
}

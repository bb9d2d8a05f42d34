import type { LocalDate } from '../values.ts';
import type { Series, SeriesPattern, Weekday } from './schedule.ts';
import { nextDay } from './series-days.ts';

/**
 * Whether each day on which a series could ask is one of these days off, whenever its step opens. Of a series without a first day of its
 * own the rhythm begins with the opening, so that any day of its weekdays, or any day at all, could be one; of so many times a week any day is.
 * @param first the first day that can be asked for
 * @param until the last one; absent: none is known
 */
export function onlyDaysOff(
  { start, pattern, ...series }: Series,
  first: LocalDate,
  {
    until,
    isOff,
    weeks,
  }: {
    readonly until?: LocalDate;
    readonly isOff: (day: LocalDate) => boolean;
    /** The days on which a week may begin. */
    readonly weeks: readonly Weekday[];
  },
): boolean {
  const couldAsk = start === undefined ? anyRhythm(pattern) : pattern;
  const asked = {
    ...series,
    start: start ?? first,
    pattern: couldAsk.type === 'per-week' ? everyDay : couldAsk,
  };
  const days = { isOff, ...(until === undefined ? {} : { until }) };
  return weeks.every((weekBegins) => nextDay(asked, first, { ...days, weekBegins }) === undefined);
}

const everyDay: SeriesPattern = { type: 'days', every: 1 };

function anyRhythm(pattern: SeriesPattern): SeriesPattern {
  return pattern.type === 'weekdays' ? { ...pattern, everyWeeks: 1 } : everyDay;
}

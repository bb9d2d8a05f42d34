import type { LocalDate } from '../values.ts';
import { addDays, daysBetween } from './day-end.ts';
import { type Series, type SeriesPattern, type Weekday, weekdays } from './schedule.ts';

/**
 * On which days a series asks, and how often in a week: calendar alone, without zone and clock.
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10 whose recurrences by day and weekday these are
 */

/** A series that has its first day, as it has from its opening on. */
export type BegunSeries = Series & { readonly start: LocalDate };

/** What besides the series decides on which days it asks. */
export interface AskingDays {
  readonly weekBegins: Weekday;
  /** The last day; absent: none is known. */
  readonly until?: LocalDate;
  readonly isOff: (day: LocalDate) => boolean;
}

/** How many days are searched for the next one: two rounds of the rarest pattern, and a year off. */
const furthest = 1_100;

const aMonday = '2024-01-01';

export function weekdayOf(day: LocalDate): Weekday {
  return weekdays[((daysBetween(aMonday, day) % 7) + 7) % 7] ?? 'mon';
}

/** The first day of the week that a day is in. */
export function weekOf(day: LocalDate, weekBegins: Weekday): LocalDate {
  const back = (weekdays.indexOf(weekdayOf(day)) - weekdays.indexOf(weekBegins) + 7) % 7;
  return addDays(day, -back);
}

/** Whether a series by days or weekdays asks on a day. */
export function asksOn(series: BegunSeries, day: LocalDate, days: AskingDays): boolean {
  if (day < series.start || isAfter(day, days.until)) return false;
  return fits(series.pattern, series.start, day, days.weekBegins) && !days.isOff(day);
}

function fits(pattern: SeriesPattern, start: LocalDate, day: LocalDate, weekBegins: Weekday): boolean {
  if (pattern.type === 'days') return daysBetween(start, day) % pattern.every === 0;
  if (pattern.type === 'per-week' || !pattern.days.includes(weekdayOf(day))) return false;
  return (daysBetween(weekOf(start, weekBegins), weekOf(day, weekBegins)) / 7) % pattern.everyWeeks === 0;
}

/** The first day from `from` on that a series by days or weekdays asks on; undefined: none, or none in three years. */
export function nextDay(series: BegunSeries, from: LocalDate, days: AskingDays): LocalDate | undefined {
  const first = from < series.start ? series.start : from;
  for (let ahead = 0; ahead < furthest; ahead += 1) {
    const day = addDays(first, ahead);
    if (isAfter(day, days.until)) return undefined;
    if (asksOn(series, day, days)) return day;
  }
  return undefined;
}

/** What a week of a series with so many a week is. */
export interface AskedWeek {
  /** Its name: the first day of the whole week. */
  readonly week: LocalDate;
  /** The first and last day that are asked for. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly count: number;
}

/**
 * How often a week asks: in proportion to the days of it that are left, to the nearest and halves up; in the first week at least once.
 * @param first the first day that is asked for at all
 * @returns undefined where it asks for nothing
 */
export function askedOfWeek(
  count: number,
  week: LocalDate,
  first: LocalDate,
  { until, isOff }: Pick<AskingDays, 'until' | 'isOff'>,
): AskedWeek | undefined {
  const days = [0, 1, 2, 3, 4, 5, 6]
    .map((ahead) => addDays(week, ahead))
    .filter((day) => day >= first && !isAfter(day, until) && !isOff(day));
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return undefined;
  const share = Math.floor((2 * count * days.length + 7) / 14);
  const least = first >= week && first <= addDays(week, 6) ? 1 : 0;
  const asked = Math.max(share, least);
  return asked === 0 ? undefined : { week, from, to, count: asked };
}

/** The first week from that one on that asks for something; undefined: none, or none in three years. */
export function nextWeek(
  count: number,
  week: LocalDate,
  first: LocalDate,
  days: Pick<AskingDays, 'until' | 'isOff'>,
): AskedWeek | undefined {
  for (let ahead = 0; ahead < furthest; ahead += 7) {
    const candidate = addDays(week, ahead);
    if (isAfter(candidate, days.until)) return undefined;
    const asked = askedOfWeek(count, candidate, first, days);
    if (asked !== undefined) return asked;
  }
  return undefined;
}

function isAfter(day: LocalDate, until: LocalDate | undefined): boolean {
  return until !== undefined && day > until;
}

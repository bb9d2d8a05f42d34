import type { Instant, LocalDate, Schedule } from '../model.ts';
import { dayEnd, dayOf, isLocalDate } from './day-end.ts';
import { onlyDaysOff } from './only-days-off.ts';
import { type Series, type Weekday, weekdays } from './schedule.ts';
import { timesAWeek } from './schedule-words.ts';
import { nextDay, nextWeek, weekOf } from './series-days.ts';

/** What a series must fit into. */
export interface SeriesWithin {
  readonly start: LocalDate;
  readonly end?: LocalDate;
  readonly timeZone: string;
  /** What is in force: a series that goes on keeps its first day, however long ago that was. */
  readonly current?: Schedule | undefined;
  /** On which day a week begins; absent: nobody has said yet, so that only what no week would have is refused. */
  readonly weekBegins?: Weekday | undefined;
  /** Days on which no series asks; absent: none. */
  readonly daysOff?: readonly { readonly from: LocalDate; readonly to: LocalDate }[];
}

/** What is wrong with a series: the field, and what is the matter with it. `shape`: it is none at all, and not only never to be kept. */
export interface SeriesFault {
  readonly field: string;
  readonly problem: string;
  readonly shape?: true;
}

/** The first thing that is wrong with a series that is to run inside a plan's period from `at` on; undefined: nothing. */
export function seriesFault(series: Series, within: SeriesWithin, at: Instant): SeriesFault | undefined {
  return patternFault(series) ?? daysFault(series, within, at) ?? emptyFault(series, within, at);
}

const isCount = (count: number) => Number.isInteger(count) && count >= 1;
const wholeNumber = 'must be a whole number, at least 1';

function patternFault({ pattern, times, ends, enough, ...rest }: Series): SeriesFault | undefined {
  if (pattern.type === 'days' && !isCount(pattern.every)) return { field: 'pattern.every', problem: wholeNumber };
  if (pattern.type === 'per-week' && !isCount(pattern.count)) return { field: 'pattern.count', problem: wholeNumber };
  if (pattern.type === 'weekdays') {
    const { days, everyWeeks } = pattern;
    if (days.length === 0) return { field: 'pattern.days', problem: 'names no day' };
    if (!days.every((day) => weekdays.includes(day)))
      return { field: 'pattern.days', problem: 'names what is no day of the week', shape: true };
    if (new Set(days).size < days.length) return { field: 'pattern.days', problem: 'names a day twice', shape: true };
    if (!isCount(everyWeeks)) return { field: 'pattern.everyWeeks', problem: wholeNumber };
  }
  if (times !== undefined) {
    if (pattern.type === 'per-week')
      return { field: 'times', problem: 'goes with days, not with so many times a week', shape: true };
    if (times.length === 0) return { field: 'times', problem: 'names no part of the day' };
    if (new Set(times).size < times.length)
      return { field: 'times', problem: 'names a part of the day twice', shape: true };
  }
  if (ends.type === 'after' && !isCount(ends.count)) return { field: 'ends.count', problem: wholeNumber };
  const most = timesAWeek({ pattern, ...rest, ...(times === undefined ? {} : { times }) });
  if (enough !== undefined && !isCount(enough)) return { field: 'enough', problem: wholeNumber };
  if (enough !== undefined && most !== undefined && enough > most)
    return { field: 'enough', problem: `is more than the ${most} that a week asks for` };
  return undefined;
}

function daysFault({ start, ends }: Series, within: SeriesWithin, at: Instant): SeriesFault | undefined {
  const noDay = 'is not a day (YYYY-MM-DD)';
  const past = (date: LocalDate) => dayEnd(date, within.timeZone) <= at;
  if (start !== undefined && !isLocalDate(start)) return { field: 'start', problem: noDay, shape: true };
  const goesOn = within.current?.type === 'series' && within.current.start === start;
  if (start !== undefined && !goesOn) {
    if (start < within.start) return { field: 'start', problem: 'is before the plan starts' };
    if (past(start)) return { field: 'start', problem: 'is in the past' };
  }
  if (start !== undefined && within.end !== undefined && start > within.end)
    return { field: 'start', problem: 'is after the plan ends' };
  if (ends.type !== 'on') return undefined;
  if (!isLocalDate(ends.date)) return { field: 'ends.date', problem: noDay, shape: true };
  if (start !== undefined && ends.date < start)
    return { field: 'ends.date', problem: 'is before the first day of the series' };
  if (ends.date < within.start) return { field: 'ends.date', problem: 'is before the plan starts' };
  if (within.end !== undefined && ends.date > within.end)
    return { field: 'ends.date', problem: 'is after the plan ends' };
  return past(ends.date) ? { field: 'ends.date', problem: 'is in the past' } : undefined;
}

/** A series none of whose days are left in its time: Mondays from a Tuesday to the Friday after; or all of whose days are off. */
function emptyFault(series: Series, within: SeriesWithin, at: Instant): SeriesFault | undefined {
  const today = dayOf(at, within.timeZone);
  const from = today > within.start ? today : within.start;
  const start = series.start ?? from;
  const until = series.ends.type === 'on' ? series.ends.date : within.end;
  const first = start > from ? start : from;
  const { pattern } = series;
  const isEmpty = (weekBegins: Weekday): boolean => {
    const days = { weekBegins, isOff: () => false, ...(until === undefined ? {} : { until }) };
    if (pattern.type === 'per-week')
      return nextWeek(pattern.count, weekOf(first, weekBegins), first, days) === undefined;
    return nextDay({ ...series, start }, first, days) === undefined;
  };
  const weeks = within.weekBegins === undefined ? weekdays : [within.weekBegins];
  if (weeks.every(isEmpty)) return { field: 'pattern', problem: 'names no day before the series ends' };
  const { daysOff = [] } = within;
  const isOff = (day: LocalDate) => daysOff.some(({ from: begin, to }) => begin <= day && day <= to);
  const never = onlyDaysOff(series, first, { weeks, isOff, ...(until === undefined ? {} : { until }) });
  return never ? { field: 'pattern', problem: 'names no day but days off' } : undefined;
}

import { listWords } from '../../foundation/list-words.ts';
import type { LocalDate } from '../values.ts';
import {
  type PartOfDay,
  type Schedule,
  type Series,
  type SeriesEnd,
  type SeriesPattern,
  type Weekday,
  weekdays,
} from './schedule.ts';

/** How the places that say a schedule differ. */
export interface SaidHow {
  /** Writes a day: in the language of the plan, in the zone of the app, or as FHIR does. */
  readonly day: (date: LocalDate) => string;
  /** What is done with an event's own text, which somebody typed; absent: nothing. */
  readonly text?: (typed: string) => string;
  /** Whether the first day of a series is said, as is right before it has come. */
  readonly withStart?: boolean;
}

/**
 * A schedule as people say it: `every day, until the next visit`, `3 times a week, any days`, `each morning and evening`. The one
 * place for these words: the report, the text in FHIR and the app all say them so.
 */
export function scheduleWords(schedule: Schedule, { day, text = (typed) => typed, withStart }: SaidHow): string {
  switch (schedule.type) {
    case 'once':
      return `once, by ${day(schedule.by)}`;
    case 'once-within':
      return schedule.days === 1 ? 'once, within a day of opening' : `once, within ${schedule.days} days of opening`;
    case 'event':
      return `${text(schedule.text)}, by ${day(schedule.window.end)}`;
    case 'at-visit':
      return 'once, due at the next visit';
    case 'sessions':
      return schedule.count === 1 ? 'once, in a session' : `${schedule.count} times, in sessions`;
    case 'series': {
      const from = withStart && schedule.start !== undefined ? `, from ${day(schedule.start)}` : '';
      return `${patternWords(schedule.pattern, schedule.times)}${from}${endWords(schedule.ends, day)}`;
    }
  }
}

/** How often a series asks, without its end: `every other day`, `on Mon, Wed and Fri`, `twice a week, any days`. */
export function patternWords(pattern: SeriesPattern, times: readonly PartOfDay[] = []): string {
  if (pattern.type === 'per-week')
    return pattern.count === 1 ? 'once a week, any day' : `${timesWords(pattern.count)} a week, any days`;
  const days = pattern.type === 'days' ? everyWords(pattern.every, 'day') : weekdayWords(pattern);
  if (times.length === 0) return days;
  return isEveryDay(pattern) ? `each ${listWords(times)}` : `${days}, ${listWords(times)}`;
}

function isEveryDay(pattern: SeriesPattern): boolean {
  if (pattern.type === 'days') return pattern.every === 1;
  return pattern.type === 'weekdays' && pattern.everyWeeks === 1 && weekdays.every((day) => pattern.days.includes(day));
}

/** What is good enough of a week, where the series says so: `5 of 7 is good`; undefined: it does not. */
export function enoughWords(series: Series): string | undefined {
  if (series.enough === undefined) return undefined;
  const asked = timesAWeek(series);
  return asked === undefined ? `${series.enough} a week is good` : `${series.enough} of ${asked} is good`;
}

/** How many times a whole week asks for; undefined: not each week alike. */
export function timesAWeek({ pattern, times }: Pick<Series, 'pattern' | 'times'>): number | undefined {
  const aDay = times?.length ?? 1;
  if (pattern.type === 'per-week') return pattern.count;
  if (pattern.type === 'days') return pattern.every === 1 ? 7 * aDay : undefined;
  return pattern.everyWeeks === 1 ? new Set(pattern.days).size * aDay : undefined;
}

const dayNames: Readonly<Record<Weekday, string>> = {
  ...{ mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday' },
  ...{ sat: 'Saturday', sun: 'Sunday' },
};
/** Days of the week, as they stand in a list of them. */
export const shortNames: Readonly<Record<Weekday, string>> = {
  ...{ mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' },
};

function weekdayWords({ days, everyWeeks }: Extract<SeriesPattern, { type: 'weekdays' }>): string {
  const on = weekdays.filter((day) => days.includes(day));
  const names = on.map((day) => shortNames[day]);
  const [only] = on;
  if (everyWeeks > 1) return `${everyWords(everyWeeks, 'week')}, on ${listWords(names)}`;
  if (on.length === 7) return 'every day';
  if (on.join() === 'mon,tue,wed,thu,fri') return 'Monday to Friday';
  return on.length === 1 && only !== undefined ? `every ${dayNames[only]}` : `on ${listWords(names)}`;
}

function everyWords(every: number, what: 'day' | 'week'): string {
  if (every === 1) return `every ${what}`;
  return every === 2 ? `every other ${what}` : `every ${every} ${what}s`;
}

function endWords(ends: SeriesEnd, day: SaidHow['day']): string {
  switch (ends.type) {
    case 'on':
      return `, until ${day(ends.date)}`;
    case 'after':
      return ends.count === 1 ? ', once in all' : `, ${ends.count} times in all`;
    case 'next-visit':
      return ', until the next visit';
    case 'open':
      return '';
  }
}

function timesWords(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}

import type { LocalDate, Schedule } from '../model.ts';
import { addDays, daysBetween } from '../schedule/day-end.ts';
import type { Series, Weekday } from '../schedule/schedule.ts';
import { weekdayOf } from '../schedule/series-days.ts';

/** From when to when a plan runs. */
export interface PlanPeriod {
  readonly start: LocalDate;
  readonly end?: LocalDate;
}

/**
 * How many times a schedule can ask at the very most, and on how many days; never fewer than it will, so that what could just be is never
 * refused. Infinity: nobody says when it ends.
 */
export function mostLogs(schedule: Schedule, period: PlanPeriod): { readonly logs: number; readonly days: number } {
  switch (schedule.type) {
    case 'event':
    case 'sessions':
      return { logs: schedule.count, days: schedule.count };
    case 'series':
      return mostOfSeries(schedule, period);
    default:
      return { logs: 1, days: 1 };
  }
}

function mostOfSeries(series: Series, period: PlanPeriod): { readonly logs: number; readonly days: number } {
  const { pattern, times = [], ends, start = period.start } = series;
  const aDay = Math.max(1, times.length);
  const until = [period.end, ends.type === 'on' ? ends.date : undefined].filter((day) => day !== undefined).sort()[0];
  // a week that the tenant begins on another day may be one more
  const weeks = until === undefined ? Number.POSITIVE_INFINITY : Math.floor(daysBetween(start, until) / 7) + 2;
  const days = until === undefined ? Number.POSITIVE_INFINITY : Math.max(0, daysOf(series, start, until));
  const byTime = pattern.type === 'per-week' ? weeks * pattern.count : days * aDay;
  const logs = ends.type === 'after' ? Math.min(ends.count, byTime) : byTime;
  return { logs, days: Math.min(days, logs) };
}

/** On how many days of a stretch it is asked, at most. */
function daysOf({ pattern }: Series, start: LocalDate, until: LocalDate): number {
  const length = daysBetween(start, until) + 1;
  if (length <= 0) return 0;
  switch (pattern.type) {
    case 'days':
      return Math.ceil(length / pattern.every);
    case 'weekdays':
      return onWeekdays(pattern.days, start, length);
    case 'per-week':
      return length;
  }
}

/** How many of so many days from `start` on are one of these weekdays. */
function onWeekdays(days: readonly Weekday[], start: LocalDate, length: number): number {
  const full = Math.floor(length / 7) * days.length;
  const rest = Array.from({ length: length % 7 }, (_, index) => weekdayOf(addDays(start, index)));
  return full + rest.filter((name) => days.includes(name)).length;
}

import type { Assignment, Instant, LocalDate, Schedule } from '../model.ts';
import { addDays } from './day-end.ts';

/** The schedule in force. */
export function scheduleOf(assignment: Assignment): Schedule {
  const last = assignment.schedules.at(-1);
  if (last === undefined) throw new Error('an assignment has a schedule from its design on');
  return last.schedule;
}

/** Puts a schedule in force from `at` on, and ends the one before. */
export function withSchedule(assignment: Assignment, schedule: Schedule, at: Instant): Assignment {
  const last = assignment.schedules.at(-1);
  const before = assignment.schedules.slice(0, -1);
  return {
    ...assignment,
    schedules: [...before, ...(last === undefined ? [] : [{ ...last, until: at }]), { schedule, from: at }],
    lastModified: at,
  };
}

/** The same schedule, `days` later: what was left of the time before a pause is left after it. A series goes on by its own days. */
export function postponed(schedule: Schedule, days: number): Schedule {
  if (schedule.type === 'once') return { ...schedule, by: addDays(schedule.by, days) };
  if (schedule.type !== 'event') return schedule;
  const { start, end } = schedule.window;
  return { ...schedule, window: { start, end: addDays(end, days) } };
}

/** How many times it is to be done; undefined: as `timesAsked`. */
export function targetOf(assignment: Assignment): number | undefined {
  return timesAsked(scheduleOf(assignment));
}

/**
 * How many times a schedule asks for it; undefined: no number says so, for it asks again and again until its end comes: a day, the
 * next visit, or the plan's end.
 */
export function timesAsked(
  schedule:
    | Exclude<Schedule, { type: 'event' | 'sessions' }>
    | { readonly type: 'event' | 'sessions'; readonly count: number },
): number | undefined {
  switch (schedule.type) {
    case 'event':
    case 'sessions':
      return schedule.count;
    case 'series':
      return schedule.ends.type === 'after' ? schedule.ends.count : undefined;
    default:
      return 1;
  }
}

/** The last day on which a schedule asks, where it says one itself. */
export function lastDayOf(schedule: Schedule): LocalDate | undefined {
  if (schedule.type === 'event') return schedule.window.end;
  if (schedule.type === 'once') return schedule.by;
  return schedule.type === 'series' && schedule.ends.type === 'on' ? schedule.ends.date : undefined;
}

/** By what a series counts: its days or its weeks; undefined: it is none. */
export function unitOf(schedule: Schedule | undefined): 'day' | 'week' | undefined {
  if (schedule?.type !== 'series') return undefined;
  return schedule.pattern.type === 'per-week' ? 'week' : 'day';
}

/** Where a schedule says its last day. */
export function lastDayField({ type }: Schedule): string {
  if (type === 'series') return 'schedule.ends.date';
  return type === 'event' ? 'schedule.window.end' : 'schedule.by';
}

/** What ends at no time that is known yet: a session, or homework for a visit that nobody has a date of. */
export const noEnd: Instant = '9999-12-31T23:59:59.999Z';

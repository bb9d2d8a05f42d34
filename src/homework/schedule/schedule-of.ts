import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, Schedule } from '../model.ts';
import { addDays, addGrace, dayEnd, dayOf, dayStart } from './day-end.ts';

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

/** `once-within` becomes a date, counted from the patient's day at `at`; the others stay as they are. */
export function dated(schedule: Schedule, at: Instant, timeZone: string): Exclude<Schedule, { type: 'once-within' }> {
  return schedule.type === 'once-within' ? { type: 'once', by: addDays(dayOf(at, timeZone), schedule.days) } : schedule;
}

/** The same schedule, `days` later: what was left of the time before a pause is left after it. */
export function postponed(schedule: Schedule, days: number): Schedule {
  if (schedule.type === 'once') return { ...schedule, by: addDays(schedule.by, days) };
  if (schedule.type === 'once-within') return schedule;
  const { start, end } = schedule.window;
  return { ...schedule, window: { start, end: addDays(end, days) } };
}

/** How many times it is to be done. */
export function targetOf(assignment: Assignment): number {
  return timesAsked(scheduleOf(assignment));
}

/** How many times a schedule asks for it. */
export function timesAsked(
  schedule: { readonly type: 'event'; readonly count: number } | { readonly type: 'once' | 'once-within' },
): number {
  return schedule.type === 'event' ? schedule.count : 1;
}

/** When a schedule's time begins, ends and stops counting as late; `once` begins with the day on which it was opened. */
export function timesOf(
  assignment: Assignment,
  openedAt: Instant,
  timeZone: string,
  rules: HomeworkRules,
): { readonly from: Instant; readonly dueUntil: Instant; readonly lateUntil: Instant } {
  const schedule = dated(scheduleOf(assignment), openedAt, timeZone);
  const from = schedule.type === 'event' ? schedule.window.start : dayOf(openedAt, timeZone);
  const dueUntil = dayEnd(schedule.type === 'event' ? schedule.window.end : schedule.by, timeZone);
  const grace = rules.statedLateGraceHours ?? assignment.lateGraceHours;
  return { from: dayStart(from, timeZone), dueUntil, lateUntil: addGrace(dueUntil, grace, timeZone) };
}

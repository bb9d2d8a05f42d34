import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, Schedule } from '../model.ts';
import { addDays, addGrace, dayEnd, dayOf, dayStart } from './day-end.ts';
import { lastDayOf, noEnd, scheduleOf } from './schedule-of.ts';

/** `once-within` becomes a date, counted from the patient's day at `at`; a series begins on that day, unless it says when; the others stay as they are. */
export function dated(schedule: Schedule, at: Instant, timeZone: string): Exclude<Schedule, { type: 'once-within' }> {
  if (schedule.type === 'once-within') return { type: 'once', by: addDays(dayOf(at, timeZone), schedule.days) };
  if (schedule.type !== 'series' || schedule.start !== undefined) return schedule;
  return { ...schedule, start: dayOf(at, timeZone) };
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
  const last = lastDayOf(schedule);
  const dueUntil = last === undefined ? noEnd : dayEnd(last, timeZone);
  return { from: dayStart(from, timeZone), dueUntil, lateUntil: lateAfter(dueUntil, assignment, timeZone, rules) };
}

/** Until when what is due until then still counts as late. */
export function lateAfter(
  dueUntil: Instant,
  { lateGraceHours }: Pick<Assignment, 'lateGraceHours'>,
  timeZone: string,
  rules: HomeworkRules,
): Instant {
  return dueUntil === noEnd ? noEnd : addGrace(dueUntil, rules.statedLateGraceHours ?? lateGraceHours, timeZone);
}

import type { Assignment, Instant, Log, LogResolution, Occurrence, PlanState } from '../model.ts';
import { dayOf, dayStart } from '../schedule/day-end.ts';
import { partAt } from '../schedule/parts-of-day.ts';
import { timesNow } from '../schedule/times-now.ts';

/** What of a log says when it was written. */
type Written = Pick<Log, 'performedAt'> & Partial<Pick<Log, 'source' | 'via'>>;

/**
 * Which time of a series a log is of, by when it happened: one of the day (or week) that it happened in, else the latest overdue or
 * missed one within its grace. Undefined with `extra`: all that was asked then is logged already.
 */
export function timeOfSeries(
  state: Pick<PlanState, 'plan' | 'occurrences' | 'logs'>,
  assignment: Assignment,
  performedAt: Instant,
): { readonly time?: Occurrence; readonly isExtra: boolean } {
  const { timeZone } = state.plan;
  const day = dayOf(performedAt, timeZone);
  const { own } = timesNow(state, assignment.id);
  // a window is some days long at most: what ended before that day, or opened after it, is none of its
  const near = own.filter(({ openedAt, dueUntil, superseded }) => {
    if (superseded || performedAt >= dueUntil) return false;
    return openedAt <= performedAt || performedAt >= dayStart(dayOf(openedAt, timeZone), timeZone);
  });
  const label = near.find((time) => time.day === day)?.day ?? near[0]?.day;
  const asked = near.filter((time) => time.day === label);
  const open = asked.filter(({ status }) => status === 'due' || status === 'overdue' || status === 'missed');
  const begun = new Set(state.logs.map(({ status, occurrenceId }) => (status === 'in-progress' ? occurrenceId : '')));
  const free = open.filter(({ id }) => !begun.has(id));
  const part = free.some((time) => time.part !== undefined) ? partAt(performedAt, day, timeZone) : undefined;
  const time = free.find((candidate) => candidate.part === part) ?? free[0] ?? open[0];
  if (time !== undefined) return { time, isExtra: false };
  const isDone = ({ status }: Occurrence) => status === 'done' || status === 'late';
  if (asked.length > 0) return { isExtra: asked.every(isDone) };
  const late = own.findLast(
    ({ status, dueUntil, lateUntil }) =>
      (status === 'overdue' || status === 'missed') && dueUntil <= performedAt && performedAt < lateUntil,
  );
  return late === undefined ? { isExtra: false } : { time: late, isExtra: false };
}

/**
 * What a log of a time counts as: done is what happened in time, late what did so within the grace; undefined: it came after the grace,
 * and what was missed stays missed. Of a day or week of a series it must have been written by then, too. What a clinician enters, or
 * another system sends, is judged by when it happened alone, for when it was written nobody knows.
 */
export function countsAs(
  { day, dueUntil, lateUntil }: Pick<Occurrence, 'day' | 'dueUntil' | 'lateUntil'>,
  { performedAt, source, via }: Written,
  at: Instant,
): 'done' | 'late' | undefined {
  const told = day === undefined || via !== undefined || source?.type === 'practitioner';
  const written = told ? performedAt : at;
  const last = written > performedAt ? written : performedAt;
  if (last >= lateUntil) return undefined;
  return last < dueUntil ? 'done' : 'late';
}

/** The same as it is kept in the log. */
export function resolvedAs(time: Occurrence, log: Written, at: Instant): LogResolution {
  return countsAs(time, log, at) === 'done' ? 'resolved' : 'late';
}

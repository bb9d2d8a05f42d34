import type { Assignment, Instant, Occurrence, PlanState } from '../model.ts';
import { withOccurrence } from '../replace-in-state.ts';
import { scheduleOf, unitOf } from '../schedule/schedule-of.ts';
import { takeBack } from '../schedule/take-back.ts';
import { timesNow } from '../schedule/times-now.ts';
import { isFresh } from './is-fresh.ts';

/**
 * Fits the times of a step to a series that it was given just now. What was done, missed or is overdue stays as it was. From another
 * schedule, or between days and weeks, what was not begun is taken back; else the next sweep fits what is open, and makes what is asked for
 * besides.
 */
export function renewSeries(state: PlanState, before: Assignment, step: Assignment, at: Instant): PlanState {
  if (!startsAnew(before, step)) return state;
  const isOther = scheduleOf(before).type !== 'series';
  return takeBackFresh(isOther ? supersedeOthers(state, step.id) : state, step.id, at);
}

/** Whether the new schedule counts by another unit than the one before: its times are none of the earlier ones. */
export function startsAnew(before: Assignment, step: Assignment): boolean {
  return unitOf(scheduleOf(before)) !== unitOf(scheduleOf(step));
}

/** Takes back what is still to come and not begun: it is not asked for any more. */
export function takeBackFresh(state: PlanState, assignmentId: string, at: Instant): PlanState {
  const { open, paused } = timesNow(state, assignmentId);
  const fresh = [...open, ...paused].filter((time) => isFresh(state, time));
  return takeBack(state, fresh, 'the step asks at other times now', at);
}

/** What of another schedule, or of a series, has passed or is begun counts as what it is and not among what is asked for now. */
export function supersedeOthers(state: PlanState, assignmentId: string): PlanState {
  const { own } = timesNow(state, assignmentId);
  const stays: readonly Occurrence['status'][] = ['overdue', 'missed', 'due', 'paused'];
  return own
    .filter((time) => stays.includes(time.status) && !isFresh(state, time) && !time.superseded)
    .reduce((next, time) => withOccurrence(next, { ...time, superseded: true }), state);
}

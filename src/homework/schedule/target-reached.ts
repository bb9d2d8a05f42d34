import type { Assignment, Occurrence, PlanState } from '../model.ts';
import { scheduleOf, targetOf } from './schedule-of.ts';
import { timesNow } from './times-now.ts';

/** The times of one assignment that are among those that it asks for, by ordinal: without those that others were given for. */
export function askedOf(state: PlanState, assignmentId: string): readonly Occurrence[] {
  return timesNow(state, assignmentId).own.filter(({ superseded }) => superseded !== true);
}

/** Whether enough was done: of a series something, once it is over. */
export function targetReached(state: PlanState, assignment: Assignment): boolean {
  const { done } = timesNow(state, assignment.id);
  if (scheduleOf(assignment).type === 'series')
    return done > 0 && (assignment.status === 'completed' || assignment.status === 'failed');
  const asked = stillAsked(state, assignment);
  return asked !== undefined && done >= asked;
}

/** How many times it is asked for now: the target less what was excused, and at least one; undefined: no number says so. */
export function stillAsked(state: Pick<PlanState, 'occurrences'>, assignment: Assignment): number | undefined {
  const target = targetOf(assignment);
  return target === undefined ? undefined : Math.max(1, target - timesNow(state, assignment.id).asked.excused);
}

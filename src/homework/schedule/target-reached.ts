import type { Assignment, PlanState } from '../model.ts';
import { occurrencesOf } from '../replace-in-state.ts';
import { targetOf } from './schedule-of.ts';

/** Whether enough was done. */
export function targetReached(state: PlanState, assignment: Assignment): boolean {
  const done = occurrencesOf(state, assignment.id).filter(({ status }) => status === 'done' || status === 'late');
  return done.length >= stillAsked(state, assignment);
}

/** How many times it is asked for now: the target less what was excused, and at least one. */
export function stillAsked(state: Pick<PlanState, 'occurrences'>, assignment: Assignment): number {
  const excused = state.occurrences.filter(
    ({ assignmentId, status }) => assignmentId === assignment.id && status === 'excused',
  );
  return Math.max(1, targetOf(assignment) - excused.length);
}

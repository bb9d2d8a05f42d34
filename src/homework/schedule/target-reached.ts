import type { Assignment, Occurrence, PlanState } from '../model.ts';
import { occurrencesOf } from '../replace-in-state.ts';
import { targetOf } from './schedule-of.ts';

/** The times of one assignment that are among those that it asks for, by ordinal: without those that others were given for. */
export function askedOf(state: PlanState, assignmentId: string): readonly Occurrence[] {
  return occurrencesOf(state, assignmentId).filter(({ superseded }) => superseded !== true);
}

/** Whether enough was done. */
export function targetReached(state: PlanState, assignment: Assignment): boolean {
  const done = occurrencesOf(state, assignment.id).filter(({ status }) => status === 'done' || status === 'late');
  return done.length >= stillAsked(state, assignment);
}

/** How many times it is asked for now: the target less what was excused, and at least one. */
export function stillAsked(state: Pick<PlanState, 'occurrences'>, assignment: Assignment): number {
  const excused = state.occurrences.filter(
    ({ assignmentId, status, superseded }) =>
      assignmentId === assignment.id && status === 'excused' && superseded !== true,
  );
  return Math.max(1, targetOf(assignment) - excused.length);
}

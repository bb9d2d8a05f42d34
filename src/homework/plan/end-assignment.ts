import { stopDraft } from '../log/draft.ts';
import type { Assignment, Instant, PlanState } from '../model.ts';
import { withAssignment, withLog } from '../replace-in-state.ts';
import { endOccurrences } from '../schedule/open-occurrence.ts';
import { applyMove } from './apply-move.ts';

const occurrenceReasons = {
  decline: 'declined',
  stop: 'stopped by the patient',
  withdraw: 'withdrawn',
  'accept-as-done': 'accepted as done',
  'plan-closed': 'not reached',
  mistake: 'made by mistake',
} as const;

/**
 * Ends an assignment before its target is reached: what is open is excused, never missed, and unfinished logs are stopped,
 * their words unsent.
 * @throws IntersessionError `illegal-move`
 */
export function endAssignment(
  state: PlanState,
  assignment: Assignment,
  event: keyof typeof occurrenceReasons,
  reason: NonNullable<Assignment['statusReason']>,
  at: Instant,
): PlanState {
  const ended = withAssignment(state, applyMove(assignment, event, at, { reason }));
  const excused = endOccurrences(ended, assignment.id, at, occurrenceReasons[event]);
  return excused.logs
    .filter((log) => log.assignmentId === assignment.id && log.status === 'in-progress')
    .reduce((next, log) => withLog(next, stopDraft(log, at)), excused);
}

import type { HomeworkRules } from '../homework-rules.ts';
import type { Instant, PlanState } from '../model.ts';
import { illegalMove } from '../plan/apply-move.ts';
import { sweep } from '../plan/sweep.ts';
import {
  assignmentById,
  invalidRequest,
  occurrenceById,
  refuseClosedPlan,
  withOccurrence,
} from '../replace-in-state.ts';

export interface ExemptOccurrence {
  readonly occurrenceId: string;
  readonly reason: string;
}

/**
 * Takes an occurrence that is due, overdue or missed out of the count, with a reason.
 * @throws IntersessionError `unknown-artefact`; `illegal-move` for one that is done, late, excused or paused;
 *   `invalid-request` for an empty reason; `plan-closed`
 */
export function exemptOccurrence(
  state: PlanState,
  { occurrenceId, reason }: ExemptOccurrence,
  at: Instant,
  rules: HomeworkRules,
): PlanState {
  occurrenceById(state, occurrenceId);
  refuseClosedPlan(state);
  if (reason.trim() === '') throw invalidRequest('reason', 'is empty');
  const now = sweep(state, at, rules);
  const occurrence = occurrenceById(now, occurrenceId);
  const { status } = occurrence;
  if (status !== 'due' && status !== 'overdue' && status !== 'missed')
    throw illegalMove(assignmentById(now, occurrence.assignmentId), 'excuse', `the occurrence is ${status}`);
  const excused = { ...occurrence, status: 'excused', reason, endedAt: at, lastModified: at } as const;
  return sweep(withOccurrence(now, excused), at, rules);
}

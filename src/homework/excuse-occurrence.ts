import { illegalMove } from './apply-move.ts';
import type { HomeworkRules } from './homework-rules.ts';
import type { Instant, PlanState } from './model.ts';
import {
  assignmentById,
  invalidRequest,
  occurrenceById,
  refuseClosedPlan,
  withOccurrence,
} from './replace-in-state.ts';
import { sweep } from './sweep.ts';

export interface ExcuseOccurrence {
  readonly occurrenceId: string;
  readonly reason: string;
}

/**
 * Takes an occurrence that is due, overdue or missed out of the count, with a reason.
 * @throws IntersessionError `unknown-artefact`; `illegal-move` for one that is done, late, excused or paused;
 *   `invalid-request` for an empty reason; `plan-closed`
 */
export function excuseOccurrence(
  state: PlanState,
  { occurrenceId, reason }: ExcuseOccurrence,
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

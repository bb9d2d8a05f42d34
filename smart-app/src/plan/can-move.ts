import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { type AssignmentEvent, assignmentMoves } from '../../../src/homework/plan/assignment-moves.ts';

/** Whether the table of moves knows this event from where the step stands. */
export function canMove({ status, businessStatus }: StepView, event: AssignmentEvent): boolean {
  return assignmentMoves.some(
    (move) => move.event === event && move.status === status && move.businessStatus === businessStatus,
  );
}

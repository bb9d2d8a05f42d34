import type { Assignment, AssignmentStatus } from '../model.ts';

const ended: readonly AssignmentStatus[] = ['completed', 'rejected', 'cancelled', 'failed', 'entered-in-error'];

/** Whether nothing more is expected of an assignment. */
export function isEnded(assignment: Pick<Assignment, 'status'>): boolean {
  return ended.includes(assignment.status);
}

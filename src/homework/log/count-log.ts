import type { Instant, Log, Occurrence, PlanState } from '../model.ts';
import { applyMove } from '../plan/apply-move.ts';
import { assignmentById, occurrenceById, withAssignment, withOccurrence } from '../replace-in-state.ts';
import { targetReached } from '../schedule/target-reached.ts';
import { countsAs } from './resolve-series-log.ts';

/**
 * Counts a completed log for the occurrence it is tied to: done, or late when it happened after the due day. What happened
 * after the grace leaves a missed occurrence missed. A step that had ended as missed goes on, or is completed, as late.
 */
export function countLog(state: PlanState, log: Log, at: Instant): PlanState {
  if (log.occurrenceId === undefined) return state;
  const occurrence = occurrenceById(state, log.occurrenceId);
  const countable: readonly Occurrence['status'][] = ['due', 'overdue', 'missed'];
  const status = countsAs(occurrence, log, at);
  if (!countable.includes(occurrence.status) || status === undefined) return state;
  const counted = withOccurrence(state, {
    ...occurrence,
    status,
    logId: log.id,
    endedAt: log.performedAt,
    lastModified: at,
  });
  const assignment = assignmentById(counted, log.assignmentId);
  if (assignment.status !== 'failed') return counted;
  const guard = targetReached(counted, assignment) ? 'target-reached' : 'target-not-reached';
  return withAssignment(counted, applyMove(assignment, 'late-log', at, { guard }));
}

import type { Occurrence } from '../../../src/homework/model.ts';

/**
 * Under what a log is kept on this device while it is written: of a step, or, where each day has a log of its own, of that day, so
 * that yesterday's words never come up in today's.
 */
export function logSubject(assignmentId: string, occurrence: Pick<Occurrence, 'id' | 'day'> | undefined): string {
  return occurrence?.day === undefined ? assignmentId : occurrence.id;
}

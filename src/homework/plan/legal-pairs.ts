import type { AssignmentBusinessStatus, AssignmentStatus } from '../model.ts';

/** Which business statuses each status can have; no operation ever makes another pair. */
export const legalPairs: Readonly<Record<AssignmentStatus, readonly AssignmentBusinessStatus[]>> = {
  draft: ['locked'],
  requested: ['assigned', 'overdue', 'paused'],
  received: ['seen', 'overdue', 'paused'],
  accepted: ['agreed', 'overdue', 'paused'],
  'in-progress': ['logging', 'overdue', 'late'],
  'on-hold': ['paused'],
  completed: ['done', 'late'],
  rejected: ['declined'],
  cancelled: ['stopped-by-patient', 'withdrawn', 'not-reached'],
  failed: ['missed'],
  'entered-in-error': ['mistake'],
};

/** A status with one of its business statuses. */
export type Pair = readonly [AssignmentStatus, AssignmentBusinessStatus];

/** All legal pairs of these statuses. */
export function pairsOf(...statuses: readonly AssignmentStatus[]): Pair[] {
  return statuses.flatMap((status) => legalPairs[status].map((businessStatus): Pair => [status, businessStatus]));
}

/** From where a clinician can lock a step again. Beside the table of moves, for who offers that and needs no more of it. */
export const relockedFrom: readonly Pair[] = pairsOf('requested');

/** From where a smaller step can be put before one: whatever has become of it short of being done. */
export const steppedDownFrom: readonly Pair[] = [
  ...pairsOf('requested', 'received', 'accepted', 'in-progress', 'on-hold', 'failed', 'rejected'),
  ['cancelled', 'stopped-by-patient'],
];

/** Whether a step stands at one of these. */
export function standsAt(
  pairs: readonly Pair[],
  step: { readonly status: AssignmentStatus; readonly businessStatus: AssignmentBusinessStatus },
): boolean {
  return pairs.some(([status, businessStatus]) => step.status === status && step.businessStatus === businessStatus);
}

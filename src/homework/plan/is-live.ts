import type { Assignment } from '../model.ts';

/** Whether a step is open and goes on: what is due of it runs, and more may come. */
export function isLive({ status, businessStatus }: Pick<Assignment, 'status' | 'businessStatus'>): boolean {
  if (businessStatus === 'paused') return false;
  return status === 'requested' || status === 'received' || status === 'accepted' || status === 'in-progress';
}

import type { Occurrence, PlanState } from '../model.ts';

/** Whether a time is still to come as it was given: nothing was begun of it, and its day has not passed. One that waits is, too. */
export function isFresh({ logs }: Pick<PlanState, 'logs'>, { id, status }: Occurrence): boolean {
  if (status !== 'due' && status !== 'paused') return false;
  return !logs.some((log) => log.occurrenceId === id && log.status === 'in-progress');
}

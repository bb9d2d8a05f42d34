import type { ClaimedGroup, ClaimedRow } from './claimed-group.ts';

/**
 * When a row was last sent, at the latest, by an attempt that had no clear end; undefined: none is known of. What seems to
 * lie ahead was written while a clock was wrong, and counts from now.
 */
export function doubtOf(group: ClaimedGroup, row: ClaimedRow, now: Date): Date | undefined {
  const times = [row.doubtAt, group.interruptedBy].flatMap((entry) => entry?.getTime() ?? []);
  return times.length === 0 ? undefined : new Date(Math.min(now.getTime(), Math.max(...times)));
}

/**
 * Until when what was sent at `doubtAt` may still come to stand in the EHR.
 * @returns undefined when it can no longer be
 */
export function underWayUntil(doubtAt: Date | undefined, settleMs: number, now: Date): Date | undefined {
  if (doubtAt === undefined) return undefined;
  const until = doubtAt.getTime() + settleMs;
  return now.getTime() < until ? new Date(until) : undefined;
}

import type { EhrFailure } from '../ehr/ehr-failure.ts';
import { defined } from '../foundation/defined.ts';
import type { AttemptOutcome } from './attempt.ts';
import { backoffMs } from './backoff.ts';
import { type ClaimedGroup, type RowResult, stillPending, untouchedState } from './claimed-group.ts';
import type { Completion } from './completion.ts';
import { doubtOf } from './doubt.ts';
import type { SendingContext } from './sending-context.ts';

/** Nobody looks for the effect of a request whose end we don't know before so long, in milliseconds. */
export const LOOK_AFTER_MS = 2000;

/** Decides when to come back to a group, and so completes the outcome of an attempt at it. */
export function finishAttempt(
  group: ClaimedGroup,
  { results, failure, evidence }: AttemptOutcome,
  at: { readonly now: Date; readonly settleMs: number; readonly random: () => number },
): Completion {
  const due = results.some(({ comesBack }) => comesBack);
  const wait = waitMs(group.attempts, { results, failure, due }, at);
  const nextAt = new Date(at.now.getTime() + wait);
  return { group, results, due, nextAt, failed: due, ...defined({ attempt: evidence }) };
}

/** Gives back what was claimed and not begun: due at once, and a doubt about it stays a doubt. */
export function giveBack(group: ClaimedGroup, context: SendingContext, now: Date): Completion {
  const results = group.rows.map((row) => {
    const landing = context.landings.get(row.artefact)?.landing ?? 'app-only';
    const state = row.state === 'waiting' ? row.state : untouchedState(group, row);
    return { ...stillPending(row, landing), state, doubtAt: doubtOf(group, row, group.startedAt) ?? null };
  });
  return { group, results, due: true, nextAt: now, failed: true };
}

function waitMs(
  attempts: number,
  { results, failure, due }: { results: readonly RowResult[]; failure: EhrFailure | undefined; due: boolean },
  { now, settleMs, random }: Parameters<typeof finishAttempt>[2],
): number {
  let wait = due ? backoffMs(attempts, random, failure?.retryAfterMs) : 0;
  // no failure: it waits for something of ours, whose landing wakes it; this is only the safety net
  if (due && (failure === undefined || failure.disposition === 'unknown')) wait = Math.max(LOOK_AFTER_MS, wait);
  // and once as soon as nothing of it can be under way any more
  return Math.min(wait, untilSettled(results, now.getTime(), settleMs));
}

/** Milliseconds until the first of what is in doubt is no longer; never less than a hundred. */
function untilSettled(results: readonly RowResult[], at: number, settleMs: number): number {
  const ends = results.flatMap(({ comesBack, doubtAt }) => (comesBack && doubtAt !== null ? [doubtAt] : []));
  const left = ends.map((doubtAt) => doubtAt.getTime() + settleMs - at).filter((ms) => ms > 0);
  return left.length === 0 ? Number.POSITIVE_INFINITY : Math.max(100, Math.min(...left));
}

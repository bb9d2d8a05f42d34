import type { EhrFailure } from '../ehr/ehr-failure.ts';
import { backoffMs } from './backoff.ts';
import { HORIZON_MS } from './pull-back-groups.ts';

/**
 * How a tenant's deliveries stand to its EHR: a circuit breaker for all of its groups, so that an EHR in trouble is asked
 * by one of them and not by each for itself. A value: what happens makes the next one of it.
 */
export interface Pause {
  /** Failures of the EHR as a whole, one after the other; 0: it takes deliveries. */
  readonly failures: number;
  /** Nothing is claimed before, in milliseconds of the machine's clock. */
  readonly until: number;
}

/** `flowing`: as many as the EHR takes at once · `paused`: none · `probing`: one, to learn whether it takes deliveries again. */
export type PauseMode = 'flowing' | 'paused' | 'probing';

export const noPause: Pause = { failures: 0, until: 0 };

/** Groups worked on for each request that may be under way: the next ones are ready to be sent when a place at the EHR is free. */
const AHEAD = 1.5;

/** @param now in milliseconds */
export function modeOf({ failures, until }: Pause, now: number): PauseMode {
  const left = until - now;
  // nobody pauses for longer than the horizon: the clock was wrong when it was said
  if (left > 0 && left <= HORIZON_MS) return 'paused';
  return failures > 0 ? 'probing' : 'flowing';
}

/** How many groups may be worked on at once. */
export function placesFor({ failures }: Pause, concurrency: number): number {
  return failures > 0 ? 1 : Math.ceil(concurrency * AHEAD);
}

/** How many groups may be claimed now. */
export function claimLimit(
  pause: Pause,
  at: {
    readonly now: number;
    /** Groups that are worked on. */
    readonly working: number;
    /** Groups that are claimed and not begun. */
    readonly queued: number;
    readonly batch: number;
    readonly concurrency: number;
  },
): number {
  const { working, queued, batch } = at;
  switch (modeOf(pause, at.now)) {
    case 'paused':
      return 0;
    case 'probing':
      return working === 0 && queued === 0 ? 1 : 0;
    case 'flowing':
      if (queued >= batch) return 0;
      // with nothing under way, what can be sent at once is enough to begin with
      return working === 0 ? Math.min(batch, at.concurrency) : batch;
  }
}

/** What the end of an attempt says of the EHR as a whole. */
export type Verdict = 'answers' | 'down' | 'unsaid';

/**
 * Judges by how an attempt ended: 429, 503, 401 with a fresh token, silence and an answer that is not the EHR's are about
 * all of it; any other status is about what was asked.
 * @param othersAnswer other kinds of request to this EHR are answered in time
 */
export function verdictOf(failure: EhrFailure | undefined, othersAnswer: boolean): Verdict {
  if (failure === undefined) return 'answers';
  const { status, disposition, stranger, late } = failure;
  // one open circuit says nothing of the others, as long as they are answered
  if (late === true && othersAnswer) return 'unsaid';
  if (stranger !== undefined || disposition === 'refresh-token') return 'down';
  if (disposition === 'retry' && (status === undefined || status === 429 || status === 503)) return 'down';
  return disposition === 'unknown' ? 'unsaid' : 'answers';
}

/**
 * The pause after an attempt, or a claim, has ended. What began before the last failure tells nothing new: its success
 * ends no pause, and its failure is the same one; only a longer wait that the EHR asks for (Retry-After) counts.
 * @param ended.begunIn the pause as it was when the attempt began
 * @param ended.othersAnswer other kinds of request to this EHR are answered in time
 */
export function afterAttempt(
  pause: Pause,
  ended: { readonly failure: EhrFailure | undefined; readonly othersAnswer: boolean; readonly begunIn: Pause },
  { now, random }: { readonly now: number; readonly random: () => number },
): Pause {
  const { failure, othersAnswer, begunIn } = ended;
  const verdict = verdictOf(failure, othersAnswer);
  const isNews = begunIn.failures === pause.failures;
  if (verdict === 'unsaid') return pause;
  if (verdict === 'answers') return isNews && pause.failures > 0 ? noPause : pause;
  const retryAfterMs = failure?.retryAfterMs;
  if (!isNews && retryAfterMs === undefined) return pause;
  const failures = isNews ? pause.failures + 1 : pause.failures;
  // what lies beyond the horizon was said by a wrong clock
  const already = pause.until - now <= HORIZON_MS ? pause.until : now;
  return { failures, until: Math.max(already, now + backoffMs(failures, random, retryAfterMs)) };
}

/** Nothing is claimed for a while, for a reason of our own: it says nothing of the EHR. */
export function restUntil({ failures }: Pause, until: number): Pause {
  return { failures, until };
}

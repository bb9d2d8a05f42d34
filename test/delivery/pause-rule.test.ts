import { describe, expect, it } from 'vitest';
import { BACKOFF_CAP_MS } from '../../src/delivery/backoff.ts';
import {
  afterAttempt,
  claimLimit,
  modeOf,
  noPause,
  type Pause,
  placesFor,
  restUntil,
  type Verdict,
  verdictOf,
} from '../../src/delivery/pause-rule.ts';
import { HORIZON_MS } from '../../src/delivery/pull-back-groups.ts';
import type { Disposition, EhrFailure } from '../../src/ehr/ehr-failure.ts';
import fc from '../fast-check.ts';

const at = { now: 1_000_000, random: () => 0.5 };
const failure = (status: number | undefined, disposition: Disposition, more: Partial<EhrFailure> = {}): EhrFailure => ({
  ...(status !== undefined && { status }),
  ...{ outcome: 'words', disposition },
  ...more,
});
const stranger: Partial<EhrFailure> = { stranger: { status: 200, contentType: 'text/html' } };
const ended = (ending: EhrFailure | undefined, begunIn: Pause) => ({ failure: ending, othersAnswer: false, begunIn });

describe('what the end of an attempt says of the EHR as a whole', () => {
  it.each<[string, EhrFailure | undefined, boolean, Verdict]>([
    ['success', undefined, false, 'answers'],
    ['too many requests', failure(429, 'retry'), false, 'down'],
    ['unavailable', failure(503, 'retry'), false, 'down'],
    ['a fresh token refused', failure(401, 'refresh-token'), false, 'down'],
    ['no connection', failure(undefined, 'retry'), false, 'down'],
    [
      'no answer in time, and none to other kinds of request',
      failure(undefined, 'retry', { late: true }),
      false,
      'down',
    ],
    ['no answer in time, and others answer', failure(undefined, 'retry', { late: true }), true, 'unsaid'],
    ['no answer to what was sent', failure(undefined, 'unknown', { late: true }), true, 'unsaid'],
    ['no answer to what was sent, in time', failure(undefined, 'unknown'), false, 'unsaid'],
    ['too many requests, and others answer', failure(429, 'retry'), true, 'down'],
    ['somebody else answers 403', failure(403, 'reject', stranger), false, 'down'],
    ['somebody else answers 200', failure(200, 'unknown', stranger), false, 'down'],
    ['a request timed out at the EHR', failure(408, 'retry'), false, 'answers'],
    ['too early', failure(425, 'retry'), false, 'answers'],
    ['under review', failure(202, 'retry'), false, 'answers'],
    ['refused', failure(422, 'reject'), false, 'answers'],
    ['may not', failure(403, 'reject'), false, 'answers'],
    ['conflict', failure(412, 'conflict'), false, 'answers'],
    ['failed inside', failure(500, 'unknown'), false, 'unsaid'],
    ['a gateway timed out', failure(504, 'unknown'), false, 'unsaid'],
  ])('%s', (_name, ending, othersAnswer, verdict) => {
    expect(verdictOf(ending, othersAnswer)).toBe(verdict);
  });
});

describe('the pause', () => {
  const down = failure(503, 'retry');

  it('grows with failures one after the other, and ends with the first answer', () => {
    const first = afterAttempt(noPause, ended(down, noPause), at);
    expect(first).toEqual({ failures: 1, until: at.now + 1000 });
    const later = { ...at, now: first.until };
    const second = afterAttempt(first, ended(down, first), later);
    expect(second).toEqual({ failures: 2, until: later.now + 2000 });
    expect(afterAttempt(second, ended(undefined, second), at)).toBe(noPause);
    expect(afterAttempt(second, ended(failure(422, 'reject'), second), at)).toBe(noPause);
    expect(afterAttempt(second, ended(failure(500, 'unknown'), second), at)).toBe(second);
    expect(afterAttempt(noPause, ended(undefined, noPause), at)).toBe(noPause);
  });

  it('lasts as long as the EHR asks for, five minutes at most', () => {
    const wait = (retryAfterMs: number) =>
      afterAttempt(noPause, ended(failure(429, 'retry', { retryAfterMs }), noPause), at).until - at.now;
    expect([0, 7000, 90_000, 3_600_000].map(wait)).toEqual([100, 7000, 90_000, BACKOFF_CAP_MS]);
  });

  it('counts eight that fail at once as one failure, and heeds the longest wait that any was told', () => {
    let pause = noPause;
    for (const retryAfterMs of [undefined, 5000, undefined, 90_000, 2000]) {
      const told = failure(429, 'retry', retryAfterMs === undefined ? {} : { retryAfterMs });
      pause = afterAttempt(pause, ended(told, noPause), at);
    }
    expect(pause).toEqual({ failures: 1, until: at.now + 90_000 });
  });

  it('does not grow by what failed late, after it began', () => {
    const pause = afterAttempt(noPause, ended(down, noPause), at);
    expect(afterAttempt(pause, ended(down, noPause), { ...at, now: at.now + 900 })).toBe(pause);
  });

  it('is not ended by the success of what began before it', () => {
    const pause = afterAttempt(noPause, ended(failure(429, 'retry', { retryAfterMs: 60_000 }), noPause), at);
    expect(afterAttempt(pause, ended(undefined, noPause), at)).toBe(pause);
    const longer = afterAttempt(pause, ended(down, pause), { ...at, now: pause.until });
    expect(afterAttempt(longer, ended(undefined, pause), at)).toBe(longer);
  });

  it('a rest for a reason of our own is no failure of the EHR', () => {
    const rest = restUntil(noPause, at.now + 1000);
    expect(rest).toEqual({ failures: 0, until: at.now + 1000 });
    // and is not over because the EHR answers
    expect(afterAttempt(rest, ended(undefined, noPause), at)).toBe(rest);
    expect(restUntil({ failures: 2, until: 0 }, at.now + 1000)).toEqual({ failures: 2, until: at.now + 1000 });
  });

  it.each<[string, Pause, string]>([
    ['no failure', noPause, 'flowing'],
    ['a pause to come to its end', { failures: 1, until: at.now + 1 }, 'paused'],
    ['a pause that has just ended', { failures: 1, until: at.now }, 'probing'],
    ['a rest of our own', { failures: 0, until: at.now + 1 }, 'paused'],
    ['a rest that has ended', { failures: 0, until: at.now }, 'flowing'],
    ['the longest pause', { failures: 9, until: at.now + BACKOFF_CAP_MS }, 'paused'],
    ['a pause at the horizon', { failures: 1, until: at.now + HORIZON_MS }, 'paused'],
    ['a pause said by a clock that was ahead', { failures: 1, until: at.now + HORIZON_MS + 1 }, 'probing'],
    ['a rest said by a clock that was ahead', { failures: 0, until: at.now + HORIZON_MS + 1 }, 'flowing'],
  ])('%s', (_name, pause, mode) => {
    expect(modeOf(pause, at.now)).toBe(mode);
  });

  it('after a clock that was ahead lasts no longer than any', () => {
    const astray = { failures: 1, until: at.now + 3 * HORIZON_MS };
    const next = afterAttempt(astray, ended(down, astray), at);
    expect(next).toEqual({ failures: 2, until: at.now + 2000 });
    expect(modeOf(next, at.now)).toBe('paused');
  });
});

describe('how much may be begun', () => {
  const idle = { now: at.now, working: 0, queued: 0, batch: 192, concurrency: 8 };
  const paused = { failures: 1, until: at.now + 1 };
  const over = { failures: 3, until: at.now };

  it.each<[string, Pause, Partial<typeof idle>, number]>([
    ['flowing, nothing under way: what can be sent at once', noPause, {}, 8],
    ['flowing, nothing under way, small batches', noPause, { batch: 5 }, 5],
    ['flowing, something under way: a batch', noPause, { working: 1 }, 192],
    ['flowing, almost a batch waits', noPause, { working: 1, queued: 191 }, 192],
    ['flowing, a batch waits', noPause, { working: 1, queued: 192 }, 0],
    ['paused', paused, {}, 0],
    ['paused, something under way', paused, { working: 3 }, 0],
    ['probing: one', over, {}, 1],
    ['probing, one is under way', over, { working: 1 }, 0],
    ['probing, one waits', over, { queued: 1 }, 0],
  ])('%s', (_name, pause, more, limit) => {
    expect(claimLimit(pause, { ...idle, ...more })).toBe(limit);
  });

  it('is one at a time once the EHR has failed, else half as many more as it takes at once', () => {
    expect([1, 2, 8, 32].map((concurrency) => placesFor(noPause, concurrency))).toEqual([2, 3, 12, 48]);
    expect([paused, over].map((pause) => placesFor(pause, 32))).toEqual([1, 1]);
  });
});

/** A tenant with an endless backlog, driven by nothing but the rule; its EHR answers as told. */
function drive(endings: readonly (EhrFailure | undefined)[], ends: readonly number[], steps: readonly number[]) {
  let now = 0;
  let pause = noPause;
  let queued = 0;
  const working: Pause[] = [];
  const seen: { pause: Pause; now: number; begun: number; working: number; ended?: EhrFailure | undefined }[] = [];
  const begin = (): number => {
    queued += claimLimit(pause, { now, working: working.length, queued, batch: 16, concurrency: 4 });
    let begun = 0;
    for (; queued > 0 && working.length < placesFor(pause, 4); queued -= 1, begun += 1) working.push(pause);
    return begun;
  };
  for (const [step, ending] of endings.entries()) {
    now += steps[step % steps.length] ?? 0;
    const before = pause;
    const begun = begin();
    seen.push({ pause: before, now, begun, working: working.length });
    const [begunIn] = working.splice((ends[step % ends.length] ?? 0) % Math.max(1, working.length), 1);
    if (begunIn === undefined) continue;
    pause = afterAttempt(pause, ended(ending, begunIn), { now, random: () => 0.99 });
    if (pause.failures > before.failures) queued = 0;
  }
  return seen;
}

const endings = fc.array(
  fc.oneof(
    fc.constant(undefined),
    fc.record({
      ...{
        status: fc.constantFrom(429, 503),
        outcome: fc.constant(''),
        disposition: fc.constant<Disposition>('retry'),
      },
      retryAfterMs: fc.nat(400_000),
    }),
    fc.constant(failure(undefined, 'retry')),
    fc.constant(failure(401, 'refresh-token')),
    fc.constant(failure(422, 'reject')),
    fc.constant(failure(500, 'unknown')),
  ),
  { minLength: 1, maxLength: 80 },
);

describe('whatever an EHR answers, and whenever', () => {
  const run = (property: (seen: ReturnType<typeof drive>) => void) =>
    fc.assert(
      fc.property(
        endings,
        fc.array(fc.nat(10), { minLength: 1, maxLength: 9 }),
        fc.array(fc.nat(200_000), { minLength: 1, maxLength: 9 }),
        (answers, ends, steps) => property(drive(answers, ends, steps)),
      ),
      { numRuns: 300 },
    );

  it('nothing begins in a pause', () => {
    run((seen) => {
      for (const { pause, now, begun } of seen) if (now < pause.until) expect(begun).toBe(0);
    });
  });

  it('after a failure one begins at a time, and only when nothing else is under way', () => {
    run((seen) => {
      for (const { pause, begun, working } of seen) {
        if (pause.failures > 0 && begun > 0) expect([begun, working]).toEqual([1, 1]);
      }
    });
  });

  it('no pause is longer than the longest wait, and each ends in a try', () => {
    run((seen) => {
      for (const { pause, now, working } of seen) {
        expect(pause.until - now).toBeLessThanOrEqual(BACKOFF_CAP_MS);
        if (now >= pause.until) expect(working).toBeGreaterThan(0);
      }
    });
  });
});

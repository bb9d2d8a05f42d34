import { describe, expect, it } from 'vitest';
import { BACKOFF_CAP_MS } from '../../src/delivery/backoff.ts';
import { type ClaimedRow, type RowResult, stillPending } from '../../src/delivery/claimed-group.ts';
import { doubtOf, underWayUntil } from '../../src/delivery/doubt.ts';
import { finishAttempt, giveBack, LOOK_AFTER_MS } from '../../src/delivery/finish-attempt.ts';
import type { EhrFailure } from '../../src/ehr/ehr-failure.ts';
import { claimedGroup, claimedRow, earlierBy, sendingContext, startedAt } from './claimed.ts';

const settleMs = 120_000;
const result = (more: Partial<RowResult> = {}): RowResult => ({ ...stillPending(claimedRow(), 'native'), ...more });
const failed = (more: Partial<EhrFailure> = {}): EhrFailure => ({ outcome: 'words', disposition: 'retry', ...more });
/** Milliseconds until it is looked at again, `undefined`: not by itself. */
function waitOf(results: readonly RowResult[], failure?: EhrFailure, attempts = 1): number | undefined {
  const group = claimedGroup([claimedRow()], { attempts });
  const at = { now: startedAt, settleMs, random: () => 0.5 };
  const { due, nextAt, failed: counted } = finishAttempt(group, { results, failure, asked: true }, at);
  expect(counted).toBe(due);
  return due ? nextAt.getTime() - startedAt.getTime() : undefined;
}

describe('when to come back to a group', () => {
  const back = result({ comesBack: true });
  const doubt = (msAgo: number) => result({ comesBack: true, state: 'unknown', doubtAt: earlierBy(msAgo) });

  it.each<[string, readonly RowResult[], EhrFailure | undefined, number, number | undefined]>([
    ['never, where all is done', [result({ state: 'landed' })], undefined, 1, undefined],
    [
      'never, where all that is left needs a person',
      [result({ state: 'waiting' }), result({ state: 'rejected' })],
      undefined,
      1,
      undefined,
    ],
    ['never for a failure alone', [result({ state: 'landed' })], failed(), 1, undefined],
    ['for one of them', [result({ state: 'landed' }), back], failed(), 1, 1000],
    ['later each time', [back], failed(), 4, 8000],
    ['after what the EHR asks for', [back], failed({ retryAfterMs: 45_000 }), 9, 45_000],
    ['five minutes at most', [back], failed({ retryAfterMs: 86_400_000 }), 1, BACKOFF_CAP_MS],
    ['not too soon for what waits for something of ours', [back], undefined, 1, LOOK_AFTER_MS],
    ['not too soon for what had no clear end', [back], failed({ disposition: 'unknown' }), 1, LOOK_AFTER_MS],
    ['no sooner than the count of tries says', [back], undefined, 4, 8000],
    ['once nothing of it can be under way', [doubt(settleMs - 500)], failed({ retryAfterMs: 45_000 }), 1, 500],
    [
      'once the first of them has settled',
      [doubt(100_000), doubt(110_000), doubt(90_000)],
      failed({ retryAfterMs: 45_000 }),
      1,
      10_000,
    ],
    ['a tenth of a second later at the soonest', [doubt(settleMs - 1)], failed({ retryAfterMs: 45_000 }), 1, 100],
    ['as ever, once it has settled', [doubt(settleMs)], failed({ retryAfterMs: 45_000 }), 1, 45_000],
    [
      'as ever, for a doubt that needs a person',
      [back, result({ doubtAt: earlierBy(119_500) })],
      failed({ retryAfterMs: 45_000 }),
      1,
      45_000,
    ],
  ])('%s', (_name, results, failure, attempts, wait) => {
    expect(waitOf(results, failure, attempts)).toBe(wait);
  });

  it('keeps the evidence of what was written, and none where nothing was to be', () => {
    const at = { now: startedAt, settleMs, random: () => 0.5 };
    const evidence = { landing: 'native', httpStatus: 201 };
    const group = claimedGroup([]);
    expect(finishAttempt(group, { results: [], asked: true, evidence }, at).attempt).toEqual(evidence);
    expect(finishAttempt(group, { results: [], asked: true }, at)).not.toHaveProperty('attempt');
  });
});

describe('what is given back unbegun', () => {
  it.each<[string, Partial<ClaimedRow>, boolean, RowResult['state'], Date | null]>([
    ['nobody has tried', {}, false, 'pending', null],
    ['it waits', { state: 'waiting' }, false, 'waiting', null],
    ['it is in doubt', { state: 'unknown', doubtAt: earlierBy(9) }, false, 'unknown', earlierBy(9)],
    ['it awaits review', { state: 'awaiting-review' }, false, 'awaiting-review', null],
    ['an attempt was cut off', {}, true, 'unknown', earlierBy(5)],
    ['it waits, and an attempt was cut off', { state: 'waiting' }, true, 'waiting', earlierBy(5)],
    ['an attempt was cut off after it was in doubt', { doubtAt: earlierBy(9) }, true, 'unknown', earlierBy(5)],
  ])('stays as it was: %s', (_name, more, interrupted, state, doubtAt) => {
    const group = claimedGroup([claimedRow(more)], { interrupted, interruptedBy: interrupted ? earlierBy(5) : null });
    const back = giveBack(group, sendingContext({ landings: { assignment: { landing: 'note' } } }), startedAt);
    expect(back).toMatchObject({ due: true, nextAt: startedAt, failed: true });
    expect(back.results).toMatchObject([{ state, doubtAt, landing: 'note', comesBack: false, wasSent: false }]);
    expect(back).not.toHaveProperty('attempt');
  });
});

describe('a doubt', () => {
  const group = (interruptedBy: Date | null) => claimedGroup([], { interruptedBy });

  it.each<[string, Date | null, Date | null, Date | undefined]>([
    ['none', null, null, undefined],
    ['of the row', earlierBy(9), null, earlierBy(9)],
    ['of the attempt that was cut off', null, earlierBy(5), earlierBy(5)],
    ['the later of both', earlierBy(9), earlierBy(5), earlierBy(5)],
    ['the later of both, the other way', earlierBy(5), earlierBy(9), earlierBy(5)],
    ['from a clock that was ahead counts from now', earlierBy(-60_000), null, startedAt],
  ])('%s', (_name, doubtAt, interruptedBy, expected) => {
    expect(doubtOf(group(interruptedBy), claimedRow({ doubtAt }), startedAt)).toEqual(expected);
  });

  it('lasts until what was sent has settled, and not a millisecond longer', () => {
    expect(underWayUntil(undefined, settleMs, startedAt)).toBeUndefined();
    expect(underWayUntil(earlierBy(settleMs), settleMs, startedAt)).toBeUndefined();
    expect(underWayUntil(earlierBy(settleMs - 1), settleMs, startedAt)).toEqual(earlierBy(-1));
  });
});

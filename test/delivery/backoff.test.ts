import { describe, expect, it } from 'vitest';
import { BACKOFF_CAP_MS, backoffMs } from '../../src/delivery/backoff.ts';
import fc from '../fast-check.ts';

describe('backoffMs', () => {
  it('doubles its ceiling up to five minutes, with full jitter', () => {
    const half = (attempts: number) => backoffMs(attempts, () => 0.5);
    expect([1, 2, 3, 4].map(half)).toEqual([1000, 2000, 4000, 8000]);
    expect(half(50)).toBe(BACKOFF_CAP_MS / 2);
    expect(backoffMs(9, () => 0)).toBe(100);
  });

  it('does what the EHR asks, within the cap', () => {
    expect(backoffMs(9, () => 0.9, 7000)).toBe(7000);
    expect(backoffMs(1, () => 0.9, 3_600_000)).toBe(BACKOFF_CAP_MS);
  });

  it('is never less than 100 ms nor more than the cap', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), random, (attempts, value) => {
        const wait = backoffMs(attempts, () => value);
        expect(wait).toBeGreaterThanOrEqual(100);
        expect(wait).toBeLessThanOrEqual(BACKOFF_CAP_MS);
      }),
    );
  });
});

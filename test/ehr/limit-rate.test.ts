import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limitRate } from '../../src/ehr/limit-rate.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const clock = { now: () => new Date() };

describe('limitRate', () => {
  it('runs no more at once than allowed, in the order of asking, and goes on after a failure', async () => {
    const limit = limitRate({ concurrency: 2 }, clock);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const work = (n: number) =>
      limit(async () => {
        begun.push(n);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (n === 1) throw new Error('no');
      });
    const all = [1, 2, 3].map(work);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toEqual([1, 2]);
    ends[0]?.();
    await expect(all[0]).rejects.toThrow('no');
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toEqual([1, 2, 3]);
    for (const end of ends) end();
    await Promise.all(all.slice(1));
  });

  it('begins no more than allowed in any minute', async () => {
    const limit = limitRate({ concurrency: 10, perMinute: 3 }, clock);
    const started = clock.now().getTime();
    const begun: number[] = [];
    const all = Array.from({ length: 7 }, () => limit(async () => begun.push(clock.now().getTime() - started)));
    await vi.advanceTimersByTimeAsync(180_000);
    await Promise.all(all);
    expect(begun).toEqual([0, 0, 0, 60_000, 60_000, 60_000, 120_000]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limitRate } from '../../src/ehr/limit-rate.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('limitRate', () => {
  it('runs no more at once than allowed, in the order of asking, and goes on after a failure', async () => {
    const limit = limitRate({ concurrency: 3 });
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
    const limit = limitRate({ concurrency: 10, perMinute: 3 });
    const started = performance.now();
    const begun: number[] = [];
    const all = Array.from({ length: 7 }, () => limit(async () => begun.push(performance.now() - started)));
    await vi.advanceTimersByTimeAsync(180_000);
    await Promise.all(all);
    expect(begun).toEqual([0, 0, 0, 60_000, 60_000, 60_000, 120_000]);
  });

  it('keeps a place for reads when writes hang, and one for writes when reads do', async () => {
    for (const [hanging, other] of [
      ['write', 'read'],
      ['read', 'write'],
    ] as const) {
      const limit = limitRate({ concurrency: 4 });
      const ends: (() => void)[] = [];
      const hang = () => limit(() => new Promise<void>((resolve) => ends.push(resolve)), hanging);
      const all = Array.from({ length: 9 }, hang);
      await vi.advanceTimersByTimeAsync(0);
      expect(ends).toHaveLength(3);
      expect(await limit(async () => 'done', other)).toBe('done');
      for (let at = 0; at < 9; at += 1) {
        ends[at]?.();
        await vi.advanceTimersByTimeAsync(0);
      }
      await Promise.all(all);
    }
  });

  it('lets reads and writes take turns where there is one place', async () => {
    const limit = limitRate({ concurrency: 1 });
    const begun: string[] = [];
    const work = (name: string) => async () => void begun.push(name);
    await Promise.all([
      ...['w1', 'w2', 'w3'].map((name) => limit(work(name), 'write')),
      ...['r1', 'r2'].map((name) => limit(work(name), 'read')),
    ]);
    expect(begun).toEqual(['w1', 'r1', 'w2', 'r2', 'w3']);
  });

  it('counts the minute by a time that never jumps', async () => {
    const limit = limitRate({ concurrency: 10, perMinute: 1 });
    await limit(async () => undefined);
    vi.setSystemTime(Date.now() + 365 * 86_400_000);
    await vi.advanceTimersByTimeAsync(1);
    vi.setSystemTime(Date.now() - 365 * 86_400_000);
    const second = limit(async () => 'done');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await second).toBe('done');
  });
});

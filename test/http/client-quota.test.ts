import { describe, expect, it } from 'vitest';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import { clientQuota } from '../../src/http/client-quota.ts';

const limits = { atOnce: 2, waiting: 3, perMinute: 100 };
const held = () => Promise.withResolvers<void>();

describe('the quota of a client', () => {
  it('lets so many run, so many wait, and refuses the rest; others are not held up', async () => {
    const quota = clientQuota(limits);
    const gate = held();
    let [running, most] = [0, 0];
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await gate.promise;
      running -= 1;
    };
    const asked = Array.from({ length: 7 }, () =>
      quota.run('north a', work).then(
        () => 'done',
        (error: unknown) => error,
      ),
    );
    await expect(quota.run('north b', async () => 'mine')).resolves.toBe('mine');
    gate.resolve();
    const ended = await Promise.all(asked);
    expect(ended.filter((value) => value === 'done')).toHaveLength(5);
    const refusals = ended.filter((value) => hasCode(value, 'rate-limited'));
    expect(refusals.map((refusal) => refusal.fields.retryAfterSeconds)).toEqual([1, 1]);
    expect(most).toBe(2);
    await expect(quota.run('north a', async () => 'again')).resolves.toBe('again');
  });

  it('gives the place back also after a failure', async () => {
    const quota = clientQuota({ ...limits, atOnce: 1, waiting: 0 });
    await expect(quota.run('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(quota.run('a', async () => 1)).resolves.toBe(1);
  });

  it('counts a minute, says when it is over, and begins anew then', async () => {
    let now = 0;
    const quota = clientQuota({ ...limits, perMinute: 2 }, () => now);
    for (const expected of [1, 2]) await expect(quota.run('a', async () => expected)).resolves.toBe(expected);
    now = 15_000;
    await expect(quota.run('a', async () => 3)).rejects.toMatchObject({ fields: { retryAfterSeconds: 45 } });
    await expect(quota.run('b', async () => 3)).resolves.toBe(3);
    now = 60_000;
    await expect(quota.run('a', async () => 4)).resolves.toBe(4);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { claimGroups } from '../../src/delivery/claim-groups.ts';
import { stillPending } from '../../src/delivery/claimed-group.ts';
import { completeGroups } from '../../src/delivery/complete-groups.ts';
import { attemptWords } from '../../src/homework/ledger/attempt-words.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededLog, seededPlan } from './seed-record.ts';

let database: Database;
let fake: FakeEhr;
let bench: DeliveryBench;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  fake = await FakeEhr.start();
  bench = await DeliveryBench.open(database, fake.base);
});
afterEach(async () => {
  await bench.close();
  await fake.close();
});

/** What came of each attempt, in words, the oldest first. */
const attempts = async (): Promise<string[]> => {
  const { rows } = await database.query<{ disposition: string | null; status: number | null }>(
    'select disposition, http_status as status from attempt where tenant = $1 order by started_at, id',
    [bench.tenant.id],
  );
  return rows.map(({ disposition, status }) => attemptWords(disposition, status));
};
const states = async () => [...new Set([...(await bench.ledger()).values()].map(({ state }) => state))];

describe('a claim that breaks off', () => {
  it('leaves leases that run out: nobody renews what nobody works on', async () => {
    let broken = true;
    let underWay = 0;
    const query: Database['query'] = (sql, parameters) => {
      if (!broken || !sql.includes('as ours')) {
        underWay += 1;
        return database.query(sql, parameters).finally(() => {
          underWay -= 1;
        }) as never;
      }
      broken = false;
      return Promise.reject(new Error('connection lost'));
    };
    // renewals go by real time
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    await bench.close();
    // it cannot be told from one that had sent something: that is waited for, here not for long
    bench = await DeliveryBench.open({ ...database, query }, fake.base, { limits: { settleSeconds: 1 } });
    const plan = seededPlan();
    await bench.want(plan.planId, [...plan.artefacts, ...seededLog(plan).artefacts]);
    const delivery = bench.start();
    await delivery.idle();
    expect(broken).toBe(false);
    // a renewal happens in between
    bench.clock.advance(9000);
    vi.advanceTimersByTime(3600);
    await expect.poll(() => underWay).toBe(0);
    bench.clock.advance(2000);
    await bench.deliver();
    await delivery.idle();
    expect(await states()).toEqual(['landed']);
    expect(bench.clock.now().getTime()).toBe(Date.parse('2026-03-02T15:00:11.000Z'));
  });
});

describe('an EHR in trouble', () => {
  it('is waited for as a whole, with one line in the log, and gets everything once it answers', async () => {
    fake.fault = () => ({ type: 'status', status: 503 });
    for (let n = 0; n < 5; n += 1) {
      const plan = seededPlan();
      await bench.want(plan.planId, plan.artefacts);
    }
    await bench.deliver(4);
    expect(await states()).toEqual(['pending']);
    expect(bench.logged.filter((line) => line.includes('takes no deliveries'))).toHaveLength(1);
    expect(fake.requests.length).toBeLessThan(20);
    fake.fault = () => ({ type: 'none' });
    await bench.deliver();
    expect(await states()).toEqual(['landed']);
    expect(bench.logged.filter((line) => line.includes('again'))).toHaveLength(1);
    expect(bench.logged.join()).not.toMatch(/sarah|Homework/);
  });

  it('that cannot be reached at all keeps groups pending, and says so without a patient’s name', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await fake.close();
    await bench.deliver(2);
    expect(await states()).toEqual(['pending']);
    expect(bench.logged.join()).toMatch(/takes no deliveries/);
  });

  it('that answers 202 and then refuses is believed, with its words', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.artefacts[1] ?? plan.plan]);
    fake.fault = (method) => (method === 'POST' ? { type: 'status', status: 202, after: true } : { type: 'none' });
    await bench.deliver(1);
    expect(await states()).toEqual(['awaiting-review']);
    fake.fault = (method, path) =>
      method === 'GET' && !path.includes('Patient') ? { type: 'status', status: 410 } : { type: 'none' };
    const row = (await bench.deliver()).get(`assignment/${plan.first}`);
    expect(row).toMatchObject({ state: 'rejected', last_status: 410, why: { code: 'refused-in-review' } });
    expect(row?.last_outcome).toContain('fault');
    expect(fake.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    // the refusal was found by a look: nothing was sent then, and nothing is told as done
    const told = await attempts();
    expect([told[0], told.at(-1)]).toEqual(['taken for review', 'looked for in the EHR; nothing was sent']);
  });

  it('that answers 202 is asked until the review ends', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.artefacts[1] ?? plan.plan]);
    fake.fault = (method) => (method === 'POST' ? { type: 'status', status: 202, after: true } : { type: 'none' });
    await bench.deliver(1);
    // it was stored, although we were only told that it was taken for review
    const task = fake.all('Task')[0];
    fake.stored.clear();
    fake.fault = () => ({ type: 'none' });
    bench.clock.advance(600_000);
    const ledger = await bench.deliver(1);
    expect([...ledger.values()].map(({ state, why }) => [state, why])).toEqual([
      ['awaiting-review', { code: 'review' }],
    ]);
    fake.stored.set(`Task/${task?.id}`, task ?? {});
    await bench.deliver();
    expect(await states()).toEqual(['landed']);
    expect(fake.writes).toHaveLength(1);
    expect(await attempts()).toEqual([
      'taken for review',
      'looked for in the EHR; nothing was sent',
      'found in the EHR as wanted; nothing was sent',
    ]);
  });

  it('is not asked twice at once for one group, and a lost lease writes nothing', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    const claim = () => {
      const now = bench.clock.now();
      return claimGroups(database, bench.tenant.id, { now, leaseUntil: new Date(now.getTime() + 10_000), limit: 10 });
    };
    const [first] = await claim();
    expect(first?.rows).toHaveLength(4);
    expect(await claim()).toEqual([]);
    bench.clock.advance(10_000);
    const [second] = await claim();
    expect(second).toMatchObject({ id: first?.id, interrupted: true, attempts: 2 });
    if (first === undefined || second === undefined) throw new Error('both were claimed');
    const landed = (group: typeof first) => ({
      group,
      results: group.rows.map((row) => ({
        ...stillPending(row, 'native'),
        state: 'landed' as const,
        ehrReference: 'Task/1',
      })),
      due: false,
      nextAt: bench.clock.now(),
      failed: false,
    });
    expect(await completeGroups(database, bench.tenant.id, [landed(first)], bench.clock.now())).toEqual(new Set());
    expect(await states()).toEqual(['pending']);
    expect(await completeGroups(database, bench.tenant.id, [landed(second)], bench.clock.now())).toEqual(
      new Set([second.id]),
    );
    expect(await states()).toEqual(['landed']);
    const { rows } = await database.query<{ id: string }>(
      `select id from attempt where tenant = $1 and disposition = 'unknown'`,
      [bench.tenant.id],
    );
    expect(rows).toEqual([{ id: first.attemptId }]);
  });

  it('that holds two copies of one artefact is left to a person', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.plan]);
    fake.offer = { ...fake.offer, conditionalCreate: false };
    for (const id of ['x1', 'x2']) {
      fake.stored.set(`CarePlan/${id}`, { ...plan.plan.resource, id, meta: { versionId: '1' } });
    }
    const ledger = await bench.deliver(2);
    const row = ledger.get(`plan/${plan.planId}`);
    expect(row?.state).toBe('unknown');
    expect(row?.why).toMatchObject({ code: 'several', ids: ['x1', 'x2'] });
    expect(fake.writes).toEqual([]);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Delivery, startDelivery } from '../../src/delivery/deliver.ts';
import type { Ehr } from '../../src/ehr/open-ehr.ts';
import { steadyClock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr } from './fake-ehr.ts';
import { DeliveryBench, openTestEhr, TestClock } from './open-delivery.ts';
import { seededPlan } from './seed-record.ts';

// Leases, tries and pauses that a wrong clock has put off for an hour or a year, and that nobody would come back to before.

const jumps = [
  ['an hour', 3_600_000],
  ['a year', 365 * 86_400_000],
  ['seven minutes', 420_000],
] as const;

let database: Database;
let fake: FakeEhr;
let bench: DeliveryBench;
let ehr: Ehr | undefined;
const others: Delivery[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  fake = await FakeEhr.start();
  bench = await DeliveryBench.open(database, fake.base, { limits: { settleSeconds: 20 } });
});
afterEach(async () => {
  await Promise.all(others.splice(0).map((delivery) => delivery.stop()));
  await ehr?.close();
  ehr = undefined;
  await bench.close();
  await fake.close();
});

const states = async () => [...new Set([...(await bench.ledger()).values()].map(({ state }) => state))];
const posts = () => fake.requests.filter(({ method }) => method === 'POST').length;

async function pass(seconds: number, delivery = bench.delivery ?? bench.start()): Promise<void> {
  await delivery.idle();
  for (let at = 0; at < seconds; at += 2) {
    bench.clock.advance(2000);
    await delivery.idle();
  }
}

async function otherProcess(clock: { now(): Date }): Promise<Delivery> {
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  ehr = await openTestEhr(bench.tenant, bench.clock, database);
  const delivery = startDelivery({
    ...{ database, clock, logger: quiet, random: () => 0.5 },
    ehrs: new Map([[bench.tenant.id, ehr]]),
  });
  others.push(delivery);
  return delivery;
}

describe.each(jumps)('a clock that was %s ahead, and is right again', (_words, ahead) => {
  it('leaves nothing pending that was wanted meanwhile', async () => {
    const plan = seededPlan();
    bench.clock.advance(ahead);
    await bench.want(plan.planId, plan.artefacts);
    bench.clock.advance(-ahead);
    await pass(0);
    expect(await states()).toEqual(['landed']);
    expect(bench.logged.filter((line) => line.includes('a clock was wrong'))).toHaveLength(1);
  });

  it('leaves no try until then, and no pause', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    bench.clock.advance(ahead);
    fake.fault = () => ({ type: 'status', status: 503 });
    await pass(4);
    expect(await states()).toEqual(['pending']);
    bench.clock.advance(-ahead);
    fake.fault = () => ({ type: 'none' });
    await pass(2);
    expect(await states()).toEqual(['landed']);
  });

  it('leaves no lease of the dead until then; what they sent is looked for first', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    bench.clock.advance(ahead);
    bench.onReach = () => {
      throw new Error('killed');
    };
    await bench.start().idle();
    await bench.delivery?.stop();
    bench.delivery = undefined;
    bench.onReach = () => {};
    bench.clock.advance(-ahead);
    await pass(40);
    expect(await states()).toEqual(['landed']);
    expect([posts(), fake.stored.size]).toEqual([1, 4]);
  });

  it('takes no lease from who is at work: it is cut, and lasts as long as any', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    bench.clock.advance(ahead);
    const reached = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    fake.meanwhile = async (request) => {
      if (request !== 2) return;
      reached.resolve();
      await go.promise;
    };
    const first = bench.start();
    const done = first.idle();
    await reached.promise;
    bench.clock.advance(-ahead);
    const other = await otherProcess(bench.clock);
    await other.idle();
    bench.clock.advance(6000);
    await other.idle();
    go.resolve();
    await done;
    await pass(4);
    expect(await states()).toEqual(['landed']);
    expect([posts(), fake.stored.size]).toEqual([1, 4]);
  });

  it('leaves a group due that somebody wanted while it was leased', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    fake.meanwhile = async (request) => {
      if (request !== 2) return;
      bench.clock.advance(ahead);
      await bench.want(plan.planId, [{ ...plan.plan, resource: { ...plan.plan.resource, title: 'Changed' } }]);
      bench.clock.advance(-ahead);
    };
    await pass(4);
    expect(await states()).toEqual(['landed']);
    expect(fake.all('CarePlan')[0]?.title).toBe('Changed');
  });
});

describe.each(jumps)('a machine whose clock jumps %s ahead for seconds', (_words, ahead) => {
  it('doubles nothing that is under way, and takes no lease from another', async () => {
    const time = new TestClock();
    let off = 0;
    const wall = () => time.now().getTime() + off;
    const clock = steadyClock(wall, () => time.now().getTime());
    await bench.close();
    bench = await DeliveryBench.open(database, fake.base, {}, { clock: time });
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    let left = 1;
    fake.fault = (method) => (method === 'POST' && left-- > 0 ? { type: 'late' } : { type: 'none' });
    const delivery = await otherProcess(clock);
    await pass(10, delivery);
    off = ahead;
    await pass(20, delivery);
    off = 0;
    await pass(10, delivery);
    expect([posts(), fake.stored.size]).toEqual([1, 0]);
    fake.commitLate();
    await pass(100, delivery);
    expect(await states()).toEqual(['landed']);
    expect([posts(), fake.stored.size]).toEqual([1, 4]);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Delivery, startDelivery } from '../../src/delivery/deliver.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr, type FakeOffer } from './fake-ehr.ts';
import { DeliveryBench, openTestEhr } from './open-delivery.ts';
import { seededLog, seededPlan } from './seed-record.ts';

// An EHR may commit long after our time-out, or our death, and what is made again meanwhile stands there twice.

let database: Database;
let fake: FakeEhr;
let bench: DeliveryBench;
const others: Delivery[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await Promise.all(others.splice(0).map((delivery) => delivery.stop()));
  await bench.close();
  await fake.close();
});

const offers: readonly (readonly [string, Partial<FakeOffer>])[] = [
  ['transactions and conditional create', {}],
  ['single writes, found by identifier', { transaction: false, batch: false, conditionalCreate: false }],
  ['batches, found by patient', { transaction: false, conditionalCreate: false, searchByIdentifier: false }],
];
/** Seconds after which the EHR commits what it was sent. */
const moments = [3, 15, 26, 60, 118] as const;
const cases = offers.flatMap(([name, offer]) => moments.map((seconds) => ({ name, offer, seconds })));

async function open(offer: Partial<FakeOffer>, more: { readonly limits?: { readonly settleSeconds?: number } } = {}) {
  fake = await FakeEhr.start(offer);
  bench = await DeliveryBench.open(database, fake.base, more);
}

/** The first write gets no answer; what comes after is answered as ever. */
function lateOnce(which = (method: string) => method !== 'GET'): void {
  let left = 1;
  fake.fault = (method) => (which(method) && left-- > 0 ? { type: 'late' } : { type: 'none' });
}

/** Time passes in steps of three seconds, and delivery does what is due. */
async function pass(seconds: number, delivery = bench.delivery ?? bench.start()): Promise<void> {
  await delivery.idle();
  for (let at = 0; at < seconds; at += 3) {
    bench.clock.advance(3000);
    await delivery.idle();
  }
}

const rows = async () => [...(await bench.ledger()).values()];
const statesOf = async () => [...new Set((await rows()).map(({ state }) => state))].sort();

/** How often each thing was made, as the EHR's own log has it. */
function creates(): number[] {
  const made = fake.writes.filter((line) => line.startsWith('create'));
  return [...Map.groupBy(made, (line) => line).values()].map(({ length }) => length);
}

async function expectEachOnce(count: number): Promise<void> {
  await bench.deliver();
  expect(await statesOf()).toEqual(['landed']);
  expect(creates()).toEqual(new Array(count).fill(1));
  expect(fake.stored.size).toBe(count);
  const { rows: doubts } = await database.query('select id from ledger where tenant = $1 and doubt_at is not null', [
    bench.tenant.id,
  ]);
  expect(doubts).toEqual([]);
}

describe.each(cases)('an EHR with $name that commits $seconds s after it was asked', ({ offer, seconds }) => {
  it('has each thing once, and the ledger says meanwhile that it may be under way', async () => {
    await open(offer);
    const plan = seededPlan();
    await bench.want(plan.planId, [...plan.artefacts, ...seededLog(plan).artefacts]);
    lateOnce();
    await pass(seconds - 3);
    const before = creates().length;
    expect(before).toBeLessThan(7);
    if (seconds > 3) {
      const told = (await rows()).filter(({ state }) => state === 'unknown').map(({ why }) => why);
      expect(told.length).toBeGreaterThan(0);
      for (const why of told) {
        expect(why).toEqual({
          ...{ code: 'under-way', sentAt: expect.stringMatching(/^2026-03-02T15:00:0\d/) },
          until: expect.stringMatching(/^2026-03-02T15:/),
        });
      }
    }
    bench.clock.advance(3000);
    expect(fake.commitLate()).toBe(1);
    expect(creates().length).toBeGreaterThan(before);
    await pass(30);
    await expectEachOnce(7);
  });

  it('has each thing once when the process that asked was killed, and another goes on', async () => {
    await open(offer);
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    lateOnce();
    bench.onReach = () => {
      throw new Error('killed');
    };
    await bench.start().idle();
    await bench.delivery?.stop();
    bench.onReach = () => {};
    bench.delivery = undefined;
    await pass(seconds);
    expect(fake.commitLate()).toBe(1);
    await pass(30);
    await expectEachOnce(4);
  });
});

describe('what was sent and never came', () => {
  it.each([
    [undefined, 120],
    [600, 600],
  ])('is made again once nothing can be under way, and not before: settleSeconds %s', async (settleSeconds, after) => {
    await open({}, settleSeconds === undefined ? {} : { limits: { settleSeconds } });
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    lateOnce();
    await pass(after - 3);
    expect(fake.stored.size).toBe(0);
    await pass(9);
    expect(fake.stored.size).toBe(4);
    await expectEachOnce(4);
  });

  it('is looked for again and again, and once more at the end, before it is made', async () => {
    await open({ conditionalCreate: false });
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    lateOnce();
    await pass(126);
    const asked = fake.requests.filter(({ path }) => !path.startsWith('Patient')).map(({ method }) => method);
    const [first = 0, second = 0, ...more] = asked.flatMap((method, at) => (method === 'POST' ? [at] : []));
    expect(more).toEqual([]);
    // CarePlan and Task are looked for each time
    expect(second - first).toBeGreaterThan(3 * 2);
    expect(second).toBe(asked.length - 1);
  });

  it('is not said to be withdrawn before that either', async () => {
    await open({});
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    lateOnce();
    await pass(6);
    await database.query('update ledger set withdraw = true where tenant = $1', [bench.tenant.id]);
    await database.query('update landing_group set due = true, next_at = $2 where tenant = $1', [
      bench.tenant.id,
      bench.clock.now(),
    ]);
    await pass(60);
    expect(await statesOf()).toEqual(['unknown']);
    fake.commitLate();
    await bench.deliver();
    // it stands there: what is to be done about it is for a person
    expect((await rows()).filter(({ ehr_reference }) => ehr_reference === null)).toEqual([]);
    expect(creates()).toEqual([1, 1, 1, 1]);
  });

  it('counts from when it left when the clock runs backwards, and no longer than it must', async () => {
    await open({});
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    lateOnce();
    await pass(0);
    bench.clock.advance(-365 * 86_400_000);
    await pass(60);
    expect(fake.stored.size).toBe(0);
    await pass(400);
    await expectEachOnce(4);
  });
});

describe('an update that lands late', () => {
  async function standing(): Promise<ReturnType<typeof seededPlan>> {
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.deliver();
    return plan;
  }
  const titled = (plan: ReturnType<typeof seededPlan>, title: string) => [
    { ...plan.plan, resource: { ...plan.plan.resource, title } },
  ];
  const title = () => fake.all('CarePlan')[0]?.title;

  it.each([15, 26, 60])(
    '%i s later comes to nothing where versions are heeded: the newer one goes at once',
    async (s) => {
      fake = await FakeEhr.start({ transaction: false });
      fake.versioned = true;
      bench = await DeliveryBench.open(database, fake.base);
      const plan = await standing();
      lateOnce((method) => method === 'PUT');
      await bench.want(plan.planId, titled(plan, 'second'));
      await pass(3);
      await bench.want(plan.planId, titled(plan, 'third'));
      await pass(s);
      expect(title()).toBe('third');
      fake.commitLate();
      await bench.deliver();
      expect(title()).toBe('third');
      expect(await statesOf()).toEqual(['landed']);
    },
  );

  it.each([15, 26, 60])('%i s later is waited for where they are not, and written over', async (s) => {
    await open({ transaction: false });
    fake.heedless = true;
    const plan = await standing();
    lateOnce((method) => method === 'PUT');
    await bench.want(plan.planId, titled(plan, 'second'));
    await pass(3);
    await bench.want(plan.planId, titled(plan, 'third'));
    await pass(s);
    expect(title()).toBe('Homework');
    expect((await rows()).find(({ artefact }) => artefact === 'plan')?.state).toBe('unknown');
    fake.commitLate();
    expect(title()).toBe('second');
    await bench.deliver();
    expect(title()).toBe('third');
    expect(await statesOf()).toEqual(['landed']);
  });

  it('does not undo what was taken back meanwhile, and stands as it was', async () => {
    fake = await FakeEhr.start({ transaction: false });
    fake.versioned = true;
    bench = await DeliveryBench.open(database, fake.base);
    const plan = await standing();
    lateOnce((method) => method === 'PUT');
    await bench.want(plan.planId, titled(plan, 'second'));
    await pass(0);
    await bench.want(plan.planId, titled(plan, 'Homework'));
    await pass(26);
    expect((await rows()).find(({ artefact }) => artefact === 'plan')?.state).toBe('unknown');
    fake.commitLate();
    expect(title()).toBe('second');
    await bench.deliver();
    expect(title()).toBe('Homework');
    expect(await statesOf()).toEqual(['landed']);
  });
});

describe('two processes', () => {
  it.each([15, 26, 60])(
    'do not make twice what one of them sent before it was cut off; the EHR commits %i s later',
    async (s) => {
      await open({ conditionalCreate: false });
      const plan = seededPlan();
      await bench.want(plan.planId, [...plan.artefacts, ...seededLog(plan).artefacts]);
      lateOnce();
      bench.onReach = () => {
        throw new Error('killed');
      };
      await bench.start().idle();
      const quiet = { info: () => {}, warn: () => {}, error: () => {} };
      const ehr = await openTestEhr(bench.tenant, bench.clock, database);
      const ehrs = new Map([[bench.tenant.id, ehr]]);
      const other = startDelivery({ database, ehrs, clock: bench.clock, logger: quiet, random: () => 0.5 });
      others.push(other);
      await pass(s, other);
      bench.onReach = () => {};
      expect(fake.commitLate()).toBe(1);
      await Promise.all([pass(30), pass(30, other)]);
      await expectEachOnce(7);
      await ehr.close();
    },
  );
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDelivery } from '../../src/delivery/deliver.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr, type Fault } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededPlan } from './seed-record.ts';

/** Requests that the EHR takes at once; half as many more groups are ready beside them. */
const concurrency = 4;
const inHand = 6;
const groups = 16;

let database: Database;
let fake: FakeEhr;
let bench: DeliveryBench;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  fake = await FakeEhr.start();
  bench = await DeliveryBench.open(database, fake.base, { limits: { concurrency } });
  await seed(bench);
});
afterEach(async () => {
  await bench.close();
  await fake.close();
});

/** So many groups of one step each, of so many patients. */
async function seed(into: DeliveryBench): Promise<void> {
  for (let n = 0; n < groups; n += 1) {
    const plan = seededPlan();
    await into.want(plan.planId, plan.artefacts.slice(1, 2));
  }
}
const writes = () => fake.requests.filter(({ method }) => method === 'POST').length;
const landed = async (of = bench) => [...(await of.ledger()).values()].filter(({ state }) => state === 'landed').length;
/** What is asked of the EHR while so much time passes and everything due is done. */
async function within(ms: number, step = ms): Promise<{ asked: number; written: number }> {
  const [asked, written] = [fake.requests.length, writes()];
  for (let passed = 0; passed < ms; passed += step) {
    bench.clock.advance(step);
    await bench.delivery?.idle();
  }
  return { asked: fake.requests.length - asked, written: writes() - written };
}
const answers = (status: number, headers: Record<string, string> = {}): Fault => ({
  ...{ type: 'answer', after: false },
  make: () => ({
    status,
    headers: { 'content-type': 'application/fhir+json', ...headers },
    body: JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'throttled' }] }),
  }),
});
const onWrites = (fault: Fault) => (method: string) => (method === 'POST' ? fault : ({ type: 'none' } as const));

describe('an EHR that cannot take more', () => {
  it.each<[string, Fault, number]>([
    ['429, in two minutes', answers(429, { 'retry-after': '120' }), 120_000],
    ['503, in twenty seconds', answers(503, { 'retry-after': '20' }), 20_000],
    ['429, at an hour of the day', answers(429, { 'retry-after': 'Mon, 02 Mar 2026 15:01:30 GMT' }), 90_000],
    ['429, not saying when', answers(429), 1000],
    ['401, with every token', answers(401), 1000],
    ['no connection', { type: 'drop-before' }, 0],
  ])('%s: the tenant waits, then one asks for all', async (name, fault, waitMs) => {
    fake.fault = fault.type === 'drop-before' ? () => fault : onWrites(fault);
    await bench.start().idle();
    // those that were under way, and none of those behind them
    expect(writes()).toBeLessThanOrEqual(inHand);
    const begun = fake.requests.length;
    expect(begun).toBeGreaterThan(0);
    expect(begun).toBeLessThanOrEqual(2 * inHand);
    const status = fault.type === 'drop-before' ? undefined : Number(name.slice(0, 3));
    expect(bench.ehr.hold()?.status).toBe(status);
    if (waitMs > 0) {
      expect(await within(waitMs - 1)).toEqual({ asked: 0, written: 0 });
      // its patient is read, and it is sent: one group, and again nothing behind it
      expect(await within(1)).toEqual({ asked: 2, written: 1 });
      // an hour that is past says nothing any more
      if (!name.includes('hour')) expect(await within(waitMs - 1)).toEqual({ asked: 0, written: 0 });
    }
    fake.fault = () => ({ type: 'none' });
    await within(10 * 60_000);
    await within(10 * 60_000);
    expect(await landed()).toBe(groups);
    expect(fake.all('Task')).toHaveLength(groups);
    expect(bench.ehr.hold()).toBeUndefined();
  });

  it('is asked by one at a time for as long as it is down', async () => {
    fake.fault = onWrites(answers(503));
    await bench.start().idle();
    for (let wait = 1000; wait <= 128_000; wait *= 2) {
      expect(await within(wait - 1)).toEqual({ asked: 0, written: 0 });
      expect(await within(1)).toEqual({ asked: 2, written: 1 });
    }
    // and never less often than every five minutes
    expect((await within(40 * 60_000, 60_000)).written).toBeGreaterThanOrEqual(8);
    expect(bench.logged.filter((line) => line.includes('takes no deliveries'))).toHaveLength(1);
  });

  it('is not asked sooner because others, sent before it said so, were taken', async () => {
    let first = true;
    fake.fault = (method) => {
      if (method !== 'POST' || !first) return { type: 'none' };
      first = false;
      return answers(429, { 'retry-after': '120' });
    };
    fake.meanwhile = async () => {
      // the others under way are answered once the first was told to wait
      if (!first) await vi.waitFor(() => expect(bench.logged.join()).toContain('takes no deliveries'), 10_000);
    };
    await bench.start().idle();
    const taken = await landed();
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(inHand);
    expect(await within(119_999)).toEqual({ asked: 0, written: 0 });
    expect(await landed()).toBe(taken);
    await within(1);
    expect(await landed()).toBe(groups);
    expect(bench.logged.filter((line) => line.includes('again'))).toHaveLength(1);
  });

  it('keeps no other tenant waiting', async () => {
    const other = await FakeEhr.start();
    const beside = await DeliveryBench.open(database, other.base, {}, { clock: bench.clock });
    await seed(beside);
    fake.fault = onWrites(answers(429, { 'retry-after': '120' }));
    const logger = { info() {}, warn() {}, error() {} };
    const ehrs = new Map([bench.ehr, beside.ehr].map((ehr) => [ehr.tenantId, ehr]));
    const delivery = startDelivery({ database, ehrs, clock: bench.clock, logger, random: () => 0.5 });
    await delivery.idle();
    expect([await landed(), await landed(beside)]).toEqual([0, groups]);
    await delivery.stop();
    await beside.close();
    await other.close();
  });

  it('gets nothing of what was being claimed when it said so', async () => {
    let claims = 0;
    let claimed: () => void = () => {};
    const query: Database['query'] = async (sql, parameters) => {
      if (!sql.includes('for update skip locked') || !sql.includes('landing_group'))
        return database.query(sql, parameters);
      claims += 1;
      const answer = await database.query(sql, parameters);
      // the second claim comes back when the EHR has refused what the first one brought
      if (claims === 2) await vi.waitFor(() => expect(bench.logged.join()).toContain('takes no deliveries'), 10_000);
      if (claims === 2) claimed();
      return answer as never;
    };
    const secondClaim = new Promise<void>((resolve) => {
      claimed = resolve;
    });
    await bench.close();
    bench = await DeliveryBench.open({ ...database, query }, fake.base, { limits: { concurrency } });
    await seed(bench);
    fake.fault = onWrites(answers(429, { 'retry-after': '120' }));
    const delivery = bench.start();
    await secondClaim;
    await delivery.idle();
    expect(writes()).toBeLessThanOrEqual(concurrency);
    const { rows } = await database.query('select 1 from landing_group where tenant = $1 and lease_token is not null', [
      bench.tenant.id,
    ]);
    expect(rows).toEqual([]);
    expect(await within(119_999)).toEqual({ asked: 0, written: 0 });
  });
});

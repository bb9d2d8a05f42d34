import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededLog, seededPlan } from './seed-record.ts';

// One kind of request that an EHR does not answer in time must not stop the others.

let database: Database;
let fake: FakeEhr;
let bench: DeliveryBench;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await bench.close();
  await fake.close();
});

async function open(offer: Parameters<typeof FakeEhr.start>[0]): Promise<void> {
  fake = await FakeEhr.start(offer);
  bench = await DeliveryBench.open(database, fake.base, {}, { timeoutMs: 800 });
}

/** Time passes in steps of two seconds, and delivery does what is due, until a row of each of these is landed, or a minute is over. */
async function untilLanded(...artefacts: readonly string[]): Promise<number> {
  const delivery = bench.delivery ?? bench.start();
  for (let at = 0; at <= 60; at += 2) {
    await delivery.idle();
    const open = (await Promise.all(artefacts.map(statesOf))).flat().filter((state) => state !== 'landed');
    if (open.length === 0) return at;
    bench.clock.advance(2000);
  }
  return Number.POSITIVE_INFINITY;
}

const statesOf = async (artefact: string) =>
  [...(await bench.ledger()).values()].filter((row) => row.artefact === artefact).map(({ state }) => state);

describe('an answer that drips', () => {
  it('for one type keeps none of the others waiting, and all lands when it is over', async () => {
    await open({ transaction: false, batch: false });
    const seeded = Array.from({ length: 12 }, () => {
      const plan = seededPlan();
      return { plan, log: seededLog(plan) };
    });
    for (const { plan } of seeded) await bench.want(plan.planId, plan.artefacts);
    await bench.start().idle();
    let dripped = 0;
    fake.fault = (method, path) => {
      if (method !== 'POST' || path !== 'Observation') return { type: 'none' };
      dripped += 1;
      return { type: 'drip' };
    };
    for (const { plan, log } of seeded) await bench.want(plan.planId, log.artefacts);
    const later = Array.from({ length: 12 }, () => seededPlan());
    for (const plan of later) await bench.want(plan.planId, plan.artefacts);
    // the plans that came after the logs stand there soon, and so do the logs themselves
    expect(await untilLanded('plan', 'log')).toBeLessThan(60);
    expect(bench.ehr.pulse()).toMatchObject({ requestKinds: ['create Observation'] });
    // not all at each try: those that had no place yet were not sent
    expect(dripped).toBeGreaterThan(0);
    fake.fault = () => ({ type: 'none' });
    const ledger = await bench.deliver(20);
    expect([...new Set([...ledger.values()].map(({ state }) => state))]).toEqual(['landed']);
    const made = fake.writes.filter((line) => line.startsWith('create'));
    expect(new Set(made).size).toBe(made.length);
  });

  it('for the look-up of one type does not stop the tenant', async () => {
    await open({ transaction: false, batch: false, conditionalCreate: false });
    fake.fault = (method, path) =>
      method === 'GET' && path.startsWith('Communication') ? { type: 'drip' } : { type: 'none' };
    const plan = seededPlan();
    const feedback = Array.from({ length: 9 }, (_, at) => ({
      artefact: 'feedback',
      id: `f-${at}`,
      groupId: `feedback:f-${at}`,
      resource: {
        resourceType: 'Communication',
        identifier: [{ system: 'https://intersession.dev/id/feedback', value: `f-${at}` }],
        status: 'completed',
        subject: { reference: 'Patient/sarah' },
      },
    }));
    await bench.want(plan.planId, feedback);
    await bench.want(plan.planId, plan.artefacts);
    expect(await untilLanded('plan')).toBeLessThan(20);
    expect(new Set(await statesOf('feedback'))).toEqual(new Set(['pending']));
    fake.fault = () => ({ type: 'none' });
    await bench.deliver();
    expect(new Set(await statesOf('feedback'))).toEqual(new Set(['landed']));
    expect(fake.all('Communication')).toHaveLength(9);
  });
});

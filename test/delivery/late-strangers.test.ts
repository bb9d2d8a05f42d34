import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr, type FakeOffer, type Fault, type RawAnswer } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededPlan } from './seed-record.ts';

// Something answers in the EHR's place, or proves nothing, while the EHR itself is still at work on what it was sent.

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

async function open(offer: Partial<FakeOffer>): Promise<ReturnType<typeof seededPlan>> {
  fake = await FakeEhr.start(offer);
  bench = await DeliveryBench.open(database, fake.base);
  const plan = seededPlan();
  await bench.want(plan.planId, plan.artefacts);
  return plan;
}

/** The first write is answered like this, and done when the test says so; what comes after is answered as ever. */
function lateOnce(answered: RawAnswer): void {
  let left = 1;
  fake.fault = (method) => (method !== 'GET' && left-- > 0 ? { type: 'late', answered } : { type: 'none' });
}

/** Time passes in steps of three seconds, and delivery does what is due. */
async function pass(seconds: number): Promise<void> {
  const delivery = bench.delivery ?? bench.start();
  await delivery.idle();
  for (let at = 0; at < seconds; at += 3) {
    bench.clock.advance(3000);
    await delivery.idle();
  }
}

const rows = async () => [...(await bench.ledger()).values()];
const statesOf = async () => [...new Set((await rows()).map(({ state }) => state))].sort();
const creates = () => fake.writes.filter((line) => line.startsWith('create'));
const doubts = async () =>
  (await database.query('select id from ledger where tenant = $1 and doubt_at is not null', [bench.tenant.id])).rows;

async function expectEachOnce(): Promise<void> {
  await bench.deliver();
  expect(await statesOf()).toEqual(['landed']);
  expect(creates()).toHaveLength(4);
  expect(fake.stored.size).toBe(4);
  expect(await doubts()).toEqual([]);
}

const html = { 'content-type': 'text/html' };
const answers: readonly (readonly [string, RawAnswer])[] = [
  ['a gateway’s 504', { status: 504, headers: html, body: '<title>504 Gateway Time-out</title>' }],
  ['a gateway’s 404', { status: 404, headers: html, body: '<title>404 Not Found</title>' }],
  ['a page with 200', { status: 200, headers: html, body: '<title>Please wait</title>' }],
  ['200 and nothing', { status: 200 }],
  ['201, at another host', { status: 201, headers: { location: 'http://inside:8080/fhir/Task/77' } }],
  ['a body that ends early', { status: 201, body: '{"resourceType":"Bundle","type":"trans', cutOff: true }],
];
const offers: readonly (readonly [string, Partial<FakeOffer>])[] = [
  ['transactions and conditional create', {}],
  ['single writes, found by identifier', { transaction: false, batch: false, conditionalCreate: false }],
];
const cases = answers.flatMap(([what, answer]) => offers.map(([how, offer]) => ({ what, answer, how, offer })));

describe.each(cases)('$what, with $how', ({ answer, offer }) => {
  it.each([26, 60, 118])('and %i s later the EHR commits: each thing stands there once', async (seconds) => {
    await open(offer);
    lateOnce(answer);
    await pass(seconds - 3);
    const before = creates().length;
    expect(before).toBeLessThan(4);
    expect(await statesOf()).toContain('unknown');
    bench.clock.advance(3000);
    expect(fake.commitLate()).toBe(1);
    expect(creates().length).toBeGreaterThan(before);
    await pass(30);
    await expectEachOnce();
  });

  it('and nothing comes of it: it is made when nothing can be under way any more', async () => {
    await open(offer);
    lateOnce(answer);
    await pass(114);
    expect(creates().length).toBeLessThan(4);
    await pass(18);
    await expectEachOnce();
  });
});

describe('a success that proves nothing', () => {
  const unproved: Fault = { type: 'answer', after: false, make: () => ({ status: 200 }) };

  it('stays in doubt also when the look for it fails', async () => {
    await open({ transaction: false, batch: false, conditionalCreate: false });
    let asked = 0;
    fake.fault = (method) => {
      if (method === 'POST') {
        asked += 1;
        return unproved;
      }
      return asked > 0 ? { type: 'status', status: 503 } : { type: 'none' };
    };
    await pass(0);
    const told = (await rows()).filter(({ state }) => state === 'unknown');
    expect(told.length).toBe(asked);
    expect(await doubts()).toHaveLength(asked);
    fake.fault = () => ({ type: 'none' });
    await expectEachOnce();
  });

  it('is an answer: its circuit is not opened, as by one that does not come in time', async () => {
    await open({ transaction: false, batch: false });
    fake.fault = (method) => (method === 'POST' ? unproved : { type: 'none' });
    await pass(0);
    expect(bench.ehr.pulse()).toEqual({ state: 'answers' });
  });
});

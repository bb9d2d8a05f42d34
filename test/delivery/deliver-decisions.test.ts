import { beforeEach, describe, expect, it } from 'vitest';
import { attemptWords } from '../../src/homework/ledger/attempt-words.ts';
import type { Queryable } from '../../src/record/database/database.ts';
import type { HomeworkRecord } from '../../src/record/homework-record.ts';
import { type ListLedger, listLedger } from '../../src/record/ledger/list-ledger.ts';
import { retryRow } from '../../src/record/ledger/retry.ts';
import { retryMany } from '../../src/record/ledger/retry-many.ts';
import { showLedger } from '../../src/record/ledger/show-ledger.ts';
import { withdrawRow } from '../../src/record/ledger/withdraw.ts';
import { openRecord } from '../../src/record/open-record.ts';
import { deliveryTests } from './delivery-tests.ts';
import type { FakeEhr } from './fake-ehr.ts';
import type { DeliveryBench } from './open-delivery.ts';
import { seededPlan } from './seed-record.ts';

const tests = deliveryTests();
let fake: FakeEhr;
let bench: DeliveryBench;
let record: HomeworkRecord;
beforeEach(async () => {
  ({ fake, bench } = await tests.open());
  record = openRecord({
    database: tests.database,
    tenants: [{ id: bench.tenant.id, name: 'Clinic', timeZone: 'UTC', language: 'en', sandbox: false }],
    clock: bench.clock,
    publicUrl: 'https://homework.example',
    responseSecret: 'only-for-tests',
    verifyPatient: async () => 'known',
  });
});

/** One that can stand alone. */
const task = (plan: ReturnType<typeof seededPlan>) => plan.task('assignment', plan.first, { description: 'watch' });
const listed = async (query: ListLedger) =>
  (await listLedger(record, bench.tenant.id, query)).rows.map(
    ({ artefact, id, state }) => `${artefact}/${id} ${state}`,
  );
const due = async () => {
  const sql = 'select id from landing_group where tenant = $1 and due and next_at <= $2';
  return (await tests.database.query(sql, [bench.tenant.id, bench.clock.now()])).rows.length;
};

describe('an attempt without a clear end', () => {
  it.each([true, false])('is looked up before anything is sent again (conditional create: %s)', async (offered) => {
    fake.offer = { ...fake.offer, conditionalCreate: offered };
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    fake.fault = (method) => (method === 'POST' ? { type: 'drop-after' } : { type: 'none' });
    await bench.deliver(1);
    fake.fault = () => ({ type: 'none' });
    const before = fake.requests.length;
    const ledger = await bench.deliver();
    expect(new Set([...ledger.values()].map(({ state }) => state))).toEqual(new Set(['landed']));
    // all of it stands there as wanted: looking is enough, nothing is posted a second time
    expect(new Set(fake.requests.slice(before).map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(fake.writes).toHaveLength(4);
  });

  it('that a person withdraws is looked up at once, and stays withdrawn if nothing came of it', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, [task(plan)]);
    fake.fault = (method) => (method === 'POST' ? { type: 'drop-after' } : { type: 'none' });
    await bench.deliver(1);
    expect(fake.all('Task')).toHaveLength(1);
    fake.stored.clear();
    fake.fault = () => ({ type: 'none' });
    await tests.database.query('update landing_group set due = false where tenant = $1', [bench.tenant.id]);
    const key = { artefact: 'assignment', id: plan.first };
    expect(await withdrawRow(record, bench.tenant.id, { ...key, reason: 'not hers' })).toMatchObject({
      state: 'unknown',
      withdraw: true,
    });
    expect(await due()).toBe(1);
    await bench.deliver();
    expect(await listed({ states: ['withdrawn'] })).toEqual([`assignment/${plan.first} withdrawn`]);
    expect(fake.all('Task')).toHaveLength(0);
  });
});

describe('the ledger as a list', () => {
  it('finds what needs attention among all plans, and no longer once it has landed', async () => {
    const [plan, otherPlan] = [seededPlan(), seededPlan()];
    await bench.want(plan.planId, [task(plan)]);
    await bench.want(otherPlan.planId, [task(otherPlan)]);
    fake.refuse = (resource) => (resource.identifier?.[0]?.value === plan.first ? 'not in this chart' : undefined);
    await bench.deliver();
    expect(await listed({ states: ['rejected', 'unknown'] })).toEqual([`assignment/${plan.first} rejected`]);
    expect(await listed({ states: ['landed'] })).toEqual([`assignment/${otherPlan.first} landed`]);
    fake.refuse = () => undefined;
    await retryRow(record, bench.tenant.id, { artefact: 'assignment', id: plan.first });
    await bench.deliver();
    expect(await listed({ states: ['rejected', 'unknown'] })).toEqual([]);
    const marked = await tests.database.query('select id from landing_group where tenant = $1 and attention', [
      bench.tenant.id,
    ]);
    expect(marked.rows).toEqual([]);
  });

  it('keeps a group marked while another row of it needs attention', async () => {
    const plan = seededPlan();
    fake.refuse = (resource) => (resource.description === 'speak' ? 'no speaking here' : undefined);
    const independent = plan.artefacts.slice(1);
    await bench.want(plan.planId, independent);
    await bench.deliver();
    const rejected = [`assignment/${plan.second} rejected`];
    expect(await listed({ states: ['rejected'] })).toEqual(rejected);
    await bench.want(plan.planId, [plan.task('assignment', plan.first, { description: 'watch closely' })]);
    await bench.deliver();
    expect(await listed({ states: ['rejected'] })).toEqual(rejected);
  });

  it('shows what is on its way as in flight', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, [task(plan)]);
    const during: string[][] = [];
    fake.meanwhile = async () => {
      during.push(await listed({ states: ['in-flight'] }), await listed({ states: ['pending'] }));
    };
    await bench.deliver();
    expect(during.slice(0, 2)).toEqual([[`assignment/${plan.first} in-flight`], []]);
    expect(await listed({ states: ['in-flight', 'pending'] })).toEqual([]);
  });
});

describe('rows that are sent together', () => {
  it('are tried again together: delivery takes none of them before all are decided', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    fake.refuse = () => 'not like this';
    await bench.deliver(3);
    const rejected = await listed({ planId: plan.planId, states: ['rejected'] });
    expect(rejected.length).toBeGreaterThan(1);
    fake.refuse = () => undefined;
    // as soon as something is decided delivery is at it, and holds the group for as long as the EHR does not answer
    const answered = Promise.withResolvers<void>();
    fake.meanwhile = () => answered.promise;
    const database = Object.assign(Object.create(tests.database), {
      async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
        const done = await tests.database.transaction(work);
        bench.delivery?.hint();
        await expect.poll(() => fake.requests.length, { timeout: 10_000 }).toBeGreaterThan(0);
        return done;
      },
    });
    fake.requests.length = 0;
    const retried = await retryMany({ ...record, database }, bench.tenant.id, { state: 'rejected', reason: 'mended' });
    answered.resolve();
    expect(retried).toEqual({ tried: rejected.length, left: 0 });
    expect([...(await bench.deliver()).values()].map(({ state }) => state)).not.toContain('rejected');
    for (const text of rejected) {
      const [artefact = '', id = ''] = text.split(' ')[0]?.split('/') ?? [];
      const { attempts } = await showLedger(record, bench.tenant.id, { artefact: artefact as 'assignment', id });
      expect(attempts.filter(({ disposition }) => disposition === 'person:retry')).toHaveLength(rejected.length);
    }
  });

  it.each([
    ['one by one in a batch', { transaction: false }],
    ['a transaction, then one by one', {}],
    ['single writes', { transaction: false, batch: false }],
  ])('(%s) each is told what came of it alone, by its own status', async (_way, offer) => {
    fake.offer = { ...fake.offer, ...offer };
    await bench.ehr.rediscover();
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    fake.refuse = (resource) => (resource.description === 'speak' ? 'no speaking here' : undefined);
    await bench.deliver(1);
    const attemptsAt = async (id: string) =>
      (await showLedger(record, bench.tenant.id, { artefact: 'assignment', id })).attempts.map(
        ({ disposition, httpStatus, detail }) => [attemptWords(disposition, httpStatus), httpStatus, detail],
      );
    expect(await attemptsAt(plan.second)).toEqual([['refused', 422, expect.stringContaining('no speaking here')]]);
    const [[words, status, detail] = []] = await attemptsAt(plan.first);
    expect([words, detail]).toEqual(['done', null]);
    expect(status === null || Number(status) < 300).toBe(true);
  });
});

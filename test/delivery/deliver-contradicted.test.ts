import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr } from './fake-ehr.ts';
import { DeliveryBench, openTestEhr } from './open-delivery.ts';
import { seededPlan } from './seed-record.ts';

let database: Database;
let fake: FakeEhr;
let bench: DeliveryBench;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  fake = await FakeEhr.start({ transaction: false, batch: false });
  bench = await DeliveryBench.open(database, fake.base);
});
afterEach(async () => {
  await bench.close();
  await fake.close();
});

const refuse = (type: string, status: number): void => {
  fake.fault = (method, path) =>
    method !== 'GET' && path.startsWith(type) ? { type: 'status', status } : { type: 'none' };
};
const wrote = (type: string) => fake.requests.filter(({ method, path }) => method !== 'GET' && path.startsWith(type));
const landingOf = async (artefact: string) => (await bench.ehr.landings()).find((row) => row.artefact === artefact);

describe('an EHR that refuses what it advertises', () => {
  it.each([405, 403])('is believed after one refusal with %i: the next landing, with the evidence', async (status) => {
    refuse('CarePlan', status);
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.plan]);
    expect((await bench.deliver()).get(`plan/${plan.planId}`)).toMatchObject({ state: 'waiting', landing: 'note' });
    expect(wrote('CarePlan')).toHaveLength(1);
    const otherPlan = seededPlan();
    await bench.want(otherPlan.planId, [otherPlan.plan]);
    await bench.deliver();
    expect(wrote('CarePlan')).toHaveLength(1);
    const row = await landingOf('plan');
    expect(row).toMatchObject({ landing: 'note' });
    expect(row?.reason).toContain(`answered ${status}`);
    const [correction] = await bench.ehr.corrections();
    expect(correction).toMatchObject({ type: 'CarePlan', interaction: 'create', status });
    const { rows } = await database.query<{ detail: string | null }>('select detail from attempt where id = $1', [
      correction?.attemptId,
    ]);
    expect(rows[0]?.detail).toContain('fault');
  });

  it('is remembered by another process, also after a restart', async () => {
    refuse('CarePlan', 405);
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.plan]);
    await bench.deliver();
    const other = await openTestEhr(bench.tenant, bench.clock, database);
    expect((await other.landings()).find(({ artefact }) => artefact === 'plan')).toMatchObject({ landing: 'note' });
    await other.close();
  });

  it('is taken at its word again when its statement changes', async () => {
    refuse('CarePlan', 405);
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.plan]);
    await bench.deliver();
    await bench.ehr.rediscover();
    expect(await landingOf('plan')).toMatchObject({ landing: 'note' });
    fake.offer = { ...fake.offer, types: [...fake.offer.types, 'Flag'] };
    fake.fault = () => ({ type: 'none' });
    await bench.ehr.rediscover();
    expect(await landingOf('plan')).toMatchObject({ landing: 'native' });
    const after = seededPlan();
    await bench.want(after.planId, after.artefacts);
    expect((await bench.deliver()).get(`plan/${after.planId}`)).toMatchObject({ state: 'landed', landing: 'native' });
  });

  it('that said 403 is tried again after a day, one that said 405 is not', async () => {
    refuse('CarePlan', 403);
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.plan]);
    await bench.deliver();
    bench.clock.advance(25 * 60 * 60_000);
    expect(await landingOf('plan')).toMatchObject({ landing: 'native' });
    refuse('CarePlan', 405);
    const otherPlan = seededPlan();
    await bench.want(otherPlan.planId, [otherPlan.plan]);
    await bench.deliver();
    bench.clock.advance(25 * 60 * 60_000);
    expect(await landingOf('plan')).toMatchObject({ landing: 'note' });
  });

  it('is tried anew when a person says so', async () => {
    refuse('CarePlan', 405);
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.plan]);
    await bench.deliver();
    await bench.ehr.tryAnew();
    expect(await landingOf('plan')).toMatchObject({ landing: 'native' });
  });

  it('does not learn from a refusal of one resource', async () => {
    refuse('CarePlan', 422);
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.plan]);
    expect((await bench.deliver()).get(`plan/${plan.planId}`)).toMatchObject({ state: 'rejected', last_status: 422 });
    expect(await landingOf('plan')).toMatchObject({ landing: 'native' });
  });
});

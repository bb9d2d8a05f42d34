import { beforeEach, describe, expect, it } from 'vitest';
import { deliveryTests } from './delivery-tests.ts';
import type { FakeEhr } from './fake-ehr.ts';
import { type DeliveryBench, openTestEhr } from './open-delivery.ts';
import { seededPlan } from './seed-record.ts';

const tests = deliveryTests();
let fake: FakeEhr;
let bench: DeliveryBench;
beforeEach(async () => {
  ({ fake, bench } = await tests.open({ transaction: false, batch: false }));
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
    const { rows } = await tests.database.query<{ detail: string | null }>('select detail from attempt where id = $1', [
      correction?.attemptId,
    ]);
    expect(rows[0]?.detail).toContain('fault');
  });

  it('is remembered by another process, also after a restart', async () => {
    refuse('CarePlan', 405);
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.plan]);
    await bench.deliver();
    const other = await openTestEhr(bench.tenant, bench.clock, tests.database);
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
    await bench.want(plan.planId, plan.artefacts);
    await bench.deliver();
    await bench.ehr.tryAnew();
    expect(await landingOf('plan')).toMatchObject({ landing: 'native' });
    // what waited for a report meanwhile goes in by itself now, and only that is woken
    fake.fault = () => ({ type: 'none' });
    expect((await bench.ledger()).get(`plan/${plan.planId}`)).toMatchObject({ state: 'waiting', landing: 'note' });
    expect((await bench.deliver()).get(`plan/${plan.planId}`)).toMatchObject({ landing: 'native', state: 'landed' });
  });

  it('does not learn from a refusal of one resource', async () => {
    refuse('CarePlan', 422);
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.plan]);
    expect((await bench.deliver()).get(`plan/${plan.planId}`)).toMatchObject({ state: 'rejected', last_status: 422 });
    expect(await landingOf('plan')).toMatchObject({ landing: 'native' });
  });
});

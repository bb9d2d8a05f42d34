import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePlan } from '../../src/record/use-cases/close-plan.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { excuseOccurrence } from '../../src/record/use-cases/excuse-occurrence.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { setSandboxClock } from '../../src/record/use-cases/set-sandbox-clock.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
});
afterAll(() => test.close());

const single = {
  patientId: 'sarah',
  title: 'One step',
  period: { start: '2026-03-01', end: '2026-04-12' },
  assignments: [
    {
      key: '1',
      kind: 'self-monitoring',
      title: 'Write it down',
      schedule: { type: 'once', by: '2026-03-05' },
      unlock: { type: 'at-start' },
    },
  ],
} as const;

describe('sweepPlans', () => {
  it('makes the moves that time makes, once, and sets when to look again', async () => {
    const { planId } = await createPlan(test.record, 'north', single);
    expect(await sweepPlans(test.record)).toEqual({ swept: 0, changed: 0, failed: [] });
    // the day ends at 04:00 in New York
    test.setTime('2026-03-06T09:00:00.000Z');
    const hints = test.hints();
    expect(await sweepPlans(test.record)).toEqual({ swept: 1, changed: 1, failed: [] });
    expect(test.hints()).toBe(hints + 1);
    const view = await getPlan(test.record, 'north', planId);
    expect(view.occurrences).toMatchObject([{ status: 'overdue' }]);
    expect(view.version).toBe(2);

    expect(await sweepPlans(test.record)).toEqual({ swept: 0, changed: 0, failed: [] });
    await test.database.query(`update plan set sweep_at = '2026-03-06T09:00:00Z' where id = $1`, [planId]);
    await sweepPlans(test.record);
    const again = await getPlan(test.record, 'north', planId);
    expect({ ...again, version: 0 }).toEqual({ ...view, version: 0 });

    test.setTime('2026-03-07T09:00:00.000Z');
    await sweepPlans(test.record);
    expect((await getPlan(test.record, 'north', planId)).occurrences).toMatchObject([{ status: 'missed' }]);
    await closePlan(test.record, 'north', { planId, status: 'completed' });
    const { rows } = await test.database.query('select sweep_at from plan where id = $1', [planId]);
    expect(rows).toEqual([{ sweep_at: null }]);
  });

  it('makes the adherence final when the period ends, though nothing moves', async () => {
    test.setTime('2026-03-01T15:00:00.000Z');
    const { planId } = await createPlan(test.record, 'north', single);
    test.setTime('2026-03-10T09:00:00.000Z');
    await sweepPlans(test.record);
    const status = async (): Promise<unknown> =>
      (
        await test.database.query<{ status: string }>(
          `select content->>'status' as status from resource where plan_id = $1 and artefact = 'adherence' order by id limit 1`,
          [planId],
        )
      ).rows[0]?.status;
    expect(await status()).toBe('preliminary');
    test.setTime('2026-04-13T07:59:00.000Z');
    expect(await sweepPlans(test.record)).toMatchObject({ swept: 0 });
    test.setTime('2026-04-13T08:00:00.000Z');
    expect(await sweepPlans(test.record)).toMatchObject({ swept: 1, changed: 1 });
    expect(await status()).toBe('final');
    expect(await sweepPlans(test.record)).toMatchObject({ swept: 0 });
    await closePlan(test.record, 'north', { planId, status: 'completed' });
  });

  it('goes on when one plan cannot be swept, and two sweeps at once do it once', async () => {
    test.setTime('2026-03-01T15:00:00.000Z');
    const plans = await Promise.all([1, 2, 3].map(() => createPlan(test.record, 'south', single)));
    const [broken] = plans;
    await test.database.query(`update assignment set body = body - 'schedules' where plan_id = $1`, [broken?.planId]);
    test.setTime('2026-03-06T09:00:00.000Z');
    const sweeps = await Promise.all([sweepPlans(test.record, ['south']), sweepPlans(test.record, ['south'])]);
    expect(sweeps.reduce((sum, sweep) => sum + sweep.changed, 0)).toBe(2);
    expect(sweeps.flatMap(({ failed }) => failed)[0]).toEqual({
      tenantId: 'south',
      planId: broken?.planId,
      code: 'unexpected',
    });
    for (const { planId } of plans.slice(1)) expect((await getPlan(test.record, 'south', planId)).version).toBe(2);
  });

  it('leaves excused what was excused', async () => {
    test.setTime('2026-03-01T15:00:00.000Z');
    const { planId, state } = await createPlan(test.record, 'north', single);
    const occurrenceId = state.occurrences[0]?.id ?? '';
    await excuseOccurrence(test.record, 'north', { occurrenceId, reason: 'ill' });
    test.setTime('2026-03-09T09:00:00.000Z');
    await sweepPlans(test.record);
    expect((await getPlan(test.record, 'north', planId)).occurrences).toMatchObject([{ status: 'excused' }]);
  });
});

describe('setSandboxClock', () => {
  const now = async (tenant: string) => (await test.record.clockOf(tenant)).now().toISOString();

  it('pins, advances by calendar days of the tenant’s zone, and resumes; other tenants keep the machine’s time', async () => {
    test.setTime('2026-05-05T12:00:00.000Z');
    await setSandboxClock(test.record, { tenants: ['sandbox'], set: '2026-03-07T10:00:00-05:00' });
    expect([await now('sandbox'), await now('north')]).toEqual([
      '2026-03-07T15:00:00.000Z',
      '2026-05-05T12:00:00.000Z',
    ]);
    // the clocks go forward that night
    const { clocks } = await setSandboxClock(test.record, { tenants: ['sandbox'], advance: 'P1D' });
    expect(clocks).toEqual([{ tenant: 'sandbox', now: '2026-03-08T14:00:00.000Z', pinned: true }]);
    await setSandboxClock(test.record, { tenants: ['sandbox'], advance: 90_000 });
    expect(await now('sandbox')).toBe('2026-03-08T14:01:30.000Z');
    await setSandboxClock(test.record, { tenants: ['sandbox'], resume: true });
    expect(await now('sandbox')).toBe('2026-05-05T12:00:00.000Z');
  });

  it('sweeps at the new time', async () => {
    await setSandboxClock(test.record, { tenants: ['sandbox'], set: '2026-03-01T15:00:00Z' });
    const { planId } = await createPlan(test.record, 'sandbox', sarahsPlan);
    const { sweep } = await setSandboxClock(test.record, { tenants: ['sandbox'], advance: 'P30D' });
    expect(sweep.changed).toBe(1);
    expect((await getPlan(test.record, 'sandbox', planId)).occurrences.every(({ status }) => status === 'missed')).toBe(
      true,
    );
  });

  it('answers in steps where it takes long: each call gets further, and says that there is more', async () => {
    await setSandboxClock(test.record, { tenants: ['sandbox'], set: '2026-03-01T15:00:00Z' });
    for (const patientId of ['marcus', 'lena', 'tom'])
      await createPlan(test.record, 'sandbox', { ...sarahsPlan, patientId, sourceId: `leap-${patientId}` });
    let now = Date.parse('2026-05-05T12:00:00Z');
    // a machine on which each look at the clock comes half a minute after the one before
    const later = () => {
      now += 30_000;
      return new Date(now);
    };
    const slow = { ...test.record, clock: { now: later } };
    const first = await setSandboxClock(slow, { tenants: ['sandbox'], advance: 'P30D' });
    const goOn = () => setSandboxClock(slow, { tenants: ['sandbox'], advance: 0 });
    const answers = [first, await goOn(), await goOn()];
    expect(answers.map(({ sweep }) => [sweep.swept, sweep.more])).toEqual([
      [1, true],
      [1, true],
      [1, undefined],
    ]);
    expect(new Set(answers.map(({ clocks }) => clocks[0]?.now))).toEqual(new Set(['2026-03-31T14:00:00.000Z']));
    expect((await sweepPlans(test.record, ['sandbox'])).swept).toBe(0);
  });

  it('refuses what is no sandbox, and what is no time', async () => {
    const set = '2026-03-01T15:00:00Z';
    await expect(setSandboxClock(test.record, { tenants: ['sandbox', 'north'], set })).rejects.toMatchObject({
      code: 'not-supported',
    });
    await expect(setSandboxClock(test.record, { tenants: ['none'], set })).rejects.toMatchObject({
      code: 'unknown-tenant',
    });
    for (const command of [{ advance: 'a while' }, { advance: 0.5 }, { set: 'tomorrow' }, { set: '2026-02-30' }]) {
      await expect(setSandboxClock(test.record, { tenants: ['sandbox'], ...command })).rejects.toMatchObject({
        code: 'invalid-request',
      });
    }
  });
});

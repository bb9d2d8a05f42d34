import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, actingAs } from '../../src/record/actor.ts';
import { raiseSafetySignal } from '../../src/record/safety/raise-safety-signal.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { giveFeedback } from '../../src/record/use-cases/give-feedback.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { recordBarrier } from '../../src/record/use-cases/record-barrier.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import { talkOverBarrier } from '../../src/record/use-cases/talk-over-barrier.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
});
afterAll(() => test.close());

const product: Actor = { type: 'source', clientId: 'product' };
const clinician: Actor = { type: 'user', userReference: 'Practitioner/17', role: 'clinician', sessionId: 'launch-1' };

describe('who made and changed what', () => {
  it('stands beside every row, and every change of the plan is in its journal', async () => {
    const by = (actor: Actor) => actingAs(test.record, actor);
    const { planId, state } = await createPlan(by(product), 'north', { ...sarahsPlan, clientId: 'product' });
    const assignmentId = state.assignments[0]?.id ?? '';
    const of = { artefact: 'assignment', id: assignmentId } as const;
    const performedAt = '2026-03-01T10:00:00-05:00';
    const answers = { situation: 'x', 'belief-before': 50, 'suds-before': 40 };
    await logHomework(by(product), 'north', { assignmentId, performedAt, answers });
    const { barrier } = await recordBarrier(by(product), 'north', { of, code: 'fear' });
    await talkOverBarrier(by(clinician), 'north', { barrierId: barrier.id });
    await giveFeedback(by(clinician), 'north', { of, author: 'Practitioner/17', text: 'x' });
    test.setTime('2026-05-01T15:00:00.000Z');
    await sweepPlans(test.record, ['north']);

    const rows = async (table: string) =>
      (
        await test.database.query<{ made_by: string; changed_by: string }>(
          `select distinct made_by, changed_by from ${table} where tenant = 'north'`,
        )
      ).rows;
    expect(await rows('plan')).toEqual([{ made_by: 'source:product', changed_by: 'service' }]);
    expect(await rows('log')).toEqual([{ made_by: 'source:product', changed_by: 'source:product' }]);
    expect(await rows('barrier')).toEqual([{ made_by: 'source:product', changed_by: 'user:Practitioner/17' }]);
    expect(await rows('feedback')).toEqual([{ made_by: 'user:Practitioner/17', changed_by: 'user:Practitioner/17' }]);

    const { rows: journal } = await test.database.query(
      'select version, actor, session from plan_change where plan_id = $1 order by version',
      [planId],
    );
    expect(journal).toEqual([
      ...[1, 2, 3].map((version) => ({ version, actor: 'source:product', session: null })),
      ...[4, 5].map((version) => ({ version, actor: 'user:Practitioner/17', session: 'launch-1' })),
      { version: 6, actor: 'service', session: null },
    ]);
  });

  it('says whose a signal is: of who reported it, or of who made the plan it was noticed in', async () => {
    const owners = async () =>
      (await test.database.query<{ owners: string[] }>('select owners from safety_signal')).rows.map(
        (row) => row.owners,
      );
    const owner = async () =>
      (await test.database.query<{ owner: string }>(`select distinct owner from resource where artefact = 'safety'`))
        .rows;
    const raise = (actor: Actor) =>
      raiseSafetySignal(actingAs(test.record, actor), 'north', {
        ...{ patientId: sarahsPlan.patientId, rule: 'harm-by-others', by: { type: 'patient' } },
      });
    await raise(product);
    expect([await owners(), await owner()]).toEqual([[['source:product']], [{ owner: 'source:product' }]]);
    await expect(raise({ type: 'source', clientId: 'other' })).rejects.toMatchObject({ code: 'unknown-patient' });
    await raise({ type: 'source', clientId: 'other', sees: 'tenant' });
    expect([await owners(), await owner()]).toEqual([[['source:other', 'source:product']], [{ owner: '' }]]);
  });
});

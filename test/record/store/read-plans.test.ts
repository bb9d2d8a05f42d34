import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actingAs } from '../../../src/record/actor.ts';
import { readPlans } from '../../../src/record/store/read-plans.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { writeLog } from '../../../src/record/use-cases/write-log.ts';
import { openTestRecord, type TestRecord } from '../open-test-record.ts';
import { sarahsPlan } from '../sarah-case.ts';

let test: TestRecord;
let planId: string;
let assignmentId: string;
beforeAll(async () => {
  test = await openTestRecord();
  const { state } = await createPlan(test.record, 'north', sarahsPlan);
  planId = state.plan.id;
  assignmentId = state.assignments[0]?.id ?? '';
  // another patient's, which is nobody's business here
  await createPlan(test.record, 'north', { ...sarahsPlan, patientId: 'ada', sourceId: 'ada' });
});
afterAll(() => test.close());

const shown = async (reader: 'patient' | 'other') => {
  const plans = await readPlans(test.record, 'north', { patientId: 'sarah', reader });
  const byId = await readPlans(test.record, 'north', { patientId: 'sarah', reader, planId });
  expect(byId).toEqual(plans);
  return plans.map(({ plan }) => plan.id);
};

describe('the plans of a patient', () => {
  it.each([
    ['draft', { patient: false, other: true }],
    ['active', { patient: true, other: true }],
    ['on-hold', { patient: true, other: true }],
    ['completed', { patient: true, other: true }],
    ['revoked', { patient: true, other: true }],
    ['entered-in-error', { patient: false, other: false }],
  ])('%s', async (status, sees) => {
    await test.database.query(
      `update plan set status = $1, body = jsonb_set(body, '{status}', to_jsonb($1::text)) where id = $2`,
      [status, planId],
    );
    for (const reader of ['patient', 'other'] as const) {
      expect(await shown(reader), reader).toEqual(sees[reader] ? [planId] : []);
    }
  });

  it('hold a draft that somebody else began for the patient back from them', async () => {
    await test.database.query(
      `update plan set status = 'active', body = jsonb_set(body, '{status}', '"active"') where id = $1`,
      [planId],
    );
    const user = { type: 'user', userReference: 'Patient/sarah', role: 'patient', sessionId: 's' } as const;
    const by = {
      own: actingAs(test.record, user),
      source: actingAs(test.record, { type: 'source', clientId: 'product', writes: 'tenant' }),
    };
    const draft = {
      assignmentId,
      status: 'in-progress',
      answers: { situation: 'x' },
      withheld: [],
      source: { type: 'patient' },
    } as const;
    const [own, others] = [crypto.randomUUID(), crypto.randomUUID()];
    await writeLog(by.own, 'north', { ...draft, id: own });
    await writeLog(by.source, 'north', { ...draft, id: others });
    const logs = async (reader: 'patient' | 'other') =>
      (await readPlans(test.record, 'north', { patientId: 'sarah', reader })).flatMap((plan) => plan.logs);
    expect((await logs('patient')).map(({ id }) => id)).toEqual([own]);
    // that they were begun is for staff to see, and none of their words
    expect((await logs('other')).map(({ id, items }) => [id, items])).toEqual(
      expect.arrayContaining([
        [own, []],
        [others, []],
      ]),
    );
  });
});

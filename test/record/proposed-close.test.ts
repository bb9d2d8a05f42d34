import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlans } from '../../src/record/store/read-plans.ts';
import { closePlan } from '../../src/record/use-cases/close-plan.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { moveAssignment } from '../../src/record/use-cases/move-assignment.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
});
afterAll(() => test.close());

const plan = (patientId: string) => createPlan(test.record, 'north', { ...sarahsPlan, sourceId: patientId, patientId });
const proposed = async (planId: string, patientId: string) => {
  const [read] = await readPlans(test.record, 'north', { patientId, planId, reader: 'other' });
  return [(await getPlan(test.record, 'north', planId)).proposedClose, read?.proposedClose];
};

describe('a plan’s view', () => {
  it('proposes to close it as ended early when the step was withdrawn that all others wait for; not before, nor once it is closed', async () => {
    const { planId, state } = await plan('sarah');
    expect(await proposed(planId, 'sarah')).toEqual([undefined, undefined]);
    const [first] = state.assignments;
    const event = { type: 'withdraw', reason: 'moved away', actor: 'Practitioner/dr-okafor' } as const;
    await moveAssignment(test.record, 'north', { assignmentId: first?.id ?? '', event });
    expect(await proposed(planId, 'sarah')).toEqual(['revoked', 'revoked']);
    await closePlan(test.record, 'north', { planId, status: 'revoked', reason: 'moved away' });
    expect(await proposed(planId, 'sarah')).toEqual([undefined, undefined]);
  });

  it('proposes to close it as completed when what was open was missed and the rest cannot be reached', async () => {
    const { planId } = await plan('ada');
    test.setTime('2026-03-20T15:00:00.000Z');
    await sweepPlans(test.record, ['north']);
    expect(await proposed(planId, 'ada')).toEqual(['completed', 'completed']);
    expect((await getPlan(test.record, 'north', planId)).plan.status).toBe('active');
  });
});

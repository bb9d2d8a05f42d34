import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showLedger } from '../../src/record/ledger/show-ledger.ts';
import { readResource } from '../../src/record/store/read-resource.ts';
import { closePlan } from '../../src/record/use-cases/close-plan.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { listPlans } from '../../src/record/use-cases/list-plans.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { moveAssignment } from '../../src/record/use-cases/move-assignment.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
let planId: string;
let assignmentId: string;
beforeAll(async () => {
  test = await openTestRecord();
  const created = await createPlan(test.record, 'north', sarahsPlan);
  planId = created.planId;
  assignmentId = created.state.assignments[0]?.id ?? '';
});
afterAll(() => test.close());

describe('what is one tenant’s', () => {
  it('is unknown to another, by every door', async () => {
    const { record } = test;
    const attempts = await Promise.allSettled([
      getPlan(record, 'south', planId),
      closePlan(record, 'south', { planId, status: 'completed' }),
      moveAssignment(record, 'south', { assignmentId, event: { type: 'seen' } }),
      logHomework(record, 'south', { assignmentId, performedAt: '2026-03-02T15:00:00Z', answers: {} }),
      readResource(record, 'south', { type: 'CarePlan', id: planId }),
      showLedger(record, 'south', { artefact: 'plan', id: planId }),
    ]);
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ status: 'rejected', reason: { code: 'unknown-artefact' } });
    }
    expect((await listPlans(record, 'south')).plans).toEqual([]);
    expect((await getPlan(record, 'north', planId)).version).toBe(1);
  });

  it('has its own ids, even when both are told the same by the same client', async () => {
    const other = await createPlan(test.record, 'south', sarahsPlan);
    expect(other.created).toBe(true);
    expect(other.planId).not.toBe(planId);
  });

  it('is nothing at all for a tenant that does not exist', async () => {
    await expect(getPlan(test.record, 'nowhere', planId)).rejects.toMatchObject({
      code: 'unknown-tenant',
      fields: { tenant: 'nowhere' },
    });
    await expect(createPlan(test.record, 'nowhere', sarahsPlan)).rejects.toMatchObject({ code: 'unknown-tenant' });
  });
});

describe('listPlans', () => {
  it('pages through all of them, by patient and status as well', async () => {
    for (const sourceId of ['list-1', 'list-2', 'list-3'])
      await createPlan(test.record, 'sandbox', { ...sarahsPlan, sourceId });
    await createPlan(test.record, 'sandbox', { ...sarahsPlan, sourceId: 'list-4', patientId: 'ada', activate: false });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listPlans(test.record, 'sandbox', { count: 3, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.plans.length).toBeLessThanOrEqual(3);
      seen.push(...page.plans.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(4);
    const drafts = await listPlans(test.record, 'sandbox', { status: 'draft' });
    expect(drafts.plans).toMatchObject([
      { patientId: 'ada', status: 'draft', period: { start: '2026-03-01', end: '2026-04-12' } },
    ]);
    expect((await listPlans(test.record, 'sandbox', { patientId: 'sarah' })).plans).toHaveLength(3);
    await expect(listPlans(test.record, 'sandbox', { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid-request' });
  });
});

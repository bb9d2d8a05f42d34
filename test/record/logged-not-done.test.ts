import type { Observation, Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchResources } from '../../src/record/store/search-resources.ts';
import { amendLog } from '../../src/record/use-cases/amend-log.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import type { CreatePlanCommand } from '../../src/record/use-cases/plan-design.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';

let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
}, 30_000);
afterAll(() => test.close());

async function stored<R extends Task | Observation>(type: R['resourceType']): Promise<string> {
  const part = { filters: [], count: 200, include: [], revinclude: [], summaryCount: false };
  const { matches } = await searchResources(test.record, 'north', { type, ...part });
  return JSON.stringify(matches);
}

const plan: CreatePlanCommand = {
  ...{ sourceId: 'p', clientId: 'homework-product', patientId: 'sarah', title: 'Speaking up' },
  ...{ timeZone: 'America/New_York', period: { start: '2026-03-01' } },
  assignments: [
    {
      ...{ key: '1', kind: 'communication-practice', title: 'Say good morning' },
      ...{ schedule: { type: 'once', by: '2026-03-13' }, unlock: { type: 'at-start' } },
    },
  ],
};

describe('a log that says that it was not done, as it is kept for EHRs and readers', () => {
  it('is not called done by Task and Observation, and is again once it was corrected', async () => {
    test.setTime('2026-03-02T10:00:00.000Z');
    const { state } = await createPlan(test.record, 'north', plan);
    const assignmentId = state.assignments[0]?.id ?? '';
    const patientId = 'sarah';
    test.setTime('2026-03-03T15:00:00.000Z');
    const performedAt = '2026-03-03T14:00:00.000Z';
    const answers = { situation: 'Team meeting', practised: false };
    const { log } = await logHomework(test.record, 'north', { assignmentId, patientId, performedAt, answers });
    expect(await stored<Task>('Task')).toContain('"text":"Logged, not done"');
    expect(await stored<Observation>('Observation')).toContain('it was not done');
    test.setTime('2026-03-04T15:00:00.000Z');
    await amendLog(test.record, 'north', { logId: log.id, answers: { ...answers, practised: true } });
    expect(await stored<Task>('Task')).not.toMatch(/not done/);
    expect(await stored<Observation>('Observation')).not.toMatch(/not done/);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getPlan } from '../../../src/record/use-cases/get-plan.ts';
import { openTestRecord, type TestRecord } from '../open-test-record.ts';
import { contentOfTables, exportAll, importAll, wipe } from './copy-record.ts';
import { playSarah } from './play-sarah.ts';

let test: TestRecord;
let planId: string;
const tenant = 'sandbox';

beforeAll(async () => {
  test = await openTestRecord();
  planId = await playSarah(test.record, tenant);
}, 60_000);
afterAll(() => test.close());

describe("Sarah's plan, exported, wiped and imported", () => {
  it('is what it was: her numbers, every row and every resource, and the same export again', async () => {
    const before = await contentOfTables(test.database);
    const view = await getPlan(test.record, tenant, planId);
    const exported = await exportAll(test.record, tenant);
    await wipe(test.database);
    expect(await importAll(test.record, tenant, exported)).toEqual([{ planId, outcome: 'imported', madeAnew: [] }]);
    expect(await exportAll(test.record, tenant)).toEqual(exported);
    const { ledger: _anew, ...again } = await getPlan(test.record, tenant, planId);
    expect({ ...again, ledger: view.ledger }).toEqual(view);
    expect(await contentOfTables(test.database)).toEqual(before);
    const ofPlan = view.adherences.find(({ assignmentId }) => assignmentId === undefined);
    expect(ofPlan).toMatchObject({
      counts: { expected: 7, onTime: 5, late: 1, missed: 1 },
      percent: 85.7,
      onTimePercent: 71.4,
    });
    expect(view.logs).toHaveLength(6);
    const types = (exported[0]?.entry ?? []).map(({ resource }) => resource?.resourceType);
    expect(types.filter((type) => type === 'Task')).toHaveLength(13);
    expect(types.filter((type) => type === 'QuestionnaireResponse')).toHaveLength(6);
    expect(types.filter((type) => type === 'CarePlan')).toHaveLength(1);
  });
});

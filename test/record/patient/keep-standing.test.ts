import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PatientStanding } from '../../../src/homework/patient/patient-standing.ts';
import { keepStanding } from '../../../src/record/patient/keep-standing.ts';
import { readStanding } from '../../../src/record/patient/read-standing.ts';
import { flaggedPatients, listWorklist } from '../../../src/record/roster/worklist.ts';
import { raiseSafetySignal } from '../../../src/record/safety/raise-safety-signal.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { getPlan } from '../../../src/record/use-cases/get-plan.ts';
import { sweepPlans } from '../../../src/record/use-cases/sweep-plans.ts';
import { openTestRecord, type TestRecord } from '../open-test-record.ts';
import { sarahsPlan } from '../sarah-case.ts';

let test: TestRecord;
let patientId: string;
let planId: string;
beforeAll(async () => {
  test = await openTestRecord();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.setTime('2026-03-01T15:00:00.000Z');
  patientId = `p-${randomUUID()}`;
  ({ planId } = await createPlan(test.record, 'north', { ...sarahsPlan, patientId, sourceId: patientId }));
});

const keep = (standing: PatientStanding) =>
  keepStanding(test.database, 'north', patientId, { standing, from: 'delivery', at: test.record.clock.now() });
const rows = async () =>
  (await test.database.query('select * from patient_standing where patient_id = $1', [patientId])).rows.length;

describe('how a patient stands', () => {
  it('is not kept where there is nothing to say, and kept with its time when there is', async () => {
    expect(await keep({ state: 'current' })).toBe(false);
    expect(await rows()).toBe(0);
    expect(await keep({ state: 'inactive' })).toBe(true);
    const learnedAt = '2026-03-01T15:00:00.000Z';
    expect(await readStanding(test.database, 'north', patientId)).toEqual({ state: 'inactive', learnedAt });
    // the same again is no news, and keeps the time
    test.setTime('2026-03-02T15:00:00.000Z');
    expect(await keep({ state: 'inactive' })).toBe(false);
    expect(await readStanding(test.database, 'north', patientId)).toMatchObject({ learnedAt });
    expect(await keep({ state: 'current' })).toBe(true);
    expect(await readStanding(test.database, 'north', patientId)).toMatchObject({ state: 'current' });
    expect(await readStanding(test.database, 'south', patientId)).toEqual({ state: 'current' });
  });

  it('of a death: the next sweep makes nothing overdue, and takes back what was', async () => {
    const overdueFrom = '2026-04-20T15:00:00.000Z';
    test.setTime(overdueFrom);
    await sweepPlans(test.record, ['north']);
    const statuses = async () =>
      new Set((await getPlan(test.record, 'north', planId)).occurrences.map(({ status }) => status));
    const other = `q-${randomUUID()}`;
    const command = { ...sarahsPlan, patientId: other, sourceId: other };
    const living = await statuses();
    expect([...living].some((status) => status === 'overdue' || status === 'missed')).toBe(true);
    test.setTime('2026-03-01T15:00:00.000Z');
    const dead = await createPlan(test.record, 'north', command);
    await keepStanding(test.database, 'north', other, {
      standing: { state: 'current', deceased: {} },
      ...{ from: 'launch', at: test.record.clock.now() },
    });
    test.setTime(overdueFrom);
    await sweepPlans(test.record, ['north']);
    const { occurrences } = await getPlan(test.record, 'north', dead.planId);
    expect(new Set(occurrences.map(({ status }) => status))).toEqual(new Set(['due']));
    const worklist = await listWorklist(test.record, 'north', { patientIds: [other, patientId] });
    expect(worklist.rows.map((row) => [row.patientId, row.deceased, row.overdue])).toEqual([
      [patientId, false, expect.any(Number)],
      [other, true, 0],
    ]);
  });

  it('of a death: an open safety signal no longer puts the patient before the living', async () => {
    const by = { type: 'patient' } as const;
    await raiseSafetySignal(test.record, 'north', { patientId, rule: 'not-safe-now', by });
    const first = async () => {
      const other = `z-${randomUUID()}`;
      await createPlan(test.record, 'north', { ...sarahsPlan, patientId: other, sourceId: other });
      await test.database.query('update plan set urgency = 5 where patient_id = $1', [other]);
      const { rows: found } = await listWorklist(test.record, 'north', { patientIds: [other, patientId] });
      return found[0]?.patientId === patientId;
    };
    expect(await first()).toBe(true);
    await keep({ state: 'current', deceased: {} });
    expect(await first()).toBe(false);
    const { rows: safety } = await listWorklist(test.record, 'north', { patientIds: [patientId], filter: 'safety' });
    expect(safety).toHaveLength(1);
  });

  it.each(['stopped', 'barrier', 'waiting-unlock'] as const)(
    'of a death: nobody is to be called about %s',
    async (filter) => {
      await test.database.query(
        `update plan set stopped = 1, waiting_unlock = 1, open_barrier = 'fear' where patient_id = $1`,
        [patientId],
      );
      const listed = async () =>
        (await listWorklist(test.record, 'north', { patientIds: [patientId], filter })).rows.length;
      const counted = async () =>
        (await flaggedPatients(test.record, 'north', { patientIds: [patientId] }))[filter].length;
      expect([await listed(), await counted()]).toEqual([1, 1]);
      await keep({ state: 'current', deceased: {} });
      expect([await listed(), await counted()]).toEqual([0, 0]);
    },
  );
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { getPlan, type PlanView } from '../../src/record/use-cases/get-plan.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { recordBarrier } from '../../src/record/use-cases/record-barrier.ts';
import { setSandboxClock } from '../../src/record/use-cases/set-sandbox-clock.ts';
import { talkOverBarrier } from '../../src/record/use-cases/talk-over-barrier.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsLogs, sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
let planId: string;
const tenant = 'sandbox';

const clock = (set: string) => setSandboxClock(test.record, { tenants: [tenant], set });
const assignmentId = (view: Pick<PlanView, 'assignments'>, key: string): string =>
  view.assignments.find((assignment) => assignment.key === key)?.id ?? '';
const statusOf = async (key: string) => {
  const { assignments } = await getPlan(test.record, tenant, planId);
  const { status, businessStatus } = assignments.find((assignment) => assignment.key === key) ?? {};
  return `${status}/${businessStatus}`;
};

beforeAll(async () => {
  test = await openTestRecord();
  await clock('2026-03-01T10:00:00-05:00');
  const created = await createPlan(test.record, tenant, sarahsPlan);
  planId = created.planId;
  for (const { key, ...log } of sarahsLogs) {
    // logged right after it happened
    await clock(new Date(Date.parse(log.performedAt) + 30 * 60_000).toISOString());
    await logHomework(test.record, tenant, {
      ...log,
      assignmentId: assignmentId(created.state, key),
      patientId: 'sarah',
    });
  }
}, 60_000);
afterAll(() => test.close());

describe("Sarah's case through the use cases", () => {
  it('is overdue from 04:00 on the day after, and missed a day later', async () => {
    await clock('2026-03-24T03:59:59-04:00');
    expect(await statusOf('4b')).toBe('requested/assigned');
    await clock('2026-03-24T04:00:01-04:00');
    expect(await statusOf('4b')).toBe('requested/overdue');
    await clock('2026-03-25T03:59:59-04:00');
    expect(await statusOf('4b')).toBe('requested/overdue');
    await clock('2026-03-25T04:00:01-04:00');
    expect(await statusOf('4b')).toBe('failed/missed');
    expect(await statusOf('4c')).toBe('draft/locked');
  });

  it('takes the barrier and its talking over', async () => {
    await clock('2026-03-25T15:00:00-04:00');
    const view = await getPlan(test.record, tenant, planId);
    const { barrier } = await recordBarrier(test.record, tenant, {
      of: { artefact: 'assignment', id: assignmentId(view, '4b') },
      code: 'fear',
    });
    await talkOverBarrier(test.record, tenant, { barrierId: barrier.id });
    expect((await getPlan(test.record, tenant, planId)).barriers).toMatchObject([
      { code: 'fear', saidBy: 'patient', talkedOverAt: '2026-03-25T19:00:00.000Z' },
    ]);
  });

  it('comes to the numbers made by hand', async () => {
    const view = await getPlan(test.record, tenant, planId);
    expect(view.assignments).toHaveLength(6);
    expect(view.occurrences).toHaveLength(7);
    expect(view.logs.map(({ resolution }) => resolution)).toEqual([
      'resolved',
      'resolved',
      'resolved',
      'resolved',
      'late',
      'resolved',
    ]);
    const ofPlan = view.adherences.find((adherence) => adherence.assignmentId === undefined);
    expect(ofPlan).toMatchObject({
      counts: { expected: 7, due: 7, done: 6, onTime: 5, late: 1, missed: 1, open: 0, excused: 0, adHoc: 0, extra: 0 },
      percent: 85.7,
      onTimePercent: 71.4,
    });
  });

  it('stands in FHIR in the same transaction, and is wanted in the EHR', async () => {
    const { rows } = await test.database.query(
      `select type, artefact, count(*) as n from resource where tenant = $1 group by type, artefact order by type, artefact`,
      [tenant],
    );
    const count = (type: string, artefact: string) =>
      rows.find((row) => row.type === type && row.artefact === artefact)?.n;
    expect(count('CarePlan', 'plan')).toBe(1);
    expect(count('Task', 'assignment')).toBe(6);
    expect(count('Task', 'occurrence')).toBe(7);
    expect(count('QuestionnaireResponse', 'log')).toBe(6);
    // 36 of the logs, and the barrier
    expect(count('Observation', 'measure')).toBe(37);
    const ledger = await test.database.query(
      `select count(*) as n from resource r left join ledger l on l.tenant = r.tenant and l.artefact = r.artefact and l.id = r.id and l.state = 'pending'
       where r.artefact <> 'goal' and l.id is null`,
    );
    expect(ledger.rows).toEqual([{ n: 0 }]);
  });

  it('is told in a report that lists what is wanted, each at its version', async () => {
    const { report } = await fileReport(test.record, tenant, { planId, author: 'Practitioner/dr-okafor' });
    expect(report.text).toContain('85.7');
    expect(report.text.trimEnd().split('\n').at(-1)).toBe(`[IS:${report.id}:v1]`);
    const { ledger } = await getPlan(test.record, tenant, planId);
    const wanted = ledger.filter((row) => row.artefact !== 'report').map(({ artefact, id }) => `${artefact}/${id}`);
    expect(report.members.map(({ artefact, id }) => `${artefact}/${id}`).toSorted()).toEqual(wanted.toSorted());
  });
});

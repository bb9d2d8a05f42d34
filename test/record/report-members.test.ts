import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { landNoted } from '../../src/delivery/land-noted.ts';
import type { Report } from '../../src/homework/model.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { previewReport } from '../../src/record/use-cases/preview-report.ts';
import { retractLog } from '../../src/record/use-cases/retract-log.ts';
import { setSandboxClock } from '../../src/record/use-cases/set-sandbox-clock.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsLogs, sarahsPlan } from './sarah-case.ts';

const tenant = 'sandbox';
let test: TestRecord;
let planId: string;
let first: Report;

const at = async (set: string) => {
  await setSandboxClock(test.record, { tenants: [tenant], set });
  await sweepPlans(test.record);
};
async function log(which: number) {
  const found = sarahsLogs[which];
  if (found === undefined) throw new Error('the case has changed');
  const { key, ...said } = found;
  await at(said.performedAt);
  const { assignments } = await getPlan(test.record, tenant, planId);
  const assignmentId = assignments.find((assignment) => assignment.key === key)?.id ?? '';
  return (await logHomework(test.record, tenant, { ...said, assignmentId, patientId: 'sarah' })).log;
}
const file = async () => (await fileReport(test.record, tenant, { planId, author: 'Practitioner/dr-okafor' })).report;
const named = ({ members }: Report) =>
  members.map(({ artefact, id, version }) => `${artefact}/${id} v${version}`).sort();
/** What is wanted in the EHR of this plan beside reports, at the version it has now. */
async function wanted(): Promise<readonly string[]> {
  const { rows } = await test.database.query<{ name: string }>(
    `select artefact || '/' || id || ' v' || wanted as name from ledger
      where plan_id = $1 and artefact not in ('report', 'safety') and state <> 'withdrawn'`,
    [planId],
  );
  return rows.map(({ name }) => name).sort();
}

beforeEach(async () => {
  test = await openTestRecord();
  await at('2026-03-01T10:00:00-05:00');
  planId = (await createPlan(test.record, tenant, sarahsPlan)).planId;
  await log(0);
  await log(1);
  await at('2026-03-05T10:00:00-05:00');
  first = await file();
}, 60_000);
afterEach(() => test.close());

describe('what a report stands for in the EHR', () => {
  it('is everything in the first one', async () => {
    expect(named(first)).toEqual(await wanted());
  });

  it('is nothing yet where a note is only read', async () => {
    await log(2);
    await at('2026-03-10T10:00:00-04:00');
    expect((await previewReport(test.record, tenant, { planId })).content.members).toBe('');
    expect((await file()).content?.members).toContain('log/');
  });

  it('is the plan in a later one, and what no report before it told as it stands now', async () => {
    const { id } = await log(2);
    await at('2026-03-10T10:00:00-04:00');
    const second = await file();
    const before = new Set(named(first));
    const now = await wanted();
    expect(named(second)).toEqual(now.filter((name) => name.startsWith('plan/') || !before.has(name)));
    // the new log, and its time, which stood otherwise in the first
    expect(second.members).toContainEqual({ artefact: 'log', id, version: 1 });
    expect(second.members.filter(({ artefact }) => artefact === 'occurrence')).not.toEqual([]);
    const later = second.members.filter(({ artefact, version }) => artefact !== 'plan' && version > 1);
    expect(later).not.toEqual([]);
    expect(second.members.length).toBeLessThan(first.members.length);
    // nothing is told by neither
    const told = new Set([...before, ...named(second)]);
    expect(now.filter((name) => !told.has(name))).toEqual([]);
  });

  it('is everything again after a person kept the one before out of the chart', async () => {
    await test.database.query(`update ledger set state = 'withdrawn' where artefact = 'report' and id = $1`, [
      first.id,
    ]);
    await log(2);
    await at('2026-03-10T10:00:00-04:00');
    expect(named(await file())).toEqual(await wanted());
  });

  it('is no less because a later report was kept out', async () => {
    await log(2);
    await at('2026-03-10T10:00:00-04:00');
    const second = await file();
    await test.database.query(`update ledger set state = 'withdrawn' where artefact = 'report' and id = $1`, [
      second.id,
    ]);
    await at('2026-03-11T10:00:00-04:00');
    const third = await file();
    const before = new Set(named(first));
    const now = await wanted();
    expect(named(third)).toEqual(now.filter((name) => name.startsWith('plan/') || !before.has(name)));
  });

  it('leaves nothing untold where notes are all there is, whichever note lands first', async () => {
    const wait = `update ledger set landing = 'note', state = 'waiting', reason_code = 'report' where artefact not in ('report', 'safety') and landed < wanted`;
    const land = async ({ id }: Report) => {
      await test.database.query(
        `update ledger set landing = 'native', state = 'landed', landed = wanted, ehr_reference = 'DocumentReference/' || id
          where artefact = 'report' and id = $1`,
        [id],
      );
      await landNoted(test.database, tenant, [planId], new Date());
    };
    const waiting = async () =>
      (
        await test.database.query<{ name: string }>(
          `select artefact || '/' || id || ' v' || wanted as name from ledger where artefact <> 'report' and landed < wanted`,
        )
      ).rows
        .map(({ name }) => name)
        .sort();
    const { id } = await log(2);
    await at('2026-03-10T10:00:00-04:00');
    await test.database.query(wait);
    const second = await file();
    const now = await wanted();
    await land(second);
    // what only the first tells waits for the first
    expect(await waiting()).toEqual(now.filter((name) => !named(second).includes(name)));
    await land(first);
    expect(await waiting()).toEqual([]);
    // what is put right after it was told is told again, as it is then
    await at('2026-03-11T10:00:00-04:00');
    await retractLog(test.record, tenant, { logId: id });
    await test.database.query(wait);
    expect(await waiting()).toContain(`log/${id} v2`);
    await at('2026-03-12T04:00:00-04:00');
    const addendum = (await getPlan(test.record, tenant, planId)).reports.find(
      ({ addendumTo }) => addendumTo !== undefined,
    );
    expect(addendum?.members).toContainEqual({ artefact: 'log', id, version: 2 });
    const third = await file();
    expect(third.members.map((member) => member.id)).not.toContain(id);
    await test.database.query(wait);
    if (addendum === undefined) throw new Error('there is an addendum');
    await land(addendum);
    await land(third);
    expect(await waiting()).toEqual([]);
  });

  it('is told again by the next when both before it were kept out, and by none when the first may go after all', async () => {
    const keep = (state: string, { id }: Report) =>
      test.database.query(`update ledger set state = $2 where artefact = 'report' and id = $1`, [id, state]);
    await log(2);
    await at('2026-03-10T10:00:00-04:00');
    const second = await file();
    await keep('withdrawn', first);
    await keep('withdrawn', second);
    await at('2026-03-11T10:00:00-04:00');
    const third = await file();
    expect(named(third)).toEqual(await wanted());
    await keep('withdrawn', third);
    await keep('pending', first);
    await keep('pending', second);
    await at('2026-03-12T10:00:00-04:00');
    const fourth = await file();
    const before = new Set([...named(first), ...named(second)]);
    expect(named(fourth)).toEqual((await wanted()).filter((name) => name.startsWith('plan/') || !before.has(name)));
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import { revisionOf } from '../../../src/homework/plan/step-words.ts';
import { addAssignment } from '../../../src/record/use-cases/add-assignment.ts';
import { changeAssignment } from '../../../src/record/use-cases/change-assignment.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { getPlan } from '../../../src/record/use-cases/get-plan.ts';
import { logHomework } from '../../../src/record/use-cases/log-homework.ts';
import { makeSmaller } from '../../../src/record/use-cases/make-smaller.ts';
import { rewordPlan } from '../../../src/record/use-cases/reword-plan.ts';
import { setSandboxClock } from '../../../src/record/use-cases/set-sandbox-clock.ts';
import { openTestRecord, type TestRecord } from '../open-test-record.ts';
import { sarahsLogs, sarahsPlan } from '../sarah-case.ts';
import { contentOfTables, exportAll, importAll, wipe } from './copy-record.ts';

let test: TestRecord;
let planId: string;
const tenant = 'sandbox';
const by = 'Practitioner/dr-okafor';
const window = { start: '2026-03-02', end: '2026-03-27' };

const clock = (set: string) => setSandboxClock(test.record, { tenants: [tenant], set });
const view = () => getPlan(test.record, tenant, planId);
async function step(key: string) {
  const found = (await view()).assignments.find((assignment) => assignment.key === key);
  if (found === undefined) throw new Error(`no step ${key}`);
  return found;
}

/** Sarah logs once; her clinician makes it two, says it otherwise, puts a smaller step before the next and one more at the end. */
async function changeMuch(): Promise<void> {
  const [first] = sarahsLogs;
  if (first === undefined) throw new Error('Sarah has logs');
  await clock('2026-03-01T10:00:00-05:00');
  ({ planId } = await createPlan(test.record, tenant, sarahsPlan));
  await clock('2026-03-02T12:00:00-05:00');
  const { key: _key, ...log } = first;
  const monitored = await step('1');
  await logHomework(test.record, tenant, { ...log, assignmentId: monitored.id, patientId: 'sarah' });
  await clock('2026-03-03T12:00:00-05:00');
  const of = { assignmentId: monitored.id, by };
  await changeAssignment(test.record, tenant, {
    ...{ ...of, basedOn: revisionOf(await step('1')), reason: 'One more is enough\nfor now' },
    schedule: { type: 'event', event: 'team meeting', count: 2, text: 'next two team meetings', window },
  });
  await changeAssignment(test.record, tenant, {
    ...of,
    basedOn: revisionOf(await step('1')),
    title: 'Notice what happens',
  });
  const hard = await step('2');
  await makeSmaller(test.record, tenant, {
    ...{ assignmentId: hard.id, basedOn: revisionOf(hard), by, reason: 'Too big' },
    smaller: { title: 'Ask one colleague', schedule: { type: 'once-within', days: 3 } },
  });
  await addAssignment(test.record, tenant, {
    ...{ planId, key: '5', kind: 'self-monitoring', title: 'One more', unlock: { type: 'by-clinician' } },
    schedule: { type: 'once', by: '2026-04-10' },
  });
  await rewordPlan(test.record, tenant, { planId, by, basedOn: 1, title: 'Speaking up at work', end: '2026-04-30' });
}

beforeAll(async () => {
  test = await openTestRecord();
  await changeMuch();
}, 60_000);
afterAll(() => test.close());

describe('a plan that was changed while it ran', () => {
  it('keeps whose words what was done had, and has the same Task for it as before', async () => {
    const { occurrences } = await view();
    const one = await step('1');
    const own = occurrences.filter(({ assignmentId }) => assignmentId === one.id);
    expect(own.map(({ status, words }) => [status, words])).toEqual([
      ['done', 1],
      ['due', undefined],
    ]);
    const { rows } = await test.database.query<{ id: string; title: string; version: number }>(
      `select id, content::jsonb->>'description' as title, version from resource
       where tenant = $1 and type = 'Task' and id like $2 order by id`,
      [tenant, `${one.id}%`],
    );
    expect(rows).toEqual([
      { id: one.id, title: 'Notice what happens', version: expect.any(Number) },
      // written when it was logged, and not again since
      { id: `${one.id}.1`, title: 'Notice what happens in three meetings', version: 2 },
      { id: `${one.id}.2`, title: 'Notice what happens', version: expect.any(Number) },
    ]);
  });

  it('is the same after export, loss and import: rows, resources, changes', async () => {
    const before = await contentOfTables(test.database);
    const shown = await view();
    const exported = await exportAll(test.record, tenant);
    await wipe(test.database);
    expect(await importAll(test.record, tenant, exported)).toEqual([{ planId, outcome: 'imported', madeAnew: [] }]);
    expect(await contentOfTables(test.database)).toEqual(before);
    const { ledger: _anew, ...again } = await view();
    expect({ ...again, ledger: shown.ledger }).toEqual(shown);
    expect((await step('1')).changes).toMatchObject([
      { by, reason: 'One more is enough\nfor now', schedule: { from: { count: 3 }, to: { count: 2 } } },
      { by, title: { from: 'Notice what happens in three meetings', to: 'Notice what happens' } },
    ]);
    expect((await step('2')).changes).toMatchObject([
      { goesWith: '1', unlock: { to: { criterion: { count: 2 } } } },
      { smaller: '2-1', reason: 'Too big', unlock: { to: { after: '2-1' } } },
    ]);
    expect(again.plan.changes).toMatchObject([{ title: { to: 'Speaking up at work' }, end: { to: '2026-04-30' } }]);
  });

  it('made anew by the same commands is the same plan, id by id', async () => {
    const ids = async () => {
      const { assignments, occurrences } = await view();
      return {
        steps: assignments.map(({ id, key, step: place }) => [place, key, id]),
        times: occurrences.map(({ id }) => id),
      };
    };
    const before = await ids();
    await wipe(test.database);
    await changeMuch();
    expect(await ids()).toEqual(before);
  });

  it('refuses a change with a hole in it when it is imported, by its place', async () => {
    const [bundle] = await exportAll(test.record, tenant);
    const text = JSON.stringify(bundle);
    const json = Buffer.from(JSON.stringify([{ at: 'yesterday', title: { to: 'x' } }])).toString('base64');
    const broken = JSON.parse(text.replace(/("url":"redesigned","valueBase64Binary":")[^"]*/, `$1${json}`));
    await wipe(test.database);
    await expect(importAll(test.record, tenant, [broken])).rejects.toSatisfy(
      (error) => hasCode(error, 'invalid-request') && JSON.stringify(error.fields).includes('changes'),
    );
  });
});

describe('two clinicians who change one step at the same time', () => {
  it('do not write over each other: the second is told, and nothing of theirs is stored', async () => {
    await wipe(test.database);
    await changeMuch();
    const one = await step('1');
    const change = (title: string) =>
      changeAssignment(test.record, tenant, { assignmentId: one.id, by, basedOn: revisionOf(one), title });
    const asked = await Promise.allSettled([change('Mine'), change('Theirs')]);
    const refused = asked.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
    expect(refused).toHaveLength(1);
    expect(hasCode(refused[0], 'version-conflict')).toBe(true);
    expect((await step('1')).changes).toHaveLength(3);
  });
});

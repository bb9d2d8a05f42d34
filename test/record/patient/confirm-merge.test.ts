import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildLedger } from '../../../src/record/ledger/rebuild-ledger.ts';
import { type ConfirmMerge, confirmMerge } from '../../../src/record/patient/confirm-merge.ts';
import { keepNextVisits } from '../../../src/record/patient/keep-next-visits.ts';
import { listMerges } from '../../../src/record/patient/list-merges.ts';
import { readStanding } from '../../../src/record/patient/read-standing.ts';
import { formerIdsOf, survivorOf } from '../../../src/record/patient/survivor-of.ts';
import { noteContact } from '../../../src/record/roster/note-contact.ts';
import { listSafetySignals } from '../../../src/record/safety/list-safety-signals.ts';
import { raiseSafetySignal } from '../../../src/record/safety/raise-safety-signal.ts';
import { readResource } from '../../../src/record/store/read-resource.ts';
import { closePlan } from '../../../src/record/use-cases/close-plan.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../../src/record/use-cases/file-report.ts';
import { giveFeedback } from '../../../src/record/use-cases/give-feedback.ts';
import { logHomework } from '../../../src/record/use-cases/log-homework.ts';
import { previewReport } from '../../../src/record/use-cases/preview-report.ts';
import { recordBarrier } from '../../../src/record/use-cases/record-barrier.ts';
import { setSandboxClock } from '../../../src/record/use-cases/set-sandbox-clock.ts';
import { openTestRecord, type TestRecord } from '../open-test-record.ts';
import { sarahsLogs, sarahsPlan } from '../sarah-case.ts';

const tenant = 'north';
const therapist = 'Practitioner/dr-okafor';
const decided = { by: 'Practitioner/integration-lee', reason: 'registered twice' };
const { key: _key, ...firstLog } = sarahsLogs[0] ?? { key: '', performedAt: '', answers: {} };
let test: TestRecord;
let old: string;
let survivor: string;
let planId: string;
let assignmentId: string;

beforeAll(async () => {
  test = await openTestRecord();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.setTime('2026-03-01T15:00:00.000Z');
  [old, survivor] = [`old-${randomUUID()}`, `new-${randomUUID()}`];
  ({ planId, assignmentId } = await planOf(old, 'plan'));
});

async function planOf(patientId: string, sourceId: string) {
  const command = { ...sarahsPlan, patientId, clientId: 'product', sourceId: `${sourceId}-${patientId}` };
  const { planId: made, state } = await createPlan(test.record, tenant, command);
  return { planId: made, assignmentId: state.assignments[0]?.id ?? '' };
}

/** The EHR merges them: the old one names the survivor. */
function merge(from = old, to = survivor): void {
  test.standings.set(from, { answer: 'known', standing: { state: 'merged', survivorId: to }, replaces: [] });
}
const confirm = (more: Partial<ConfirmMerge> = {}) =>
  confirmMerge(test.record, tenant, { patientId: old, survivorId: survivor, ...decided, ...more });

/** Everything that a plan can have. */
async function fill(): Promise<void> {
  await raiseSafetySignal(test.record, tenant, {
    patientId: old,
    rule: 'other-concern',
    by: { type: 'person', reference: therapist },
  });
  test.setTime('2026-03-02T15:30:00.000Z');
  await logHomework(test.record, tenant, {
    ...firstLog,
    sourceId: `log-${old}`,
    clientId: 'product',
    patientId: old,
    assignmentId,
  });
  await recordBarrier(test.record, tenant, { of: { artefact: 'assignment', id: assignmentId }, code: 'fear' });
  await giveFeedback(test.record, tenant, {
    of: { artefact: 'plan', id: planId },
    author: `Patient/${old}`,
    text: `about Patient/${old}`,
  });
  await noteContact(test.record, tenant, { patientId: old, by: therapist, note: 'called' });
  const { digest } = await previewReport(test.record, tenant, { planId });
  await fileReport(test.record, tenant, { planId, author: therapist, digest });
}

/** Every row of every table in which the patient is still named, but where a merge itself is told. */
async function naming(patientId: string): Promise<string[]> {
  const { rows: tables } = await test.database.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const told = ['patient', 'patient_standing', 'patient_merge', 'source_key', 'attempt'];
  const found: string[] = [];
  for (const { name } of tables.filter((table) => !told.includes(table.name))) {
    const sql = `select to_jsonb(t)::text as row from "${name}" t where strpos(to_jsonb(t)::text, $1) > 0`;
    const { rows } = await test.database.query<{ row: string }>(sql, [patientId]);
    found.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return found;
}

describe('a confirmed merge', () => {
  it('was confirmed when it was confirmed, whatever time a pinned clock of the tenant shows', async () => {
    await setSandboxClock(test.record, { tenants: ['sandbox'], set: '2026-07-01T09:00:00.000Z' });
    test.setTime('2026-03-03T10:00:00.000Z');
    const [from, to] = [`pinned-${randomUUID()}`, `goes-on-${randomUUID()}`];
    merge(from, to);
    await confirmMerge(test.record, 'sandbox', { patientId: from, survivorId: to, ...decided });
    const { confirmed } = await listMerges(test.record, 'sandbox');
    expect(confirmed[0]).toMatchObject({ patientId: from, confirmedAt: '2026-03-03T10:00:00.000Z' });
  });

  it('moves everything that names the patient, in the record, at our endpoint and in the ledger; words stay words', async () => {
    await fill();
    const before = await naming(old);
    expect(new Set(before.map((row) => row.split(' ')[0]))).toEqual(
      new Set([
        'assignment',
        'barrier',
        'contact',
        'feedback',
        'landing_group',
        'ledger',
        'log',
        'occurrence',
        'plan',
        'report',
        'resource',
        'roster_patient',
        'safety_signal',
        'search_value',
      ]),
    );
    merge();
    const hints = test.hints();
    expect(await confirm()).toMatchObject({ patientId: old, survivorId: survivor, confirmedBy: decided.by, plans: 1 });
    expect(test.hints()).toBeGreaterThan(hints);
    const left = await naming(old);
    // what somebody wrote is theirs, whatever it looks like
    expect(left.map((row) => row.split(' ')[0])).toEqual(expect.arrayContaining(['feedback', 'resource']));
    const words = new RegExp(`about[\\\\n\\s]+Patient/${old}`, 'g');
    const others = left.map((row) => row.replace(words, '')).filter((row) => row.includes(old));
    expect(others.map((row) => row.slice(Math.max(0, row.indexOf(old) - 200), row.indexOf(old) + 60))).toEqual([]);
    expect((await naming(survivor)).length).toBe(before.length);
    const carePlan = await readResource(test.record, tenant, { type: 'CarePlan', id: planId });
    expect(carePlan).toMatchObject({ resource: { subject: { reference: `Patient/${survivor}` } } });
  });

  it('wants anew what stands in the EHR by itself or never got there; a filed note and what a report told stay', async () => {
    await fill();
    const set = (artefact: string, reference: string | null) =>
      test.database.query(
        `update ledger set state = 'landed', landed = wanted, ehr_reference = $3 where plan_id = $1 and artefact = $2`,
        [planId, artefact, reference],
      );
    await set('plan', 'CarePlan/17');
    await set('report', 'DocumentReference/18');
    await set('measure', null);
    merge();
    await confirm();
    const { rows } = await test.database.query<{ artefact: string; state: string; behind: boolean; reference: string }>(
      `select distinct artefact, state, wanted > landed as behind, ehr_reference as reference from ledger where plan_id = $1`,
      [planId],
    );
    const of = (artefact: string) => rows.filter((row) => row.artefact === artefact);
    expect(of('plan')).toEqual([{ artefact: 'plan', state: 'pending', behind: true, reference: 'CarePlan/17' }]);
    expect(of('log')).toMatchObject([{ state: 'pending', behind: true }]);
    expect(of('report')).toMatchObject([{ state: 'landed', behind: false, reference: 'DocumentReference/18' }]);
    expect(of('measure')).toMatchObject([{ state: 'landed', behind: false }]);
    const { rows: groups } = await test.database.query<{ due: boolean; disposition: string; detail: string }>(
      `select g.due, a.disposition, a.detail from landing_group g join attempt a on a.tenant = g.tenant and a.id = g.attempt_id where g.plan_id = $1`,
      [planId],
    );
    expect(groups.length).toBeGreaterThan(5);
    for (const group of groups) {
      expect(group).toEqual({
        due: true,
        disposition: 'person:merge',
        detail: `Patient/${old} is Patient/${survivor}, said by ${decided.by}`,
      });
    }
  });

  it.each<[what: string, learned: readonly (readonly [whose: 'old' | 'survivor', day: string])[], left: string]>([
    ['of the old one alone', [['old', '2026-03-09']], '2026-03-09'],
    ['of the survivor alone', [['survivor', '2026-03-12']], '2026-03-12'],
    [
      'of both, the survivor’s learned last, though it is the earlier one',
      [
        ['old', '2026-03-16'],
        ['survivor', '2026-03-12'],
      ],
      '2026-03-12',
    ],
    [
      'of both, the old one’s learned last, though it is the earlier one',
      [
        ['survivor', '2026-03-12'],
        ['old', '2026-03-09'],
      ],
      '2026-03-09',
    ],
  ])('leaves the next visit that was learned last: %s', async (_what, learned, left) => {
    await planOf(survivor, 'own');
    for (const [minute, [whose, day]] of learned.entries()) {
      test.setTime(`2026-03-01T15:0${minute}:00.000Z`);
      await keepNextVisits(test.record, tenant, new Map([[whose === 'old' ? old : survivor, day]]));
    }
    merge();
    await confirm();
    const { rows } = await test.database.query<{ day: string }>(
      `select to_char(at at time zone 'America/New_York', 'YYYY-MM-DD') as day from next_visit where tenant = $1 and patient_id in ($2, $3)`,
      [tenant, old, survivor],
    );
    expect(rows).toEqual([{ day: left }]);
    const { rows: swept } = await test.database.query<{ soon: boolean }>(
      `select sweep_at = 'epoch' as soon from plan where tenant = $1 and patient_id = $2`,
      [tenant, survivor],
    );
    expect(swept.map(({ soon }) => soon)).toEqual([true, true]);
  });

  it('leaves nothing for a rebuild to mend', async () => {
    await fill();
    merge();
    await confirm();
    const { rows: before } = await test.database.query(
      'select artefact, id, wanted from ledger where plan_id = $1 order by 1, 2',
      [planId],
    );
    await rebuildLedger(test.record, tenant);
    const { rows: after } = await test.database.query(
      'select artefact, id, wanted from ledger where plan_id = $1 order by 1, 2',
      [planId],
    );
    expect(after).toEqual(before);
  });

  it('said again changes nothing; said of another survivor it is refused', async () => {
    merge();
    const first = await confirm();
    expect(await confirm()).toEqual(first);
    await expect(confirm({ survivorId: 'somebody' })).rejects.toMatchObject({ code: 'not-supported' });
  });

  it('of several plans, closed ones too, beside the survivor’s own', async () => {
    const second = await planOf(old, 'second');
    await closePlan(test.record, tenant, { planId: second.planId, status: 'completed', reason: 'done' });
    const own = await planOf(survivor, 'own');
    merge();
    expect(await confirm()).toMatchObject({ plans: 2 });
    const { rows } = await test.database.query('select id from plan where tenant = $1 and patient_id = $2', [
      tenant,
      survivor,
    ]);
    expect(rows.map(({ id }) => id).sort()).toEqual([planId, second.planId, own.planId].sort());
    expect(await naming(old)).toEqual([]);
  });

  it('is followed when the survivor is merged on', async () => {
    merge();
    await confirm();
    const last = `last-${randomUUID()}`;
    merge(survivor, last);
    await confirm({ patientId: survivor, survivorId: last });
    expect(await survivorOf(test.database, tenant, old)).toBe(last);
    expect(await formerIdsOf(test.database, tenant, last)).toEqual([survivor, old].sort());
    expect(await survivorOf(test.database, 'south', old)).toBe(old);
    // never round in a circle, whatever the EHR says
    test.standings.set(old, { answer: 'known', standing: { state: 'current' }, replaces: [last] });
    await expect(confirm({ patientId: last, survivorId: old })).rejects.toMatchObject({ code: 'not-supported' });
  });
});

describe('safety signals of two who are one', () => {
  const raise = (patientId: string) =>
    raiseSafetySignal(test.record, tenant, {
      patientId,
      rule: 'other-concern',
      by: { type: 'person', reference: therapist },
    });

  it('open on both: one stays open, the other is closed in its favour by who confirmed it', async () => {
    await planOf(survivor, 'own');
    const theirs = (await raise(old)).signal;
    const own = (await raise(survivor)).signal;
    merge();
    await confirm();
    const signals = await listSafetySignals(test.record, tenant, { patientId: survivor });
    expect(signals.map(({ id, status, ordinal }) => [id, status, ordinal])).toEqual([
      [own.id, 'open', 1],
      [theirs.id, 'closed', 2],
    ]);
    expect(signals[1]).toMatchObject({ closedBy: decided.by, closeReason: expect.stringContaining(own.id) });
    // the next one gets a number of its own
    expect((await raise(survivor)).signal.id).toBe(own.id);
  });

  it('open on the old one only: it is the survivor’s, and open; one raised under the old id is heard', async () => {
    const { signal } = await raise(old);
    merge();
    await confirm();
    expect(await listSafetySignals(test.record, tenant, { patientId: survivor, status: 'open' })).toMatchObject([
      { id: signal.id, patientId: survivor },
    ]);
    const again = await raise(old);
    expect(again.signal).toMatchObject({ id: signal.id, patientId: survivor });
  });
});

describe('a merge is refused', () => {
  const stand = (id: string, standing: Parameters<TestRecord['standings']['set']>[1]) =>
    test.standings.set(id, standing);
  it.each([
    ['when the EHR says nothing of it', () => {}, 'not-supported'],
    ['when the EHR names somebody else', () => merge(old, 'third'), 'not-supported'],
    [
      'when the EHR names nobody alone',
      () => stand(old, { answer: 'known', standing: { state: 'merged' }, replaces: [] }),
      'not-supported',
    ],
    [
      'when the old one is merely inactive',
      () => stand(old, { answer: 'known', standing: { state: 'inactive' }, replaces: [] }),
      'not-supported',
    ],
    [
      'when the old one is gone and the survivor says nothing',
      () => stand(old, { answer: 'unknown' }),
      'not-supported',
    ],
    ['when the EHR has no such survivor', () => [merge(), stand(survivor, { answer: 'unknown' })], 'not-supported'],
    ['when the survivor was merged itself', () => [merge(), merge(survivor, 'third')], 'not-supported'],
    [
      'when the survivor is inactive',
      () => [merge(), stand(survivor, { answer: 'known', standing: { state: 'inactive' }, replaces: [old] })],
      'not-supported',
    ],
    ['when the EHR does not answer', () => [merge(), stand(survivor, { answer: 'unreachable' })], 'ehr-unreachable'],
  ])('%s, and nothing moves', async (_when, say, code) => {
    say();
    await expect(confirm()).rejects.toMatchObject({ code });
    expect(await naming(survivor)).toEqual([]);
    expect(await survivorOf(test.database, tenant, old)).toBe(old);
  });

  it('while something of the patient is being sent', async () => {
    merge();
    await test.database.query(`update landing_group set lease_until = $2 where plan_id = $1`, [
      planId,
      '2026-03-01T15:00:10.000Z',
    ]);
    await expect(confirm()).rejects.toMatchObject({
      code: 'not-supported',
      message: expect.stringContaining('being sent'),
    });
    expect(await naming(survivor)).toEqual([]);
  });

  it.each([
    ['without a person', { by: 'Patient/x' }],
    ['without a reason', { reason: ' ' }],
  ])('%s', async (_what, more) => {
    merge();
    await expect(confirm(more)).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('when the old one was un-merged, though the survivor’s link was left behind', async () => {
    test.standings.set(old, { answer: 'known', standing: { state: 'current' }, replaces: [] });
    test.standings.set(survivor, { answer: 'known', standing: { state: 'current' }, replaces: [old] });
    await expect(confirm()).rejects.toMatchObject({
      code: 'not-supported',
      message: expect.stringContaining(`holds Patient/${old} as active`),
    });
    expect(await survivorOf(test.database, tenant, old)).toBe(old);
  });

  it('when the old one names another than the one who claims to replace them', async () => {
    merge(old, 'third');
    test.standings.set(survivor, { answer: 'known', standing: { state: 'current' }, replaces: [old] });
    await expect(confirm()).rejects.toMatchObject({
      code: 'not-supported',
      message: expect.stringContaining('Patient/third'),
    });
  });

  it('when the EHR’s merges are a circle that does not hold the survivor', async () => {
    const [oldId, newId] = [`one-${randomUUID()}`, `two-${randomUUID()}`];
    merge(old, oldId);
    merge(oldId, newId);
    merge(newId, oldId);
    await expect(confirm()).rejects.toMatchObject({ code: 'not-supported' });
  });

  it('not, when the EHR merged the survivor on before anybody confirmed: the last of the chain takes all', async () => {
    const [oldId, newId] = [`one-${randomUUID()}`, `two-${randomUUID()}`];
    merge(old, oldId);
    merge(oldId, newId);
    merge(newId, survivor);
    await expect(confirm({ survivorId: oldId })).rejects.toMatchObject({ code: 'not-supported' });
    expect(await confirm()).toMatchObject({ survivorId: survivor, plans: 1 });
    expect(await survivorOf(test.database, tenant, old)).toBe(survivor);
  });

  it('not, when the old one is gone and the survivor says that they stand in their place', async () => {
    stand(old, { answer: 'unknown' });
    stand(survivor, { answer: 'known', standing: { state: 'current' }, replaces: [old] });
    expect(await confirm()).toMatchObject({ plans: 1 });
  });
});

describe('a source that goes on naming the old patient', () => {
  beforeEach(() => test.setTime('2026-03-02T15:30:00.000Z'));
  const log = (patientId: string, sourceId: string) =>
    logHomework(test.record, tenant, { ...firstLog, sourceId, clientId: 'product', patientId, assignmentId });
  const plan = (patientId: string, sourceId: string) =>
    createPlan(test.record, tenant, { ...sarahsPlan, patientId, clientId: 'product', sourceId });

  it('finds the same artefacts, and so does one that names the survivor', async () => {
    const first = `log-${old}`;
    const logged = await log(old, first);
    merge();
    await confirm();
    expect(await log(old, first)).toMatchObject({ created: false, log: { id: logged.log.id, patientId: survivor } });
    expect(await log(survivor, first)).toMatchObject({ created: false, log: { id: logged.log.id } });
    expect(await plan(old, `plan-${old}`)).toMatchObject({ created: false, planId });
    expect(await plan(survivor, `plan-${old}`)).toMatchObject({ created: false, planId });
    await expect(log('somebody-else', first)).rejects.toMatchObject({ code: 'source-id-conflict' });
  });

  it('may log on, but gets no new plan there', async () => {
    merge();
    await confirm();
    expect(await log(old, `next-${old}`)).toMatchObject({ created: true, log: { patientId: survivor } });
    await expect(log('somebody-else', `other-${old}`)).rejects.toMatchObject({ code: 'foreign-assignment' });
    await expect(plan(old, `new-${old}`)).rejects.toMatchObject({
      code: 'patient-merged',
      fields: { patientId: old, survivorId: survivor },
    });
  });

  it('gets no new plan before anybody confirmed, either; the standing is kept and listed', async () => {
    merge();
    await expect(plan(old, `new-${old}`)).rejects.toMatchObject({ code: 'patient-merged' });
    expect(await readStanding(test.database, tenant, old)).toMatchObject({ state: 'merged', survivorId: survivor });
    const held = async () => (await listMerges(test.record, tenant)).held.find(({ patientId }) => patientId === old);
    expect(await held()).toMatchObject({ survivorId: survivor, plans: 1, waiting: expect.any(Number) });
    await confirm();
    expect(await held()).toBeUndefined();
    const { confirmed } = await listMerges(test.record, tenant);
    expect(confirmed.find(({ patientId }) => patientId === old)).toMatchObject({
      ...{ survivorId: survivor },
      reason: decided.reason,
    });
  });
});

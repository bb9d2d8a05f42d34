import type { Communication, DocumentReference, Flag, Task } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromFlag } from '../../src/fhir/from-flag.ts';
import { rebuildLedger } from '../../src/record/ledger/rebuild-ledger.ts';
import { listWorklist } from '../../src/record/roster/worklist.ts';
import { closeSafetySignal } from '../../src/record/safety/close-safety-signal.ts';
import { listSafetySignals } from '../../src/record/safety/list-safety-signals.ts';
import { raiseSafetySignal } from '../../src/record/safety/raise-safety-signal.ts';
import { amendLog } from '../../src/record/use-cases/amend-log.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { moveAssignment } from '../../src/record/use-cases/move-assignment.ts';
import { retractLog } from '../../src/record/use-cases/retract-log.ts';
import { writeLog } from '../../src/record/use-cases/write-log.ts';
import { countRows, openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
});
afterAll(() => test.close());
beforeEach(() => {
  test.onReach = () => {};
  test.setTime('2026-03-02T16:00:00.000Z');
});

const by = 'Practitioner/dr-okafor';
const reason = 'Talked on the phone; safety plan made';
let serial = 0;

/** A patient with a plan whose second step unlocks when three logs of the first are done. */
async function newPatient(tenantId = 'north', patientId = `patient-${++serial}`) {
  const { planId, state } = await createPlan(test.record, tenantId, {
    ...{ ...sarahsPlan, patientId, sourceId: `plan-${++serial}` },
  });
  const idOf = (key: string) => state.assignments.find((assignment) => assignment.key === key)?.id ?? '';
  const log = async (risk: boolean | undefined, changes: { withheld?: string[]; status?: 'in-progress' } = {}) => {
    const answers = { situation: 'Team meeting', ...(risk === undefined ? {} : { 'self-harm-thoughts': risk }) };
    const performedAt = '2026-03-02T10:00:00-05:00';
    const logged = await logHomework(test.record, tenantId, {
      ...{ assignmentId: idOf('1'), performedAt, answers, ...changes },
    });
    return logged.log;
  };
  const stepStatus = async (key: string) =>
    (await getPlan(test.record, tenantId, planId)).assignments.find((assignment) => assignment.key === key)?.status;
  const signals = () => listSafetySignals(test.record, tenantId, { patientId });
  return { patientId, planId, idOf, log, stepStatus, signals };
}

async function resources(id: string) {
  const { rows } = await test.database.query<{ content: Flag | Task | Communication | DocumentReference }>(
    'select content from resource where tenant = $1 and id like $2 order by type',
    ['north', `${id}%`],
  );
  return rows.map(({ content }) => content);
}

describe('a risk answer in a log', () => {
  it('raises a signal in the log’s own transaction, with its four resources and ledger rows', async () => {
    const patient = await newPatient();
    const log = await patient.log(true);
    const [signal] = await patient.signals();
    expect(signal).toMatchObject({
      ...{ patientId: patient.patientId, planId: patient.planId, rule: 'self-harm-thoughts', status: 'open' },
      evidence: [{ logId: log.id, linkId: 'self-harm-thoughts', value: true, by: { type: 'patient' } }],
    });
    const id = signal?.id ?? '';
    const [message, note, flag, task] = await resources(id);
    expect(message).toMatchObject({ resourceType: 'Communication', priority: 'urgent' });
    expect(note).toMatchObject({ resourceType: 'DocumentReference', docStatus: 'preliminary' });
    expect(flag?.resourceType === 'Flag' && fromFlag(flag)).toEqual(signal);
    expect(task).toMatchObject({ resourceType: 'Task', status: 'requested', focus: { reference: `Flag/${id}` } });
    const { rows } = await test.database.query(
      `select artefact, id, resource_type, state, plan_id from ledger where tenant = 'north' and group_id = $1 order by id`,
      [`safety:${id}`],
    );
    const row = (name: string, type: string) => ({
      ...{ artefact: 'safety', id: name, resource_type: type, state: 'pending', plan_id: patient.planId },
    });
    expect(rows).toEqual([
      row(id, 'Flag'),
      row(`${id}.message`, 'Communication'),
      row(`${id}.note`, 'DocumentReference'),
      row(`${id}.review`, 'Task'),
    ]);
  });

  it('is written with the log or not at all', async () => {
    const patient = await newPatient();
    const before = await countRows(test.database);
    test.onReach = (point) => {
      if (point === 'domain:before-commit') throw new Error('stopped here');
    };
    await expect(patient.log(true)).rejects.toThrow('stopped here');
    test.onReach = () => {};
    expect(await countRows(test.database)).toEqual(before);
    expect(await patient.signals()).toEqual([]);
  });

  it('is not lost when the patient saves it and closes the phone', async () => {
    const patient = await newPatient();
    const save = (answers: Record<string, unknown>) =>
      writeLog(test.record, 'north', {
        ...{ id: `4d7c2f0e-0000-4000-8000-${String(++serial).padStart(12, '0')}`, assignmentId: patient.idOf('1') },
        ...{ status: 'in-progress', answers, withheld: [], source: { type: 'patient' } },
      });
    await save({ 'self-harm-thoughts': true });
    expect(await patient.signals()).toHaveLength(1);
  });

  it('accumulates in the one that is open, and never twice for the same answer', async () => {
    const patient = await newPatient();
    const first = await patient.log(true);
    await patient.log(true);
    await amendLog(test.record, 'north', {
      logId: first.id,
      answers: { situation: 'Another', 'self-harm-thoughts': true },
    });
    const [signal, ...others] = await patient.signals();
    expect(others).toEqual([]);
    expect(signal?.evidence).toHaveLength(2);
    const [, , flag] = await resources(signal?.id ?? '');
    expect(flag?.extension?.filter(({ url }) => url.endsWith('/flag-detail'))).toHaveLength(2);
  });

  it('is raised when the answer is withheld, and tells nobody what it was', async () => {
    const patient = await newPatient();
    await patient.log(true, { withheld: ['self-harm-thoughts'] });
    const [signal] = await patient.signals();
    expect(signal?.evidence[0]).not.toHaveProperty('value');
    const notes = (await resources(signal?.id ?? '')).map((resource) =>
      resource.resourceType === 'DocumentReference'
        ? Buffer.from(resource.content[0]?.attachment.data ?? '', 'base64').toString()
        : '',
    );
    expect(notes.join('')).toContain('answer not shared');
  });

  it('is never cleared by an amendment or a retraction of its log', async () => {
    const patient = await newPatient();
    const log = await patient.log(true);
    await amendLog(test.record, 'north', {
      logId: log.id,
      answers: { situation: 'Team meeting', 'self-harm-thoughts': false },
    });
    expect((await patient.signals())[0]?.status).toBe('open');
    await retractLog(test.record, 'north', { logId: log.id });
    expect(await patient.signals()).toMatchObject([{ status: 'open', version: 1 }]);
  });
});

describe('while a signal is open', () => {
  it('nothing unlocks, in no plan of the patient, by no one; closing it lets it go on', async () => {
    const patient = await newPatient();
    const other = await newPatient('north', patient.patientId);
    await patient.log(undefined);
    await patient.log(undefined);
    await patient.log(true);
    expect(await patient.stepStatus('2')).toBe('draft');
    await expect(
      moveAssignment(test.record, 'north', {
        assignmentId: patient.idOf('2'),
        event: { type: 'unlock', by: { actor: by, reason: 'ready' } },
      }),
    ).rejects.toMatchObject({ code: 'illegal-move', fields: { because: 'a safety signal is open' } });
    for (let time = 0; time < 3; time += 1) await other.log(undefined);
    expect(await other.stepStatus('2')).toBe('draft');

    const [signal] = await patient.signals();
    const closed = await closeSafetySignal(test.record, 'north', { signalId: signal?.id ?? '', by, reason });
    expect(closed).toMatchObject({ status: 'closed', closedBy: by, closeReason: reason, version: 2 });
    expect([await patient.stepStatus('2'), await other.stepStatus('2')]).toEqual(['requested', 'requested']);
    const [, , flag, task] = await resources(closed.id);
    expect([flag, task]).toMatchObject([{ status: 'inactive' }, { status: 'completed' }]);
  });

  it('a signal by another rule keeps everything locked when one is closed', async () => {
    const patient = await newPatient();
    const command = { patientId: patient.patientId, by: { type: 'person', reference: by } } as const;
    await raiseSafetySignal(test.record, 'north', { ...command, rule: 'other-concern' });
    const { signal } = await raiseSafetySignal(test.record, 'north', { ...command, rule: 'harm-by-others' });
    for (let time = 0; time < 3; time += 1) await patient.log(undefined);
    await closeSafetySignal(test.record, 'north', { signalId: signal.id, by, reason });
    expect(await patient.stepStatus('2')).toBe('draft');
  });
});

describe('a signal that somebody reports', () => {
  it('is raised once under one source id, also when it comes twice at once', async () => {
    const patient = await newPatient();
    const command = {
      patientId: patient.patientId,
      rule: 'other-concern',
      sourceId: 'their-1',
      clientId: 'product',
      by: { type: 'system', clientId: 'product' },
    } as const;
    const raised = await Promise.all([1, 2].map(() => raiseSafetySignal(test.record, 'north', command)));
    expect(raised.map(({ created }) => created).sort()).toEqual([false, true]);
    expect(new Set(raised.map(({ signal }) => signal.id)).size).toBe(1);
    expect((await patient.signals())[0]?.evidence).toHaveLength(1);
    await expect(raiseSafetySignal(test.record, 'north', { ...command, rule: 'not-safe-now' })).rejects.toMatchObject({
      code: 'source-id-conflict',
    });
  });

  it('is one signal when several report at once', async () => {
    const patient = await newPatient();
    const command = { patientId: patient.patientId, rule: 'not-safe-now', by: { type: 'patient' } } as const;
    await Promise.all([1, 2, 3].map(() => raiseSafetySignal(test.record, 'north', command)));
    const signals = await patient.signals();
    expect(signals).toHaveLength(1);
    expect(signals[0]).toMatchObject({ version: 3 });
  });

  it('is refused for a patient of whom no homework is held, and in another tenant', async () => {
    const patient = await newPatient();
    const command = { patientId: patient.patientId, rule: 'other-concern', by: { type: 'patient' } } as const;
    await expect(raiseSafetySignal(test.record, 'north', { ...command, patientId: 'nobody' })).rejects.toMatchObject({
      code: 'unknown-patient',
      message: expect.stringContaining('patientId'),
    });
    await expect(raiseSafetySignal(test.record, 'south', command)).rejects.toMatchObject({ code: 'unknown-patient' });
    const { signal } = await raiseSafetySignal(test.record, 'north', command);
    await expect(closeSafetySignal(test.record, 'south', { signalId: signal.id, by, reason })).rejects.toMatchObject({
      code: 'unknown-artefact',
    });
    expect(await listSafetySignals(test.record, 'south', { patientId: patient.patientId })).toEqual([]);
  });

  it('keeps nothing locked for the same patient id in another tenant', async () => {
    const north = await newPatient();
    const south = await newPatient('south', north.patientId);
    await raiseSafetySignal(test.record, 'north', {
      ...{ patientId: north.patientId, rule: 'other-concern', by: { type: 'patient' } },
    });
    for (let time = 0; time < 3; time += 1) await south.log(undefined);
    expect(await south.stepStatus('2')).toBe('requested');
  });

  it('is followed by a new one after it was closed', async () => {
    const patient = await newPatient();
    const command = { patientId: patient.patientId, rule: 'other-concern', by: { type: 'patient' } } as const;
    const { signal: first } = await raiseSafetySignal(test.record, 'north', command);
    await closeSafetySignal(test.record, 'north', { signalId: first.id, by, reason });
    await expect(closeSafetySignal(test.record, 'north', { signalId: first.id, by, reason })).rejects.toMatchObject({
      code: 'signal-closed',
    });
    const { signal: second } = await raiseSafetySignal(test.record, 'north', command);
    expect(second).toMatchObject({ ordinal: 2, status: 'open' });
    expect(second.id).not.toBe(first.id);
  });
});

describe('what else knows of signals', () => {
  it('the worklist shows such patients first, page by page, also when they are snoozed or their plan is closed', async () => {
    const quiet = await newPatient('south');
    const risky = await newPatient('south');
    await newPatient('south');
    await raiseSafetySignal(test.record, 'south', {
      ...{ patientId: risky.patientId, rule: 'other-concern', by: { type: 'patient' } },
    });
    const { rows } = await listWorklist(test.record, 'south', {});
    expect(rows[0]).toMatchObject({ patientId: risky.patientId, openSignals: 1 });
    expect(rows.filter(({ patientId }) => patientId === risky.patientId)).toHaveLength(1);

    const seen: string[] = [];
    for (let after: string | undefined, pages = 0; pages < 20; pages += 1) {
      const page = await listWorklist(test.record, 'south', { count: 1, ...(after === undefined ? {} : { after }) });
      seen.push(...page.rows.map(({ patientId }) => patientId));
      after = page.next;
      if (after === undefined) break;
    }
    expect(seen).toEqual(rows.map(({ patientId }) => patientId));
    expect(seen).toContain(quiet.patientId);

    await test.database.query(
      `insert into contact (tenant, id, patient_id, at, by_user, note, snooze_until)
       values ('south', 'c1', $1, '2026-03-02T15:00:00Z', 'Practitioner/r', 'x', '2026-04-01T00:00:00Z')`,
      [risky.patientId],
    );
    await test.database.query(`update plan set status = 'completed' where tenant = 'south' and id = $1`, [
      risky.planId,
    ]);
    const filtered = await listWorklist(test.record, 'south', { filter: 'safety' });
    expect(filtered.rows.map(({ patientId }) => patientId)).toEqual([risky.patientId]);
  });

  it('no between-session report stands for it', async () => {
    const patient = await newPatient();
    await patient.log(true);
    test.setTime('2026-03-02T17:00:00.000Z');
    const { report } = await fileReport(test.record, 'north', { planId: patient.planId });
    expect(report.members.map(({ artefact }) => artefact)).toContain('log');
    expect(report.members.map(({ artefact }) => artefact)).not.toContain('safety');
  });

  it('the ledger made anew has its rows again', async () => {
    const patient = await newPatient();
    await patient.log(true);
    const [signal] = await patient.signals();
    const group = `safety:${signal?.id}`;
    await test.database.query(`delete from ledger where tenant = 'north' and group_id = $1`, [group]);
    await rebuildLedger(test.record, 'north');
    const { rowCount } = await test.database.query(
      `select from ledger where tenant = 'north' and group_id = $1 and state = 'unknown'`,
      [group],
    );
    expect(rowCount).toBe(4);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actingAs } from '../../src/record/actor.ts';
import { raiseSafetySignal } from '../../src/record/safety/raise-safety-signal.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { giveFeedback } from '../../src/record/use-cases/give-feedback.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { recordBarrier } from '../../src/record/use-cases/record-barrier.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';

let test: TestRecord;
const plans: Record<string, string> = {};

/** A plan of this patient with one of everything in it. */
async function fill(patientId: string): Promise<void> {
  // by a source system, so that there is who told it as well
  const record = actingAs(test.record, { type: 'source', clientId: 'product' });
  const { planId, state } = await createPlan(record, 'north', {
    ...{ patientId, title: `Plan of ${patientId}`, period: { start: '2026-03-01' } },
    assignments: [
      {
        ...{ key: 'a', kind: 'self-monitoring', title: 'Notice' },
        schedule: {
          type: 'event',
          event: 'x',
          count: 3,
          text: 'x',
          window: { start: '2026-03-01', end: '2026-12-31' },
        },
        unlock: { type: 'at-start' },
      },
    ],
  });
  plans[patientId] = planId;
  const assignmentId = state.assignments[0]?.id ?? '';
  const of = { artefact: 'assignment', id: assignmentId } as const;
  const answers = { situation: 'x', 'belief-before': 50, 'suds-before': 40 };
  await logHomework(record, 'north', { assignmentId, performedAt: '2026-03-01T10:00:00-05:00', answers });
  await recordBarrier(record, 'north', { of, code: 'fear' });
  await giveFeedback(record, 'north', { of, author: 'patient', text: 'x' });
  await fileReport(record, 'north', { planId });
  await raiseSafetySignal(record, 'north', { patientId, rule: 'harm-by-others', by: { type: 'patient' } });
}

beforeAll(async () => {
  test = await openTestRecord();
  await fill('sarah');
  await fill('tom');
});
afterAll(() => test.close());

const bodied = ['assignment', 'occurrence', 'log', 'barrier', 'feedback', 'report'];
const projected = ['resource', 'landing_group', 'ledger'];
/** Tables that name a plan or patient and hold nothing that is about one: why. */
const without: Readonly<Record<string, string>> = {
  patient_standing: 'what the EHR says of a patient',
  plan_title: 'the title of a plan, which goes with it',
  roster_patient: 'sums over a patient’s plans, made anew from them by the database itself',
  plan_change: 'which version of a plan was made by whom; it never changes',
  contact: 'a note about a patient, written by a coordinator; it never changes',
  app_session: 'who has whom open',
  next_visit: 'when the EHR says a patient is next seen; a merge leaves the survivor what was learned last',
};

const refused = (sql: string, parameters: readonly unknown[] = []) =>
  expect(test.database.query(sql, parameters)).rejects.toMatchObject({ code: 'other-patient' });

describe('the database itself', () => {
  it('holds every table that names a plan or patient to it, or says why not', async () => {
    const { rows } = await test.database.query<{ table_name: string }>(
      `select distinct c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name in ('plan_id', 'patient_id') order by 1`,
    );
    const held = [...bodied, ...projected, 'plan', 'safety_signal'];
    expect(rows.map(({ table_name }) => table_name).sort()).toEqual([...held, ...Object.keys(without)].sort());
  });

  it.each([...bodied, ...projected])('does not move a row of %s to another patient’s plan', async (table) => {
    await refused(`update ${table} set plan_id = $1 where plan_id = $2`, [plans.tom, plans.sarah]);
  });

  it.each([...projected, 'plan', 'safety_signal'])('does not give a row of %s to another patient', async (table) => {
    await refused(`update ${table} set patient_id = 'tom' where patient_id = 'sarah'`);
  });

  it.each([...bodied, 'plan', 'safety_signal'])(
    'does not take another patient’s body in a row of %s',
    async (table) => {
      await refused(`update ${table} set body = jsonb_set(body, '{patientId}', '"tom"') where patient_id = 'sarah'`);
    },
  );

  it.each(bodied)('does not take the body of another plan in a row of %s', async (table) => {
    const other = `(select body from ${table} where patient_id = 'tom' limit 1)`;
    await refused(`update ${table} set body = ${other} where patient_id = 'sarah'`);
    await refused(`update ${table} set body = jsonb_set(body, '{planId}', '"other"') where patient_id = 'sarah'`);
  });

  it.each([
    'CarePlan',
    'Task',
    'QuestionnaireResponse',
    'Observation',
    'Communication',
    'DocumentReference',
    'Flag',
    'Provenance',
  ])('does not take a %s about another patient under this one', async (type) => {
    const theirs = `(select content from resource where type = $1 and patient_id = 'tom' limit 1)`;
    await refused(`update resource set content = ${theirs} where type = $1 and patient_id = 'sarah'`, [type]);
  });

  it('believes what a Provenance says of its patient in its own place alone, and no other type by that', async () => {
    const url = 'https://intersession.dev/fhir/StructureDefinition/provenance-patient';
    const extension = (reference: string, at = url) =>
      `'[{"url":"${at}","valueReference":{"reference":"${reference}"}}]'::json`;
    const content = (type: string, said: string, further = '') =>
      `json_build_object('resourceType', '${type}', 'id', id, 'extension', ${said}${further})`;
    const change = (type: string, said: string, further?: string) =>
      `update resource set content = ${content(type, said, further)} where type = '${type}' and patient_id = 'sarah'`;
    await refused(change('Provenance', extension('Patient/tom')));
    await refused(change('Provenance', extension('Patient/sarah', 'https://other.example')));
    // a subject, which R4's Provenance does not have, says nothing
    await refused(change('Provenance', extension('Patient/tom'), `, 'subject', '{"reference":"Patient/sarah"}'::json`));
    await refused(change('Task', extension('Patient/sarah')));
  });

  it('does not take a resource that says nothing of whom it is about', async () => {
    await refused(
      `update resource set content = json_build_object('resourceType', type, 'id', id) where type = 'Task' and patient_id = 'sarah'`,
    );
  });

  it('moves no whole plan either, with all that agrees in it', async () => {
    await refused(
      `update plan set patient_id = 'tom', body = jsonb_set(body, '{patientId}', '"tom"') where patient_id = 'sarah'`,
    );
  });

  it.each([
    [
      'resource',
      `insert into resource select * from resource where patient_id = 'tom' on conflict (tenant, type, id) do nothing`,
    ],
    [
      'ledger',
      `insert into ledger select * from ledger where patient_id = 'tom' on conflict (tenant, artefact, id) do nothing`,
    ],
  ])('lets %s be written again where nothing changes', async (_table, sql) => {
    await expect(test.database.query(sql)).resolves.toBeDefined();
  });

  it('refuses a new row under a plan of another patient', async () => {
    await refused(
      `insert into landing_group (tenant, id, plan_id, patient_id, next_at) values ('north', 'plan:odd', $1, 'tom', now())`,
      [plans.sarah],
    );
    await refused(
      `insert into resource (tenant, type, id, artefact, plan_id, patient_id, version, last_updated, digest, content)
       values ('north', 'Task', 'odd', 'assignment', $1, 'tom', 1, now(), '', '{"resourceType":"Task","for":{"reference":"Patient/tom"}}')`,
      [plans.sarah],
    );
  });

  it('quotes nothing of the row in what it says', async () => {
    const error = await test.database
      .query(`update barrier set body = jsonb_set(body, '{patientId}', '"tom"') where patient_id = 'sarah'`)
      .catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('barrier');
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/sarah|tom|fear/);
  });
});

import type { Bundle, FhirResource } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actingAs } from '../../../src/record/actor.ts';
import { exportPlans } from '../../../src/record/archive/export-plans.ts';
import { importPlan } from '../../../src/record/archive/import-plan.ts';
import { withdrawRow } from '../../../src/record/ledger/withdraw.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { getPlan } from '../../../src/record/use-cases/get-plan.ts';
import { logHomework } from '../../../src/record/use-cases/log-homework.ts';
import { writeLog } from '../../../src/record/use-cases/write-log.ts';
import { countRows, openTestRecord, type TestRecord } from '../open-test-record.ts';
import { sarahsPlan } from '../sarah-case.ts';
import { exportAll, fhirBase, importAll, wipe } from './copy-record.ts';

let test: TestRecord;
let bundle: Bundle;
let planId: string;
const patient = { type: 'user', userReference: 'Patient/sarah', role: 'patient', sessionId: 's' } as const;

beforeAll(async () => {
  test = await openTestRecord();
  const made = await createPlan(test.record, 'north', sarahsPlan);
  planId = made.planId;
  test.setTime('2026-03-04T15:00:00.000Z');
  const [first] = made.state.assignments;
  const assignmentId = first?.id ?? '';
  const ratings = { 'belief-before': 90, 'belief-after': 88, 'suds-before': 50, 'suds-peak': 60, 'suds-after': 40 };
  await logHomework(test.record, 'north', {
    ...{ assignmentId, performedAt: '2026-03-02T10:00:00-05:00', sourceId: 'l-1', clientId: 'product' },
    answers: { ...ratings, situation: 'only for me', prediction: 'they will laugh' },
    withheld: ['situation'],
  });
  await writeLog(actingAs(test.record, patient), 'north', {
    ...{ id: 'draft-1', assignmentId, performedAt: '2026-03-03T10:00:00-05:00', status: 'in-progress' },
    ...{ answers: { situation: 'never sent' }, withheld: [], source: { type: 'patient' } },
  });
  await withdrawRow(test.record, 'north', { artefact: 'plan', id: planId, reason: 'kept on paper' });
  [bundle] = (await exportAll(test.record, 'north')) as [Bundle];
}, 60_000);
afterAll(() => test.close());

type Change = (resource: FhirResource & Record<string, never>) => object | undefined;
/** The export with the first resource of a type changed, or taken out. */
function with_(type: string, change: Change, code?: string): Bundle {
  let done = false;
  const entry = (bundle.entry ?? []).flatMap((entry) => {
    const { resource } = entry;
    const fits = resource?.resourceType === type && (code === undefined || JSON.stringify(resource).includes(code));
    if (done || !fits) return [entry];
    done = true;
    const changed = change(resource as never);
    return changed === undefined ? [] : [{ ...entry, resource: changed as FhirResource }];
  });
  if (!done) throw new Error(`the export has no ${type}`);
  return { ...bundle, entry };
}
const replaced = (from: string | RegExp, to: string): Bundle => JSON.parse(JSON.stringify(bundle).replaceAll(from, to));

describe('an import', () => {
  const refusals: [string, () => unknown, RegExp][] = [
    ['what is no Bundle', () => ({ resourceType: 'Patient', id: 'x' }), /^Bundle is not|^Bundle: is not/],
    ['a Bundle of somebody else’s', () => ({ ...bundle, meta: {} }), /^Bundle\.meta\.tag: is no export/],
    [
      'a later form',
      () =>
        replaced(
          '"system":"https://intersession.dev/id/export","code":"1"',
          '"system":"https://intersession.dev/id/export","code":"2"',
        ),
      /^Bundle\.meta\.tag: is in another form/,
    ],
    [
      'another tenant’s',
      () => replaced('"code":"north"', '"code":"south"'),
      /^Bundle\.meta\.tag: is an export of another tenant/,
    ],
    ['a plan that is not there', () => with_('CarePlan', () => undefined), /^Bundle\.identifier: does not name/],
    [
      'a resource that we do not make',
      () => with_('Goal', (goal) => ({ ...goal, identifier: [{ system: 'https://elsewhere', value: '1' }] })),
      /entry\[\d+\] Goal\/\S+: Goal\.identifier: is none that this service gives/,
    ],
    [
      'a step without its title',
      () => with_('Task', ({ description: _gone, ...task }) => task),
      /entry\[\d+\] Task\/\S+: Task\.description: is missing/,
    ],
    [
      'an element of another shape',
      () => with_('CarePlan', (plan) => ({ ...plan, title: 5 })),
      /CarePlan\/\S+: title: does not fit \(invalid_type\)/,
    ],
    [
      'an identifier of another shape',
      () => with_('Task', (task) => ({ ...task, authoredOn: 'soon' })),
      /Task\/\S+: cannot be read as a Task/,
    ],
    [
      'a control character',
      () => with_('CarePlan', (plan) => ({ ...plan, title: 'a\u0007b' })),
      /CarePlan\/\S+: title: holds a control character/,
    ],
    [
      'a day that there is not',
      () => with_('CarePlan', (plan) => ({ ...plan, period: { ...(plan.period as object), start: '2026-02-30' } })),
      /CarePlan\/\S+: period\.start: does not fit/,
    ],
    [
      'another patient’s log',
      () => with_('QuestionnaireResponse', (log) => ({ ...log, subject: { reference: `${fhirBase}/Patient/ada` } })),
      /QuestionnaireResponse\/\S+: patient: is another patient's/,
    ],
    [
      'another patient’s measure',
      () => with_('Observation', (measure) => ({ ...measure, subject: { reference: `${fhirBase}/Patient/ada` } })),
      /Observation\/\S+: subject: is not the patient/,
    ],
    [
      'another server’s person',
      () =>
        with_('CarePlan', (plan) => ({
          ...plan,
          author: { reference: 'https://elsewhere.example/fhir/Practitioner/x' },
        })),
      /CarePlan\/\S+: CarePlan\.author\.reference: leads neither/,
    ],
    [
      'another plan’s step',
      () =>
        with_('Task', (task) => ({
          ...task,
          groupIdentifier: { system: 'https://intersession.dev/id/plan', value: 'another' },
        })),
      /Task\/\S+: plan: is another/,
    ],
    [
      'an unknown version of a questionnaire',
      () => replaced(/(Questionnaire\/self-monitoring)\|1\.0\.0/g, '$1|9.9.9'),
      /QuestionnaireResponse\.questionnaire: names a questionnaire, or a version/,
    ],
    [
      'the same version of a step’s alone',
      () =>
        with_('Task', (task) =>
          JSON.parse(JSON.stringify(task).replace(/(Questionnaire\/self-monitoring)\|1\.0\.0/, '$1|8.0.0')),
        ),
      /Task\/\S+: questionnaire: is none of its kind, or a version/,
    ],
    [
      'an unknown kind',
      () => with_('Task', (task) => JSON.parse(JSON.stringify(task).replaceAll('"self-monitoring"', '"juggling"'))),
      /Task\/\S+: kind: is no kind/,
    ],
    [
      'a status that goes with no other',
      () => with_('Task', (task) => ({ ...task, status: 'completed' })),
      /Task\/\S+: businessStatus: does not go with/,
    ],
    [
      'a row without its facts',
      () => with_('CarePlan', (plan) => ({ ...plan, extension: [] })),
      /CarePlan\/\S+: CarePlan\.extension\(record-row\)\.version: is missing/,
    ],
    [
      'a resource twice',
      () => ({ ...bundle, entry: [...(bundle.entry ?? []), bundle.entry?.[0]] }),
      /CarePlan\/\S+: stands there twice/,
    ],
    ['a goal that is not there', () => with_('Goal', () => undefined), /CarePlan\/\S+: CarePlan\.goal: names a Goal/],
  ];

  it.each(refusals)('refuses %s by its entry and element, and writes nothing', async (_what, file, message) => {
    const before = await countRows(test.database);
    const error = await importPlan(test.record, 'north', { bundle: file(), fhirBase }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'invalid-request' });
    const { issues } = (error as { fields: { issues: { path: string; problem: string }[] } }).fields;
    expect(issues.map(({ path, problem }) => `${path}: ${problem}`)).toContainEqual(expect.stringMatching(message));
    // nobody's words, and no answer, is repeated
    expect(JSON.stringify(issues)).not.toMatch(/they will laugh|only for me|never sent/);
    expect(await countRows(test.database)).toEqual(before);
  });

  it('refuses the ids of something that stands here in another plan or under another patient', async () => {
    const [step] = (await getPlan(test.record, 'north', planId)).assignments;
    const other = JSON.parse(
      JSON.stringify(bundle).replaceAll(planId, 'another-plan').replaceAll('Patient/sarah', 'Patient/ada'),
    );
    const error = await importPlan(test.record, 'north', { bundle: other, fhirBase }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'invalid-request' });
    expect(JSON.stringify(error)).toContain(`Task/${step?.id}`);
    expect(JSON.stringify(error)).toContain('stands here already, in another plan');
  });

  it('refuses what a person has changed meanwhile', async () => {
    const changed = with_('CarePlan', (plan) => ({ ...plan, title: 'Another title' }));
    await expect(importPlan(test.record, 'north', { bundle: changed, fhirBase })).rejects.toMatchObject({
      code: 'version-conflict',
    });
  });

  it.each(['unknown', 'unreachable'] as const)(
    'leaves what stands here as the export has it, also of a patient who is %s in the EHR by now',
    async (verdict) => {
      test.verdicts.set('sarah', verdict);
      const unchanged = { planId, outcome: 'unchanged', madeAnew: [] };
      expect(await importPlan(test.record, 'north', { bundle, fhirBase })).toEqual(unchanged);
      test.verdicts.delete('sarah');
    },
  );

  it.each([
    { type: 'source', clientId: 'product', sees: 'tenant', writes: 'tenant' },
    { type: 'user', userReference: 'Practitioner/haddad', role: 'integration', sessionId: 's' },
    patient,
    { type: 'form', occurrenceId: 'o' },
  ] as const)('and an export are nobody’s but the operator’s: %o', async (actor) => {
    const record = actingAs(test.record, actor);
    await expect(importPlan(record, 'north', { bundle, fhirBase })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(exportPlans(record, 'north', { fhirBase }).next()).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('brings back what nobody else may see, and what a person decided: answers withheld, a draft, a withdrawal', async () => {
    const said = JSON.stringify(bundle);
    expect(said).toContain('only for me');
    expect(said).toContain('never sent');
    const endpoint = async () =>
      JSON.stringify((await test.database.query('select content from resource order by id')).rows);
    const seen = await endpoint();
    expect(seen).not.toMatch(/only for me|never sent/);
    await wipe(test.database);
    // whom the EHR does not know is brought back by nobody
    test.verdicts.set('sarah', 'unknown');
    await expect(importPlan(test.record, 'north', { bundle, fhirBase })).rejects.toMatchObject({
      code: 'unknown-patient',
    });
    test.verdicts.delete('sarah');
    expect(await importAll(test.record, 'north', [bundle])).toEqual([{ planId, outcome: 'imported', madeAnew: [] }]);
    expect(await endpoint()).toBe(seen);
    expect(await exportAll(test.record, 'north')).toEqual([bundle]);
    const { rows } = await test.database.query(
      `select state, withdraw, reason from ledger where artefact = 'plan' and id = $1`,
      [planId],
    );
    expect(rows).toEqual([{ state: 'unknown', withdraw: true, reason: 'kept on paper' }]);
    const drafts = await test.database.query(`select from ledger where artefact = 'log' and id = 'draft-1'`);
    expect(drafts.rowCount).toBe(0);
    // the source that tells its plan again makes nothing new
    expect(await createPlan(test.record, 'north', sarahsPlan)).toMatchObject({ planId, created: false });
  });
});

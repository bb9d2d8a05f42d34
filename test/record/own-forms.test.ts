import { randomUUID } from 'node:crypto';
import type { Bundle, Questionnaire, Resource } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import type { OwnForm } from '../../src/homework/plan/own-form.ts';
import { revisionOf } from '../../src/homework/plan/step-words.ts';
import type { SimpleRule, UnlockCriterion, UnlockRule } from '../../src/homework/plan/unlock-rule.ts';
import { rebuildLedger } from '../../src/record/ledger/rebuild-ledger.ts';
import { confirmMerge } from '../../src/record/patient/confirm-merge.ts';
import { listSafetySignals } from '../../src/record/safety/list-safety-signals.ts';
import { readResource } from '../../src/record/store/read-resource.ts';
import { addAssignment } from '../../src/record/use-cases/add-assignment.ts';
import { changeAssignment } from '../../src/record/use-cases/change-assignment.ts';
import { completeLog } from '../../src/record/use-cases/complete-log.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { makeSmaller } from '../../src/record/use-cases/make-smaller.ts';
import { previewReport } from '../../src/record/use-cases/preview-report.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import { catchAsync } from '../kinds/catch-async.ts';
import { cardUrl, withCard } from '../kinds/own/target-card.ts';
import { contentOfTables, exportAll, importAll, wipe } from './archive/copy-record.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';

const tenant = 'north';
const by = 'Practitioner/17';
const schedule = {
  ...({ type: 'event', event: 'day', count: 9, text: 'nine days' } as const),
  window: { start: '2026-03-01', end: '2026-04-12' },
};
const card = (key: string, texts?: readonly string[]) => ({
  ...{ key, kind: 'target-card', title: `Card ${key}`, schedule, unlock: { type: 'at-start' } as const },
  ...(texts === undefined ? {} : { form: { own: { targets: texts.map((text) => ({ text })) } } }),
});

let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
  test.install(withCard);
});
afterAll(() => test.close());

async function makePlan(patientId: string, texts: readonly string[], of = tenant) {
  test.setTime('2026-03-01T15:00:00.000Z');
  const title = randomUUID();
  const { planId } = await createPlan(test.record, of, { patientId, title, assignments: [card('a', texts)] });
  test.setTime('2026-03-02T16:00:00.000Z');
  return planId;
}
async function stepOf(planId: string, key = 'a', of = tenant) {
  const found = (await getPlan(test.record, of, planId)).assignments.find((assignment) => assignment.key === key);
  if (found === undefined) throw new Error(`no step ${key}`);
  return found;
}
async function change(planId: string, form: object, key = 'a') {
  const step = await stepOf(planId, key);
  return changeAssignment(test.record, tenant, { assignmentId: step.id, basedOn: revisionOf(step), by, form });
}
const log = async (planId: string, answers: Readonly<Record<string, unknown>>, performedAt: string) =>
  logHomework(test.record, tenant, { assignmentId: (await stepOf(planId)).id, performedAt, answers });
const issuesOf = (refused: unknown) =>
  hasCode(refused, 'invalid-request')
    ? refused.fields.issues.map(({ path, problem }) => `${path} ${problem}`)
    : refused;

describe('logs of a plan whose names were changed', () => {
  it('are told as one series, under the name that it has now, each log by its own form', async () => {
    const planId = await makePlan('sarah', ['Cutting', 'Drinking']);
    await log(planId, { done: true, 'urge.n1': 4, 'urge.n2': 2 }, '2026-03-01T12:00:00-05:00');
    await change(planId, { own: { targets: [{ id: 'n1', text: 'Hurting myself' }, { text: 'Drinking' }] } });
    await log(planId, { done: true, 'urge.n1': 1, 'urge.n2': 2 }, '2026-03-02T09:00:00-05:00');
    const { text } = await previewReport(test.record, tenant, { planId });
    expect(text).toContain('Urge (Cutting) peak 4');
    expect(text).toContain('Urge (Hurting myself) peak 1');
    expect(text).toMatch(/Urge \(Hurting myself\) peak[^\n]*4[^\n]*1/);
    expect(text).not.toMatch(/Urge \(Cutting\) peak[^\n]*4[^\n]*1/);
  });

  it('raise a signal by the item of each name', async () => {
    const planId = await makePlan('risky', ['Cutting', 'Drinking']);
    await log(planId, { done: true, 'urge.n1': 1, 'urge.n2': 5 }, '2026-03-01T12:00:00-05:00');
    const { rows } = await test.database.query<{ linkid: string }>(
      `select evidence->>'linkId' as linkid from safety_signal s, jsonb_array_elements(s.body->'evidence') evidence where s.patient_id = 'risky'`,
    );
    expect(rows).toEqual([{ linkid: 'urge.n2' }]);
  });

  it('are swept, and wanted in the EHR; the form itself is not, and has no row in the ledger', async () => {
    const planId = await makePlan('sarah', ['Cutting']);
    test.setTime('2026-04-20T12:00:00.000Z');
    await sweepPlans(test.record, [tenant]);
    expect((await stepOf(planId)).businessStatus).toBe('missed');
    const rows = async () =>
      (
        await test.database.query<{ resource_type: string }>(
          'select distinct resource_type from ledger where tenant = $1 and plan_id = $2 order by 1',
          [tenant, planId],
        )
      ).rows.map((row) => row.resource_type);
    const before = await rows();
    expect(before).toEqual(['CarePlan', 'Observation', 'Task']);
    await rebuildLedger(test.record, tenant);
    expect(await rows()).toEqual(before);
  });
});

describe('what a change of the form may not do', () => {
  it('take out what another step waits for', async () => {
    const planId = await makePlan('sarah', ['Cutting', 'Drinking']);
    const criterion = { type: 'measure-reached', linkId: 'urge.n2', comparator: '<=', value: 1 } as const;
    await addAssignment(test.record, tenant, {
      ...{ planId, ...card('b', ['Gambling']), unlock: { type: 'after', after: 'a', criterion } },
    });
    const refused = await catchAsync(() => change(planId, { own: { targets: [{ text: 'Cutting' }] } }));
    expect(issuesOf(refused)).toEqual([expect.stringContaining('form leaves out urge.n2, by which step b opens')]);
    await change(planId, { own: { targets: [{ id: 'n2', text: 'Wine' }] } });
    expect((await stepOf(planId)).forms?.at(-1)?.own.targets).toEqual([{ id: 'n2', text: 'Wine' }]);
  });

  const bound = { comparator: '<=', value: 1 } as const;
  const days = { from: 80, to: 120, days: 2, of: 7 };
  const logged: SimpleRule = { type: 'after', after: 'a', criterion: { type: 'logs-done', count: 1 } };
  it.each<readonly [string, UnlockCriterion]>([
    ['a peak', { type: 'fell-within-log', peak: 'urge.n2', after: 'mood', fall: { by: 1 } }],
    ['what comes after it', { type: 'fell-within-log', peak: 'mood', after: 'urge.n2', fall: { by: 1 } }],
    ['what is planned', { type: 'quota-kept', planned: 'urge.n2', actual: 'mood', ...days }],
    ['what was done', { type: 'quota-kept', planned: 'mood', actual: 'urge.n2', ...days }],
    ['a score', { type: 'score-reached', score: 'urge-percent.n2', ...bound }],
  ])('take out %s, by which a part of a joined rule goes', async (_what, criterion) => {
    const planId = await makePlan('sarah', ['Cutting', 'Drinking']);
    await addAssignment(test.record, tenant, {
      ...{ planId, ...card('b', ['Gambling']) },
      unlock: { type: 'any', of: [logged, { type: 'after', after: 'a', criterion }] },
    });
    const refused = await catchAsync(() => change(planId, { own: { targets: [{ text: 'Cutting' }] } }));
    expect(issuesOf(refused)).toEqual([expect.stringContaining('.n2, by which step b opens')]);
  });

  it('be made of a step that has nothing of the plan’s own', async () => {
    test.setTime('2026-03-01T15:00:00.000Z');
    const assignments = [{ ...card('a'), kind: 'self-monitoring' }];
    const { planId } = await createPlan(test.record, tenant, { patientId: 'sarah', title: 'Plain', assignments });
    const refused = await catchAsync(() => change(planId, { own: { rungs: [{ text: 'a' }] } }));
    expect(issuesOf(refused)).toEqual([expect.stringContaining('form.own.rungs')]);
    expect((await stepOf(planId)).forms).toBeUndefined();
  });
});

describe('a rule that is given', () => {
  const bound = { comparator: '<=', value: 1 } as const;
  const waitsFor = (criterion: UnlockCriterion) => ({ type: 'after', after: 'a', criterion }) as const;
  const unknown: UnlockRule = waitsFor({ type: 'in-a-row', linkId: 'urge.n9', ...bound, count: 2 });
  const never = 'names no item or score of the form of step a: it would never open';

  it.each<readonly [string, UnlockRule, readonly string[]]>([
    ['an item', waitsFor({ type: 'measure-fell', linkId: 'urge', by: 1 }), ['criterion.linkId']],
    ['a score', waitsFor({ type: 'score-reached', score: 'total', ...bound }), ['criterion.score']],
    [
      'parts of a joined rule',
      {
        ...{ type: 'all' as const },
        of: [
          waitsFor({ type: 'logs-done', count: 1 }),
          waitsFor({ type: 'fell-within-log', peak: 'x', after: 'y', fall: { by: 1 } }),
        ],
      },
      ['of[1].criterion.peak', 'of[1].criterion.after'],
    ],
  ])('may not ask for %s that the form of the step before does not have', async (_what, unlock, fields) => {
    test.setTime('2026-03-01T15:00:00.000Z');
    const assignments = [card('a', ['Cutting']), { ...card('b'), unlock }];
    const refused = await catchAsync(() =>
      createPlan(test.record, tenant, { patientId: 'sarah', title: 'Never', assignments }),
    );
    expect(issuesOf(refused)).toEqual(fields.map((field) => `assignments[1].unlock.${field} ${never}`));
  });

  it.each<readonly [string, UnlockCriterion, string]>([
    ['a value out of range', { type: 'measure-reached', linkId: 'mood', comparator: '>=', value: 6 }, 'value'],
    ['a value out of an own item’s', { type: 'in-a-row', linkId: 'urge.n1', ...bound, value: -1, count: 2 }, 'value'],
    ['a score out of range', { type: 'score-reached', score: 'urge-percent.n1', ...bound, value: -1 }, 'value'],
    ['an item as a score', { type: 'score-reached', score: 'mood', ...bound }, 'score'],
    ['words', { type: 'measure-reached', linkId: 'note', ...bound }, 'linkId'],
    ['a prediction', { type: 'prediction-not-true', count: 1 }, 'type'],
  ])('may not ask for what no answer to that form could be: %s', async (_what, criterion, field) => {
    test.setTime('2026-03-01T15:00:00.000Z');
    const assignments = [card('a', ['Cutting']), { ...card('b'), unlock: waitsFor(criterion) }];
    const refused = await catchAsync(() =>
      createPlan(test.record, tenant, { patientId: 'sarah', title: 'Never', assignments }),
    );
    expect(issuesOf(refused)).toEqual([
      expect.stringMatching(`^assignments\\[1\\].unlock.criterion.${field} .*never open$`),
    ]);
  });

  it('may not when a step is added or changed either', async () => {
    const planId = await makePlan('sarah', ['Cutting']);
    const add = (unlock: UnlockRule) => addAssignment(test.record, tenant, { planId, ...card('b'), unlock });
    expect(issuesOf(await catchAsync(() => add(unknown)))).toEqual([`unlock.criterion.linkId ${never}`]);
    await add(waitsFor({ type: 'score-reached', score: 'urge-percent.n1', ...bound }));
    const step = await stepOf(planId, 'b');
    const changed = (unlock: UnlockRule) =>
      changeAssignment(test.record, tenant, { assignmentId: step.id, basedOn: revisionOf(step), by, unlock });
    expect(issuesOf(await catchAsync(() => changed(unknown)))).toEqual([`unlock.criterion.linkId ${never}`]);
    await changed(waitsFor({ type: 'in-a-row', linkId: 'urge.n1', ...bound, count: 2 }));
  });
});

describe('a draft that was begun before the plan’s threshold was changed', () => {
  it.each<[string, number, number, readonly string[]]>([
    ['lowered: is judged by the lower one when it is sent', 5, 3, ['self-harm-thoughts']],
    ['raised: is judged by the lower one when it is sent', 3, 5, ['self-harm-thoughts']],
    ['left as it was: raises nothing below it', 5, 5, []],
  ])('%s', async (what, first, then, rules) => {
    const patientId = `draft-${what.slice(0, what.indexOf(':')).replaceAll(' ', '-')}`;
    const planId = await makePlan(patientId, ['Cutting']);
    await change(planId, { settings: { 'urge-told': first } });
    const { log } = await logHomework(test.record, tenant, {
      ...{ assignmentId: (await stepOf(planId)).id, performedAt: '2026-03-02T10:00:00-05:00', status: 'in-progress' },
      answers: { done: true, 'urge.n1': first === 5 ? 3 : 2 },
    });
    await change(planId, { settings: { 'urge-told': then } });
    const answers = { done: true, 'urge.n1': 3 };
    await completeLog(test.record, tenant, { logId: log.id, answers });
    const signals = await listSafetySignals(test.record, tenant, { patientId });
    expect(signals.map(({ rule }) => rule)).toEqual(rules);
  });
});

describe('another step', () => {
  it('begins with the kind’s own names where none are given; a smaller one with those of the hard one', async () => {
    const planId = await makePlan('sarah', ['Cutting', 'Drinking']);
    await addAssignment(test.record, tenant, { planId, ...card('b') });
    const [hard, other] = [await stepOf(planId), await stepOf(planId, 'b')];
    expect(other.forms?.[0]?.own.targets).toEqual([{ id: 'urge-one', text: 'the urge you spoke about' }]);
    expect(other.questionnaire).toBe(`${cardUrl}-${other.id}|1`);
    await makeSmaller(test.record, tenant, {
      ...{ assignmentId: hard.id, basedOn: revisionOf(hard), by, reason: 'Too much' },
      smaller: { title: 'Half a card', schedule: { type: 'once-within', days: 3 } },
    });
    const smaller = (await getPlan(test.record, tenant, planId)).assignments.find(
      ({ title }) => title === 'Half a card',
    );
    expect(smaller?.forms?.[0]?.own.targets).toEqual(hard.forms?.[0]?.own.targets);
    expect(smaller?.questionnaire).not.toBe(hard.questionnaire);
  });

  it('as a smaller one takes what is given of a form, and the rest from the hard one', async () => {
    const planId = await makePlan('sarah', ['Cutting', 'Drinking']);
    await change(planId, { settings: { columns: 'short' }, own: { helps: [{ text: 'Walking' }] } });
    const hard = await stepOf(planId);
    await makeSmaller(test.record, tenant, {
      ...{ assignmentId: hard.id, basedOn: revisionOf(hard), by, reason: 'Too much' },
      smaller: {
        ...{ title: 'One urge', schedule: { type: 'once-within', days: 3 } },
        form: { settings: { 'urge-told': 3 }, own: { targets: [{ text: 'Cutting' }] } },
      },
    });
    const { assignments } = await getPlan(test.record, tenant, planId);
    const form = assignments.find(({ title }) => title === 'One urge')?.forms?.[0];
    expect(form?.settings).toEqual({ columns: 'short', 'urge-told': 3 });
    expect(form?.own.helps?.map(({ text }) => text)).toEqual(['Walking']);
    expect(form?.own.targets?.map(({ text }) => text)).toEqual(['Cutting']);
  });

  it('is the same step again when it is given again, and another when it has other names', async () => {
    const planId = await makePlan('sarah', ['Cutting']);
    const add = (texts: readonly string[]) => addAssignment(test.record, tenant, { planId, ...card('b', texts) });
    expect((await add(['Gambling'])).made).toBe(true);
    test.setTime('2026-03-02T17:00:00.000Z');
    expect((await add(['Gambling'])).made).toBe(false);
    expect(issuesOf(await catchAsync(() => add(['Drinking'])))).toEqual([
      expect.stringContaining('key is that of another'),
    ]);
  });
});

it('is nobody’s of another tenant, though everything else is called the same', async () => {
  const [north, south] = [await makePlan('sarah', ['Cutting']), await makePlan('sarah', ['Gambling'], 'south')];
  const [ours, theirs] = [await stepOf(north), await stepOf(south, 'a', 'south')];
  const read = (of: string, id: string) => readResource(test.record, of, { type: 'Questionnaire', id: `${id}.form-1` });
  expect(JSON.stringify(await read('south', theirs.id))).toContain('Gambling');
  expect(hasCode(await catchAsync(() => read('south', ours.id)), 'unknown-artefact')).toBe(true);
  expect(hasCode(await catchAsync(() => read('north', theirs.id)), 'unknown-artefact')).toBe(true);
});

it('moves with its plan when two patients turn out to be one', async () => {
  const planId = await makePlan('old-one', ['Cutting']);
  const { id } = await stepOf(planId);
  test.standings.set('old-one', { answer: 'known', standing: { state: 'merged', survivorId: 'one' }, replaces: [] });
  await confirmMerge(test.record, tenant, {
    patientId: 'old-one',
    survivorId: 'one',
    by,
    reason: 'the EHR merged them',
  });
  const { resource } = await readResource(test.record, tenant, { type: 'Questionnaire', id: `${id}.form-1` });
  expect(JSON.stringify(resource)).not.toContain('old-one');
  expect(JSON.stringify(resource)).toContain('"Patient/one"');
  await change(planId, { own: { targets: [{ text: 'Cutting' }, { text: 'Drinking' }] } });
  expect((await stepOf(planId)).forms).toHaveLength(2);
});

describe('the export of a plan', () => {
  let exported: readonly Bundle[];
  beforeAll(async () => {
    await wipe(test.database);
    const planId = await makePlan('sarah', ['Cutting', 'Drinking']);
    await log(planId, { done: true, 'urge.n1': 4, 'urge.n2': 2 }, '2026-03-01T12:00:00-05:00');
    await change(planId, { settings: { columns: 'short' }, own: { targets: [{ text: 'Cutting' }] } });
    await log(planId, { done: true, 'urge.n1': 1 }, '2026-03-02T09:00:00-05:00');
    exported = await exportAll(test.record, tenant);
  });

  it('carries every form, and brings each back as it was', async () => {
    const forms = exported.flatMap(({ entry = [] }) => entry.map(({ resource }) => resource)).filter(isForm);
    expect(forms.map(({ version }) => version)).toEqual(['1', '2']);
    const content = await contentOfTables(test.database);
    await wipe(test.database);
    const imported = await importAll(test.record, tenant, exported);
    expect(imported.map(({ outcome, madeAnew }) => [outcome, madeAnew])).toEqual([['imported', []]]);
    expect(await exportAll(test.record, tenant)).toEqual(exported);
    expect(await contentOfTables(test.database)).toEqual(content);
  });

  it('is read also when what it names stands behind it', async () => {
    await wipe(test.database);
    const turned = exported.map((bundle) => ({ ...bundle, entry: (bundle.entry ?? []).toReversed() }));
    expect((await importAll(test.record, tenant, turned)).map(({ outcome }) => outcome)).toEqual(['imported']);
  });

  it.each<readonly [string, (forms: OwnForm[]) => readonly object[], RegExp]>([
    ['in another order', (forms) => forms.toReversed(), /forms/],
    ['of another kind', (forms) => forms.map((form) => ({ ...form, base: `${walk}|1.1.0` })), /forms|questionnaire/],
    ['with too many names', (forms) => forms.map((form) => ({ ...form, own: { targets: many, helps: [] } })), /forms/],
    [
      'with a setting that there is not',
      (forms) => forms.map((form) => ({ ...form, settings: { color: 'red' } })),
      /forms/,
    ],
    ['that are none', () => [], /questionnaire|forms/],
  ])('is refused with forms %s, by the field', async (_what, spoil, field) => {
    await wipe(test.database);
    const spoilt = exported.map((bundle) => ({
      ...bundle,
      entry: (bundle.entry ?? []).map((entry) => ({ ...entry, resource: spoilForms(entry.resource, spoil) })),
    }));
    const refused = await catchAsync(() => importAll(test.record, tenant, spoilt));
    expect(issuesOf(refused)).toContainEqual(expect.stringMatching(field));
    expect((await contentOfTables(test.database)).plan).toEqual([]);
  });
});

const walk = 'https://intersession.dev/fhir/Questionnaire/self-monitoring';
const many = ['a', 'b', 'c', 'd'].map((text) => ({ id: text, text }));

function isForm(resource: Resource | undefined): resource is Questionnaire {
  return resource?.resourceType === 'Questionnaire';
}

/** The same resource of an export, with its forms as they are not. */
function spoilForms(resource: Resource | undefined, spoil: (forms: OwnForm[]) => readonly object[]): unknown {
  const json: string = JSON.stringify(resource);
  return JSON.parse(json, (_key, member: unknown) => {
    if (typeof member !== 'object' || member === null || !('url' in member) || member.url !== 'forms') return member;
    if (!('valueBase64Binary' in member)) return member;
    const forms = JSON.parse(Buffer.from(String(member.valueBase64Binary), 'base64').toString('utf8'));
    return { ...member, valueBase64Binary: Buffer.from(JSON.stringify(spoil(forms))).toString('base64') };
  });
}

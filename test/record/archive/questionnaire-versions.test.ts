import type { Bundle, QuestionnaireResponse } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { logHomework } from '../../../src/record/use-cases/log-homework.ts';
import { catchAsync } from '../../kinds/catch-async.ts';
import { after, before, first, newAnswers, oldAnswers, second, walkUrl } from '../../kinds/walk-diary.ts';
import { openTestRecord, type TestRecord } from '../open-test-record.ts';
import { contentOfTables, exportAll, importAll, wipe } from './copy-record.ts';

const tenant = 'north';
let test: TestRecord;
let exported: readonly Bundle[];

async function walk(title: string, answers: Readonly<Record<string, unknown>>): Promise<void> {
  const schedule = { type: 'once', by: '2026-03-13' } as const;
  const assignments = [{ key: 'a', kind: 'walk-diary', title, schedule, unlock: { type: 'at-start' } as const }];
  const { state } = await createPlan(test.record, tenant, { patientId: 'sarah', title, assignments });
  const [assignment] = state.assignments;
  const performedAt = '2026-03-01T09:30:00-05:00';
  await logHomework(test.record, tenant, { assignmentId: assignment?.id ?? '', performedAt, answers });
}

beforeAll(async () => {
  test = await openTestRecord();
  test.install(before);
  await walk('Walks', oldAnswers);
  test.install(after);
  await walk('New walks', newAnswers);
  exported = await exportAll(test.record, tenant);
});
afterAll(() => test.close());

const isResponse = (resource: { resourceType: string } | undefined): resource is QuestionnaireResponse =>
  resource?.resourceType === 'QuestionnaireResponse';
const named = (bundle: Bundle) =>
  (bundle.entry ?? []).flatMap(({ resource }) => (isResponse(resource) ? [resource.questionnaire] : []));

/** The export of the plan of the first version, with its response naming another. */
function naming(questionnaire: string | undefined): object {
  const bundle = exported.find((bundle) => named(bundle).includes(first));
  const entry = (bundle?.entry ?? []).map((entry) =>
    isResponse(entry.resource) ? { ...entry, resource: { ...entry.resource, questionnaire } } : entry,
  );
  return { ...bundle, entry };
}

describe('the export of logs of two versions', () => {
  it('names each, and brings each back as it was', async () => {
    expect(exported.flatMap(named).toSorted()).toEqual([first, second]);
    const content = await contentOfTables(test.database);
    await wipe(test.database);
    const imported = await importAll(test.record, tenant, exported);
    expect(imported.map(({ outcome, madeAnew }) => [outcome, madeAnew])).toEqual([
      ['imported', []],
      ['imported', []],
    ]);
    expect(await exportAll(test.record, tenant)).toEqual(exported);
    expect(await contentOfTables(test.database)).toEqual(content);
  });

  it.each([
    ['another version than that of its step', second],
    ['a version that there is not', `${walkUrl}|9.9.9`],
    ['no version', walkUrl],
    ['a questionnaire of others', 'https://example.org/Questionnaire/phq|1.0.0'],
    ['nothing', undefined],
  ])('is refused at the field when a response names %s', async (_what, canonical) => {
    await wipe(test.database);
    const refused = await catchAsync(() => importAll(test.record, tenant, [naming(canonical)]));
    expect(hasCode(refused, 'invalid-request') && refused.fields.issues.map(({ path }) => path)).toEqual([
      expect.stringMatching(/QuestionnaireResponse.*questionnaire/),
    ]);
    const { plan } = await contentOfTables(test.database);
    expect(plan).toEqual([]);
  });

  it('is refused by a service that lacks the version, which takes the plans whose versions it has', async () => {
    await wipe(test.database);
    test.install(before);
    for (const bundle of exported) {
      const lacks = named(bundle).includes(second);
      const outcome = await catchAsync(() => importAll(test.record, tenant, [bundle]));
      expect(hasCode(outcome, 'invalid-request')).toBe(lacks);
      if (hasCode(outcome, 'invalid-request')) {
        expect(outcome.fields.issues.map(({ path }) => path).join()).toMatch(/questionnaire/);
      }
    }
    test.install(after);
  });
});

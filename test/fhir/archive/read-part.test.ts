import type { FhirResource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { readPart } from '../../../src/fhir/archive/read-part.ts';
import type { RecordRow } from '../../../src/fhir/archive/record-row.ts';
import { relativeReferences } from '../../../src/fhir/relative-references.ts';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import { broken } from '../reading/broken.ts';
import { fileOf } from './archive-file.ts';
import { fhirBase, reading, sampleArchive, state } from './sample-archive.ts';

const resources = (fileOf(sampleArchive).entry ?? []).map(({ resource }) =>
  relativeReferences(resource as FhirResource, fhirBase),
);
const goals = resources.filter((resource) => resource.resourceType === 'Goal');
const find = (id: string): FhirResource => {
  const found = resources.find((resource) => resource.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
};
const read = (resource: FhirResource, row: RecordRow = {}) =>
  readPart(resource, { row, goals, questionnaireOf: reading.questionnaireOf });

const bare = <T extends object>(value: T | undefined, ...names: string[]): unknown =>
  Object.fromEntries(Object.entries(value ?? {}).filter(([name]) => !names.includes(name)));
const beside = ['via', 'toldMove', 'unlocked', 'told', 'unsent', 'madeBy', 'changedBy', 'content'];

describe('a resource of an export', () => {
  it.each<[id: string, part: string, value: unknown]>([
    ['plan-a', 'plan', bare(state.plan, ...beside)],
    ['step-a', 'assignment', bare(state.assignments[0], ...beside)],
    ['step-a.1', 'occurrence', state.occurrences[0]],
    ['log-a', 'log', bare(state.logs[0], ...beside)],
    ['barrier-a', 'barrier', bare(state.barriers[0], ...beside)],
    ['message-a', 'feedback', bare(state.feedback[0], ...beside)],
    ['report-a', 'report', bare(state.reports[0], ...beside)],
    ['signal-a', 'safety', { signal: sampleArchive.signals[0]?.signal, owners: [], shownTo: '' }],
  ])('%s is read as a %s, with nothing that its row does not say', (id, part, value) => {
    expect(read(find(id))).toStrictEqual({ part, value });
  });

  const moved = { event: 'agreed', at: '2026-03-02T15:00:00.000Z', via: 'product' };
  const told = { at: '2026-03-02T15:00:00.000Z', as: 'made' } as const;
  it.each<[id: string, row: RecordRow, added: object]>([
    ['plan-a', { via: 'product' }, { via: 'product' }],
    ['step-a', { via: 'product', moved }, { via: 'product', toldMove: moved }],
    ['step-a', { unlocked: { at: moved.at } }, { unlocked: { at: moved.at } }],
    [
      'log-a',
      { via: 'product', told, unsent: true, writtenBy: 'a', revisedBy: 'b' },
      { via: 'product', told, unsent: true, madeBy: 'a', changedBy: 'b' },
    ],
    ['barrier-a', { via: 'product' }, { via: 'product' }],
    ['message-a', { via: 'product' }, { via: 'product' }],
    ['report-a', { via: 'product', reportContent: '{"title":"x"}' }, { via: 'product', content: { title: 'x' } }],
    ['signal-a', { owners: ['a'], shownTo: 'b' }, { owners: ['a'], shownTo: 'b' }],
  ])('%s is what its row says beside, too', (id, row, added) => {
    const { value } = read(find(id)) ?? {};
    expect(read(find(id), row)?.value).toStrictEqual({ ...value, ...added });
  });

  const own = (word: string) => [{ system: `https://intersession.dev/id/${word}`, value: 'x' }];
  it.each([
    ['Goal', 'goal'],
    ['Task', 'safety-review'],
    ['Observation', 'measure'],
    ['Observation', 'adherence'],
    ['Communication', 'safety-message'],
    ['DocumentReference', 'safety-note'],
  ])('that is derived from others, or read with them, is no row: %s, %s', (resourceType, word) => {
    expect(read({ resourceType, identifier: own(word) } as never)).toBeUndefined();
  });

  it('that says whence another comes is no row', () => {
    expect(read(find('provenance-b'))).toBeUndefined();
  });

  const unknown = 'names a questionnaire, or a version of one, that this service does not have';
  const goalless = 'names a Goal that is not in the Bundle';
  it.each<[what: string, resource: FhirResource, row: RecordRow, path: string, problem: string]>([
    ['a plan whose goal is missing', find('plan-a'), {}, 'CarePlan.goal', goalless],
    [
      'a log of a version that we do not have',
      broken(find('log-a'), 'questionnaire', 'https://intersession.dev/fhir/Questionnaire/self-monitoring|9.0.0'),
      {},
      'QuestionnaireResponse.questionnaire',
      unknown,
    ],
    [
      'a log of no questionnaire',
      broken(find('log-a'), 'questionnaire'),
      {},
      'QuestionnaireResponse.questionnaire',
      unknown,
    ],
    [
      'a report whose data is torn',
      find('report-a'),
      { reportContent: '{"title' },
      'record-row.reportContent',
      'is not JSON',
    ],
  ])('is refused as %s', (_what, resource, row, path, problem) => {
    const some = { row, goals: goals.slice(1), questionnaireOf: reading.questionnaireOf };
    try {
      readPart(resource, some);
    } catch (error) {
      if (!hasCode(error, 'invalid-request')) throw error;
      expect(error.fields.issues).toEqual([{ path, problem }]);
      return;
    }
    throw new Error('was not refused');
  });

  it('may be a plan without goals', () => {
    const plan = broken(find('plan-a'), 'goal');
    expect(readPart(plan, { row: {}, goals: [], questionnaireOf: reading.questionnaireOf })).toMatchObject({
      part: 'plan',
      value: { goals: [] },
    });
  });

  it('asks for the questionnaire that a log names, and for none by no name', () => {
    const asked: string[] = [];
    const questionnaireOf = (canonical: string) => {
      asked.push(canonical);
      return reading.questionnaireOf(canonical);
    };
    readPart(find('log-a'), { row: {}, goals, questionnaireOf });
    expect(() => readPart(broken(find('log-a'), 'questionnaire'), { row: {}, goals, questionnaireOf })).toThrow();
    expect(asked).toEqual(['https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0', '']);
  });
});

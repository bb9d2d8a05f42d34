import type { Extension, Questionnaire, QuestionnaireResponse } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromQuestionnaireResponse } from '../../../src/fhir/from-questionnaire-response.ts';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import { logResolutions, logStatuses } from '../../../src/homework/log/log.ts';
import { catchError } from '../../kinds/describe-kind.ts';
import { broken, expectRefusal, missing, type Refusal, unknownCode } from './broken.ts';

const questionnaire: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  item: [
    { linkId: 'situation', type: 'text' },
    { linkId: 'belief', type: 'integer' },
    { linkId: 'spoke', type: 'boolean' },
  ],
};
const own = (type: string, identified: string, value: string) => ({
  reference: `${type}/9`,
  identifier: { system: `https://intersession.dev/id/${identified}`, value },
});
const said = (url: string, ...words: string[]): Extension[] => words.map((valueString) => ({ url, valueString }));

const wire: QuestionnaireResponse = {
  resourceType: 'QuestionnaireResponse',
  id: '93',
  extension: [
    { url: 'https://ehr.example/filed-by', valueString: 'batch' },
    {
      url: 'https://intersession.dev/fhir/StructureDefinition/log-context',
      extension: [
        ...said('withheld', 'situation', 'spoke'),
        { url: 'withheld' },
        ...said('predicted', 'belief', 'situation'),
        { url: 'predicted' },
        { url: 'predictedAt', valueDateTime: '2026-03-02T09:00:00-05:00' },
        { url: 'performedAt', valueDateTime: '2026-03-02T10:00:00-05:00' },
        { url: 'resolution', valueCode: 'late' },
        { url: 'task', valueReference: own('Task', 'occurrence', 'step-a.2') },
        { url: 'assignment', valueReference: own('Task', 'assignment', 'step-a') },
      ],
    },
  ],
  identifier: { system: 'https://intersession.dev/id/log', value: 'log-a' },
  basedOn: [{ reference: 'ServiceRequest/1' }, own('CarePlan', 'plan', 'plan-a')],
  questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0',
  status: 'amended',
  subject: { reference: 'Patient/sarah' },
  authored: '2026-03-02T11:00:00-05:00',
  author: { reference: 'Practitioner/dr-okafor' },
  item: [
    { linkId: 'situation', answer: [{ valueString: 'Seminar' }] },
    { linkId: 'belief', answer: [{ valueInteger: 80 }] },
  ],
};
const read = (response: QuestionnaireResponse) => fromQuestionnaireResponse(response, questionnaire);
const least = {
  id: 'log-a',
  planId: 'plan-a',
  assignmentId: 'step-a',
  patientId: 'sarah',
  resolution: 'late',
  questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0',
  status: 'amended',
  performedAt: '2026-03-02T15:00:00.000Z',
  authored: '2026-03-02T16:00:00.000Z',
  source: { type: 'practitioner', reference: 'Practitioner/dr-okafor' },
  items: [],
  withheld: [],
};
const context = 'extension:log-context.extension';

describe('a log', () => {
  it('is read from its QuestionnaireResponse', () => {
    expect(read(wire)).toStrictEqual({
      ...least,
      occurrenceId: 'step-a.2',
      items: [
        { linkId: 'situation', answers: [{ type: 'string', value: 'Seminar' }], items: [] },
        { linkId: 'belief', answers: [{ type: 'integer', value: 80 }], items: [] },
      ],
      withheld: ['situation', 'spoke'],
      predicted: { at: '2026-03-02T14:00:00.000Z', linkIds: ['belief', 'situation'] },
    });
  });

  it('has nothing that its QuestionnaireResponse does not say', () => {
    const { item: _, ...bare } = wire;
    const url = 'https://intersession.dev/fhir/StructureDefinition/log-context';
    const needed = wire.extension?.[1]?.extension?.filter(({ url }) =>
      /^(assignment|resolution|performedAt)$/.test(url),
    );
    expect(read({ ...bare, extension: [{ url, extension: needed ?? [] }] })).toStrictEqual(least);
  });

  it('was predicted only where it says when', () => {
    expect(read(broken(wire, `${context}:predictedAt`))).not.toHaveProperty('predicted');
  });

  it.each([
    ['Patient/sarah', { type: 'patient' }],
    ['RelatedPerson/mother', { type: 'related-person', reference: 'RelatedPerson/mother' }],
    ['Practitioner/Patient', { type: 'practitioner', reference: 'Practitioner/Patient' }],
    ['PractitionerRole/RelatedPerson', { type: 'practitioner', reference: 'PractitionerRole/RelatedPerson' }],
  ])('that %s wrote is from %j', (reference, source) => {
    expect(read({ ...wire, author: { reference } }).source).toStrictEqual(source);
  });

  it.each(logStatuses)('may be %s', (status) => {
    expect(read({ ...wire, status }).status).toBe(status);
  });

  it.each(logResolutions)('may be tied to its step as %s', (resolution) => {
    expect(read(broken(wire, `${context}:resolution.valueCode`, resolution)).resolution).toBe(resolution);
  });

  const log = 'QuestionnaireResponse.extension(log-context)';
  it.each<Refusal>([
    missing('identifier', 'identifier of system https://intersession.dev/id/log'),
    ['identifier.system', 'x', { path: 'identifier of system https://intersession.dev/id/log', problem: 'is missing' }],
    missing('basedOn', 'QuestionnaireResponse.basedOn'),
    missing('basedOn:1', 'QuestionnaireResponse.basedOn'),
    missing('extension', `${log}.assignment`),
    missing(`${context}:assignment`, `${log}.assignment`),
    missing(`${context}:assignment.valueReference`, `${log}.assignment`),
    missing('subject', 'QuestionnaireResponse.subject'),
    missing(`${context}:resolution`, `${log}.resolution`),
    unknownCode(`${context}:resolution.valueCode`, `${log}.resolution`),
    missing('questionnaire', 'QuestionnaireResponse.questionnaire'),
    missing('status', 'QuestionnaireResponse.status'),
    unknownCode('status', 'QuestionnaireResponse.status'),
    missing(`${context}:performedAt`, `${log}.performedAt`),
    missing(`${context}:performedAt.valueDateTime`, `${log}.performedAt`),
    missing('authored', 'QuestionnaireResponse.authored'),
    missing('author', 'QuestionnaireResponse.author'),
    missing('author.reference', 'QuestionnaireResponse.author'),
  ])('is refused by its element when %s is %s', (path, by, issue) => {
    expectRefusal(() => read(broken(wire, path, by)), issue);
  });

  it('is refused by its items when their answers cannot be read, without the answers', () => {
    const unread = { valueAttachment: { title: 'only for me' } };
    const item = [
      { linkId: 'situation', answer: [unread] },
      { linkId: 'belief', answer: [{ valueInteger: 1 }], item: [{ linkId: 'spoke' }] },
    ];
    const refused = catchError(() => read({ ...wire, item }));
    if (!hasCode(refused, 'invalid-answer')) throw refused;
    expect(refused.message).toBe('Answers cannot be read');
    expect(refused.fields).toEqual({
      issues: [
        { linkId: 'situation', problem: 'has a value that cannot be read' },
        { linkId: 'belief', problem: 'is a question: items below it belong to its answer' },
      ],
    });
  });
});

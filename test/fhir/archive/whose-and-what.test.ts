import type { FhirResource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { identifiedOf } from '../../../src/fhir/archive/identified-of.ts';
import { subjectOf } from '../../../src/fhir/archive/subject-of.ts';

const resource = (resourceType: string, more: object = {}) => ({ resourceType, ...more }) as FhirResource;
const own = (word: string) => ({ system: `https://intersession.dev/id/${word}`, value: 'x' });
const elses = { system: 'https://ehr.example/mrn', value: '1' };

describe('what sort of resource of ours it is', () => {
  it.each([
    ['CarePlan', 'plan'],
    ['Task', 'assignment'],
    ['Task', 'occurrence'],
    ['Task', 'safety-review'],
    ['QuestionnaireResponse', 'log'],
    ['Observation', 'measure'],
    ['Observation', 'adherence'],
    ['Observation', 'barrier'],
    ['Communication', 'feedback'],
    ['Communication', 'safety-message'],
    ['DocumentReference', 'report'],
    ['DocumentReference', 'safety-note'],
    ['Goal', 'goal'],
    ['Flag', 'safety'],
  ])('is said by its type and identifier: %s, %s', (type, word) => {
    expect(identifiedOf(resource(type, { identifier: [elses, own(word)] }))).toBe(word);
    expect(identifiedOf(resource(type, { identifier: own(word) }))).toBe(word);
  });

  it('is none for a Provenance, which has no identifier', () => {
    expect(identifiedOf(resource('Provenance'))).toBeUndefined();
  });

  it.each<[what: string, type: string, identifier: unknown]>([
    ['no identifier', 'Task', undefined],
    ['no identifiers', 'Task', []],
    ['somebody else’s', 'Task', [elses]],
    ['ours of another type', 'Task', [own('plan')]],
    ['one of ours that there is not', 'Task', [own('step')]],
    ['what is no identifier', 'Task', [null, 'x', 4]],
    ['ours without its address', 'Task', [{ value: 'assignment' }]],
    ['ours, on a type that we do not make', 'Patient', [own('assignment')]],
  ])('is refused when it bears %s', (_what, type, identifier) => {
    const given = identifier === undefined ? {} : { identifier };
    const issues = [{ path: `${type}.identifier`, problem: 'is none that this service gives' }];
    const refused = expect.objectContaining({ code: 'invalid-request', fields: { issues } });
    expect(() => identifiedOf(resource(type, given))).toThrow(refused);
  });
});

describe('whom a resource is about', () => {
  const patient = { reference: 'Patient/17' };
  const url = 'https://intersession.dev/fhir/StructureDefinition/provenance-patient';
  it.each<[what: string, resource: FhirResource, about: string | undefined]>([
    ['its subject', resource('CarePlan', { subject: patient }), 'Patient/17'],
    ['whom a Task is for', resource('Task', { for: patient }), 'Patient/17'],
    [
      'a Provenance’s extension',
      resource('Provenance', { extension: [{ url, valueReference: patient }] }),
      'Patient/17',
    ],
    ['not a Provenance’s subject', resource('Provenance', { subject: patient }), undefined],
    ['nothing in a Provenance’s extension', resource('Provenance', { extension: [{ url }] }), undefined],
    ['nothing', resource('Goal'), undefined],
    ['a subject by name', resource('Goal', { subject: { display: 'Sarah' } }), undefined],
  ])('is said by %s', (_what, given, about) => {
    expect(subjectOf(given)).toBe(about);
  });
});

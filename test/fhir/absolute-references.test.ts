import type { CarePlan } from 'fhir/r4';
import { expect, it } from 'vitest';
import { absoluteReferences } from '../../src/fhir/absolute-references.ts';

it('makes the EHR’s references absolute and leaves ours, logical and absolute ones as they are', () => {
  const plan: CarePlan = {
    resourceType: 'CarePlan',
    status: 'active',
    intent: 'plan',
    subject: { reference: 'Patient/17' },
    author: { reference: 'https://other.example/Practitioner/1' },
    goal: [
      { reference: 'Goal/ours', identifier: { system: 'https://intersession.dev/id/goal', value: 'ours' } },
      { reference: 'Goal/theirs' },
    ],
    activity: [{ reference: { reference: 'Task/a' }, outcomeReference: [{ reference: 'Observation/b' }] }],
    contributor: [{ display: 'somebody' }, { reference: '#contained' }],
  };
  const before = structuredClone(plan);
  expect(absoluteReferences(plan, 'https://ehr.example/r4')).toEqual({
    ...plan,
    subject: { reference: 'https://ehr.example/r4/Patient/17' },
    goal: [plan.goal?.[0], { reference: 'https://ehr.example/r4/Goal/theirs' }],
  });
  expect(plan).toEqual(before);
});

it.each<[reference: object, absolute: boolean]>([
  [{ reference: 'Task/a', identifier: { system: 'https://intersession.dev/id/assignment', value: 'a' } }, false],
  [{ reference: 'Task/a' }, false],
  [{ reference: 'Task/a', identifier: null }, false],
  [{ reference: 'Task/a', identifier: { value: 'a' } }, false],
  // an identifier that says whose it is counts more than the type
  [{ reference: 'Task/a', identifier: { system: 'https://ehr.example/ids', value: 'a' } }, true],
  [{ reference: 'Task/a', identifier: { system: 17 } }, true],
  [{ reference: 'Encounter/e', identifier: { value: 'e' } }, true],
  [{ reference: 'Practitioner/p/_history/2' }, true],
  [{ reference: 'https://ehr.example/r4/Patient/17' }, false],
  [{ reference: 'urn:uuid:1' }, false],
  [{ reference: 17 }, false],
])('%j is the EHR’s to resolve: %s', (reference, absolute) => {
  const resource = JSON.parse(JSON.stringify({ resourceType: 'Task', owner: reference, note: [null, 'x'] }));
  const made =
    absolute && 'reference' in reference ? { reference: `https://ehr.example/r4/${reference.reference}` } : {};
  expect(absoluteReferences(resource, 'https://ehr.example/r4')).toEqual({
    ...resource,
    owner: { ...reference, ...made },
  });
});

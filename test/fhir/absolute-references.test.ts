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

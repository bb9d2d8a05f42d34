import type { Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromBarrierObservation } from '../../../src/fhir/from-barrier-observation.ts';
import { broken, expectRefusal, missing, type Refusal, unknownCode } from './broken.ts';

const wire: Observation = {
  resourceType: 'Observation',
  id: '55',
  extension: [
    {
      url: 'https://intersession.dev/fhir/StructureDefinition/talked-over-at',
      valueDateTime: '2026-03-09T10:00:00-04:00',
    },
  ],
  identifier: [
    { system: 'https://ehr.example/mrn', value: '1' },
    { system: 'https://intersession.dev/id/barrier', value: 'barrier-a' },
  ],
  basedOn: [
    { reference: 'ServiceRequest/1' },
    { reference: 'CarePlan/12', identifier: { system: 'https://intersession.dev/id/plan', value: 'plan-a' } },
  ],
  status: 'final',
  code: { text: 'barrier' },
  subject: { reference: 'Patient/sarah' },
  focus: [
    { reference: 'Task/1042', identifier: { system: 'https://intersession.dev/id/assignment', value: 'step-a' } },
  ],
  effectiveDateTime: '2026-03-02T10:00:00-05:00',
  performer: [{ display: 'Riverside' }, { reference: 'Patient/sarah' }],
  valueCodeableConcept: {
    coding: [
      { system: 'https://ehr.example/codes', code: 'X1' },
      { system: 'https://intersession.dev/fhir/CodeSystem/barrier', code: 'fear' },
    ],
    text: 'They would laugh',
  },
};
const least = {
  id: 'barrier-a',
  planId: 'plan-a',
  patientId: 'sarah',
  code: 'fear',
  saidBy: 'patient',
  recordedAt: '2026-03-02T15:00:00.000Z',
};

describe('a barrier', () => {
  it('is read from its Observation, whatever codings, identifiers and references stand beside ours', () => {
    expect(fromBarrierObservation(wire)).toStrictEqual({
      ...least,
      assignmentId: 'step-a',
      text: 'They would laugh',
      talkedOverAt: '2026-03-09T14:00:00.000Z',
    });
  });

  it('has nothing that its Observation does not say', () => {
    const { extension: _, focus: __, ...bare } = broken(wire, 'valueCodeableConcept.text');
    expect(fromBarrierObservation(bare)).toStrictEqual(least);
  });

  it.each([
    ['Practitioner/dr-okafor', 'Practitioner/dr-okafor'],
    ['PractitionerRole/Patient', 'PractitionerRole/Patient'],
    ['Patient/sarah/_history/2', 'patient'],
  ])('that %s performed was said by %s', (reference, saidBy) => {
    expect(fromBarrierObservation({ ...wire, performer: [{ reference }] }).saidBy).toBe(saidBy);
  });

  const value = 'Observation.valueCodeableConcept';
  it.each<Refusal>([
    missing('identifier', 'identifier of system https://intersession.dev/id/barrier'),
    missing('identifier:barrier', 'identifier of system https://intersession.dev/id/barrier'),
    missing('basedOn', 'Observation.basedOn'),
    missing('basedOn:1', 'Observation.basedOn'),
    missing('subject', 'Observation.subject'),
    missing('valueCodeableConcept', value),
    missing('valueCodeableConcept.coding', value),
    missing('valueCodeableConcept.coding:barrier', value),
    unknownCode('valueCodeableConcept.coding:barrier.code', value),
    missing('performer', 'Observation.performer'),
    missing('performer:1', 'Observation.performer'),
    missing('effectiveDateTime', 'Observation.effectiveDateTime'),
  ])('is refused by its element when %s is %s', (path, by, issue) => {
    expectRefusal(() => fromBarrierObservation(broken(wire, path, by)), issue);
  });
});

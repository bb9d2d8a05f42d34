import { describe, expect, it } from 'vitest';
import type { PlanState } from '../../../src/homework/model.ts';
import { moveToPatient, renamePatient } from '../../../src/homework/patient/move-to-patient.ts';
import { holdsWrites } from '../../../src/homework/patient/patient-standing.ts';

const [from, to] = ['sarah', 'sarah-2'];
const at = '2026-03-02T15:00:00.000Z';
const rename = (value: unknown) => renamePatient(value, { from, to });

describe('a plan that becomes another patient’s', () => {
  it.each<readonly [string, object, object]>([
    ...['author', 'saidBy', 'requester', 'reference', 'signedBy', 'by', 'closedBy', 'addresses', 'reasons'].map(
      (name) => [`${name} names the patient`, { [name]: 'Patient/sarah' }, { [name]: 'Patient/sarah-2' }] as const,
    ),
    ['patientId', { patientId: 'sarah' }, { patientId: 'sarah-2' }],
    [
      'a reference in a list',
      { addresses: ['Condition/1', 'Patient/sarah'] },
      { addresses: ['Condition/1', 'Patient/sarah-2'] },
    ],
    ['deep inside', { a: [{ b: { patientId: 'sarah' } }] }, { a: [{ b: { patientId: 'sarah-2' } }] }],
  ])('%s: renamed', (_what, value, renamed) => {
    expect(rename(value)).toEqual(renamed);
  });

  it.each([
    ['another patient', { patientId: 'sarah-1' }],
    ['another patient’s reference', { author: 'Patient/sarah-1' }],
    ['an id where a reference stands', { author: 'sarah' }],
    ['a reference where an id stands', { patientId: 'Patient/sarah' }],
    ['a clinician of the same id', { author: 'Practitioner/sarah' }],
    ['the patient’s own words', { text: 'Patient/sarah', value: 'sarah', title: 'sarah' }],
    ['another id', { id: 'sarah', planId: 'sarah' }],
    ['numbers, yes and no, nothing', { step: 1, unsent: true, endedAt: null, reason: undefined }],
    ['a list of texts', ['sarah', 'Patient/sarah']],
    ['a text alone', 'Patient/sarah'],
    ['null', null],
  ])('%s: stays', (_what, value) => {
    expect(rename(value)).toEqual(value);
  });

  it('takes all that belongs to it along, and nothing else of the state', () => {
    const of = { planId: 'p', patientId: from };
    const state = {
      plan: { id: 'p', patientId: from, title: 'sarah', author: 'Patient/sarah' },
      assignments: [{ id: 'a', ...of, requester: 'Practitioner/1' }],
      occurrences: [{ id: 'a.1', ...of }],
      logs: [{ id: 'l', ...of, source: { type: 'related-person', reference: 'Patient/sarah' }, items: [] }],
      barriers: [{ id: 'b', ...of, saidBy: 'Patient/sarah', text: 'Patient/sarah' }],
      feedback: [{ id: 'f', ...of, author: 'Patient/sarah', text: 'sarah' }],
      reports: [{ id: 'r', ...of, signedBy: 'Practitioner/1' }],
      openSafetySignals: 2,
      deceased: { at },
    } as unknown as PlanState;
    const its = { planId: 'p', patientId: to };
    expect(moveToPatient(state, { from, to })).toEqual({
      plan: { id: 'p', patientId: to, title: 'sarah', author: 'Patient/sarah-2' },
      assignments: [{ id: 'a', ...its, requester: 'Practitioner/1' }],
      occurrences: [{ id: 'a.1', ...its }],
      logs: [{ id: 'l', ...its, source: { type: 'related-person', reference: 'Patient/sarah-2' }, items: [] }],
      barriers: [{ id: 'b', ...its, saidBy: 'Patient/sarah-2', text: 'Patient/sarah' }],
      feedback: [{ id: 'f', ...its, author: 'Patient/sarah-2', text: 'sarah' }],
      reports: [{ id: 'r', ...its, signedBy: 'Practitioner/1' }],
      openSafetySignals: 2,
      deceased: { at },
    });
  });
});

it.each([
  ['current', false],
  ['inactive', true],
  ['merged', true],
  ['gone', true],
] as const)('a patient who is %s holds writes: %s', (state, holds) => {
  expect(holdsWrites({ state })).toBe(holds);
});

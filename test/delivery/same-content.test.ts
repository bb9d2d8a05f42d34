import { describe, expect, it } from 'vitest';
import { sameContent } from '../../src/delivery/same-content.ts';

const base = 'https://ehr.example/fhir';
const ours = {
  resourceType: 'Task',
  id: 'ours',
  meta: { profile: ['https://intersession.dev/fhir/StructureDefinition/homework-assignment'] },
  identifier: [{ system: 'https://intersession.dev/id/assignment', value: 'a' }],
  status: 'on-hold',
  statusReason: { text: 'on holiday' },
  code: { coding: [{ system: 's', code: 'homework' }] },
  for: { reference: 'Patient/sarah' },
  authoredOn: '2026-03-01T15:00:00.000Z',
  input: [
    { type: { text: 'a' }, valueInteger: 1 },
    { type: { text: 'b' }, valueInteger: 2 },
  ],
  extension: [{ url: 'https://intersession.dev/fhir/StructureDefinition/x', valueBoolean: true }],
};
/** As a server might give it back. */
const theirs = {
  ...ours,
  id: '17',
  meta: { ...ours.meta, versionId: '3', lastUpdated: '2026-03-01T15:00:01Z', tag: [{ code: 'theirs' }] },
  text: { status: 'generated', div: '<div/>' },
  identifier: [{ system: 'urn:ehr', value: '17' }, ...ours.identifier],
  code: { coding: [{ system: 's', code: 'homework', display: 'Homework' }] },
  for: { reference: `${base}/Patient/sarah`, display: 'Sarah' },
  authoredOn: '2026-03-01T10:00:00-05:00',
  input: [...ours.input].reverse(),
  extension: [...ours.extension, { url: 'https://ehr.example/own', valueCode: 'x' }],
};
const same = (a: object, b: object, leftOut: string[] = []) =>
  sameContent({ resourceType: 'Task', ...a }, { resourceType: 'Task', ...b }, { base, leftOut: new Set(leftOut) });

describe('sameContent', () => {
  it('does not count what servers add, rewrite or reorder', () => {
    expect(same(ours, theirs)).toBe(true);
  });

  it.each([
    ['another status', { ...theirs, status: 'requested' }],
    ['a value of ours missing', { ...theirs, statusReason: undefined }],
    ['another value in a list', { ...theirs, input: [ours.input[0], { type: { text: 'b' }, valueInteger: 3 }] }],
    ['one entry of a list twice', { ...theirs, input: [...theirs.input, ours.input[0]] }],
    ['another patient', { ...theirs, for: { reference: 'Patient/other' } }],
    ['the same id on another server', { ...theirs, for: { reference: 'https://other.example/fhir/Patient/sarah' } }],
    ['an element that we took away', { ...theirs, description: 'old' }],
    [
      'an extension of ours that we took away',
      {
        ...theirs,
        extension: [
          ...theirs.extension,
          { url: 'https://intersession.dev/fhir/StructureDefinition/y', valueBoolean: true },
        ],
      },
    ],
    ['another moment', { ...theirs, authoredOn: '2026-03-01T10:00:00Z' }],
  ])('counts %s', (_name, other) => {
    expect(same(ours, JSON.parse(JSON.stringify(other)))).toBe(false);
  });

  it('compares on neither side what had to be left out for now', () => {
    const withOutput = { ...theirs, output: [{ valueReference: { reference: 'QuestionnaireResponse/1' } }] };
    expect(same(ours, withOutput)).toBe(false);
    expect(same(ours, withOutput, ['Task.output'])).toBe(true);
    expect(same(ours, { ...withOutput, status: 'requested' }, ['Task.output'])).toBe(false);
  });
});

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

const ourUrl = 'https://intersession.dev/fhir/StructureDefinition/ended-at';
const itsUrl = 'https://ehr.example/StructureDefinition/filed-by';
const endedAt = { url: ourUrl, valueDateTime: '2026-03-01T15:00:00.000Z' };
const filedBy = { url: itsUrl, valueString: 'batch' };

describe('extensions that are there, where ours has none', () => {
  const { extension: _none, ...bare } = ours;
  const reason = (extension: unknown) => ({ ...bare, statusReason: { ...bare.statusReason, extension } });
  const input = (extension: unknown) => ({ ...bare, input: [{ ...bare.input[0], extension }, bare.input[1]] });

  it.each([
    ['theirs alone', [filedBy]],
    ['several of theirs', [filedBy, { ...filedBy, url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason' }]],
    ['one of theirs whose address only resembles ours', [{ ...filedBy, url: 'https://intersession.dev.example/x' }]],
    ['one without an address', [{ valueString: 'batch' }]],
    ['an empty list', []],
  ])('pass, being %s: on the resource and on an element', (_name, extension) => {
    expect(same(bare, { ...bare, extension })).toBe(true);
    expect(same(bare, reason(extension))).toBe(true);
    expect(same(bare, input(extension))).toBe(true);
  });

  it.each([
    ['one of ours that we took away', [endedAt]],
    ['one of ours beside one of theirs', [filedBy, endedAt]],
    ['one of ours that holds others', [{ url: 'https://intersession.dev/fhir/x', extension: [filedBy] }]],
  ])('count, being %s: on the resource and on an element', (_name, extension) => {
    expect(same(bare, { ...bare, extension })).toBe(false);
    expect(same(bare, reason(extension))).toBe(false);
    expect(same(bare, input(extension))).toBe(false);
  });
});

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

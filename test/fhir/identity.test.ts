import { describe, expect, it } from 'vitest';
import {
  fromEhrReference,
  fromEhrReferences,
  fromIdentifiers,
  fromOwnReference,
  fromOwnReferences,
  fromPatientReference,
  toEhrReference,
  toIdentifier,
  toOwnReference,
  toPatientReference,
} from '../../src/fhir/identity.ts';
import { refusedElement } from './refused-element.ts';

const log = { system: 'https://intersession.dev/id/log', value: 'l1' };
const server = { system: 'https://ehr.example/ids', value: '900' };

describe('our identifier', () => {
  it('names the sort of resource and its id', () => {
    expect(toIdentifier('log', 'l1')).toStrictEqual(log);
  });

  it('is found among those that a server added', () => {
    expect(fromIdentifiers([server, log], 'log')).toBe('l1');
  });

  it.each([
    ['no identifiers', undefined],
    ['none of ours', [server]],
    ['one of another sort', [{ ...log, system: 'https://intersession.dev/id/plan' }]],
    ['one without a value', [{ system: log.system }]],
  ])('is missed by name: %s', (_, identifiers) => {
    expect(refusedElement(() => fromIdentifiers(identifiers, 'log'))).toStrictEqual({
      path: 'identifier of system https://intersession.dev/id/log',
      problem: 'is missing',
    });
  });
});

describe('a reference to a resource of ours', () => {
  const reference = { reference: 'QuestionnaireResponse/l1', identifier: log };

  it('is literal, with the identifier', () => {
    expect(toOwnReference('log', 'l1')).toStrictEqual(reference);
    expect(toOwnReference('safety-note', 'n1').reference).toBe('DocumentReference/n1');
  });

  it('is read by its identifier, whatever the literal part became', () => {
    expect(fromOwnReference(reference, 'log')).toBe('l1');
    expect(fromOwnReference({ reference: 'QuestionnaireResponse/900', identifier: log }, 'log')).toBe('l1');
    expect(fromOwnReference({ identifier: log }, 'log')).toBe('l1');
  });

  it('is none of that sort, or none at all', () => {
    expect(fromOwnReference(reference, 'plan')).toBeUndefined();
    expect(fromOwnReference({ reference: 'QuestionnaireResponse/l1' }, 'log')).toBeUndefined();
    expect(fromOwnReference({ reference: 'QuestionnaireResponse/l1', identifier: server }, 'log')).toBeUndefined();
    expect(fromOwnReference(undefined, 'log')).toBeUndefined();
  });

  it('is the first of that sort among several', () => {
    const others = [{ display: 'words' }, toOwnReference('plan', 'p1')];
    expect(fromOwnReferences([...others, reference, toOwnReference('log', 'l2')], 'log')).toBe('l1');
    expect(fromOwnReferences(others, 'log')).toBeUndefined();
    expect(fromOwnReferences(undefined, 'log')).toBeUndefined();
  });
});

describe('a reference into the EHR’s record', () => {
  it('is the domain’s own text', () => {
    expect(toEhrReference('Practitioner/17')).toStrictEqual({ reference: 'Practitioner/17' });
    expect(fromEhrReference({ reference: 'Practitioner/17', display: 'Dr. Okafor' })).toBe('Practitioner/17');
    expect(fromEhrReference({ reference: 'Practitioner/17/_history/2' })).toBe('Practitioner/17');
  });

  it.each([
    [undefined],
    [{}],
    [{ display: 'Dr. Okafor' }],
    [{ identifier: server }],
    [{ reference: '#p' }],
    [{ reference: 'https://ehr.example/Practitioner/17' }],
    [{ reference: 'Practitioner/17', type: 'Patient' }],
  ])('is none: %j', (reference) => {
    expect(fromEhrReference(reference)).toBeUndefined();
  });

  it('stays among several, and what leads elsewhere is left out', () => {
    const several = [{ reference: 'Goal/1' }, { display: 'words' }, { reference: 'Goal/2/_history/1' }];
    expect(fromEhrReferences(several)).toStrictEqual(['Goal/1', 'Goal/2']);
    expect(fromEhrReferences(undefined)).toStrictEqual([]);
  });
});

describe('the patient that a resource is about', () => {
  it('is a literal reference and back', () => {
    expect(toPatientReference('sarah')).toStrictEqual({ reference: 'Patient/sarah' });
    expect(fromPatientReference({ reference: 'Patient/sarah/_history/1' }, 'CarePlan.subject')).toBe('sarah');
  });

  it.each([
    [undefined],
    [{}],
    [{ reference: 'Group/sarah' }],
    [{ reference: '#sarah' }],
    [{ reference: 'https://ehr.example/Patient/sarah' }],
    [{ type: 'Patient', identifier: server }],
  ])('is missed by its path: %j', (reference) => {
    expect(refusedElement(() => fromPatientReference(reference, 'CarePlan.subject'))).toStrictEqual({
      path: 'CarePlan.subject',
      problem: 'is missing',
    });
  });
});

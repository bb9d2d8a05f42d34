import type { Reference } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { isAboutPatient, namesPatient } from '../../src/fhir/names-patient.ts';
import { parseLiteral, parseReference } from '../../src/fhir/parse-reference.ts';
import { relativeReferences } from '../../src/fhir/relative-references.ts';
import fc from '../fast-check.ts';

const bases = { ehr: 'https://ehr.example/r4', own: 'https://us.example/fhir/north' };
const names = (reference: Reference) => namesPatient(parseReference(reference, bases), 'sarah');
const literal = (reference: string) => names({ reference });

describe('a reference is compared whole', () => {
  it.each([
    'Patient/sarah',
    'Patient/sarah/_history/3',
    'https://ehr.example/r4/Patient/sarah',
    'https://ehr.example/r4/Patient/sarah/_history/2026-01',
    'https://EHR.example:443/r4/Patient/sarah',
    'https://us.example/fhir/north/Patient/sarah',
  ])('%s is this patient', (reference) => {
    expect(literal(reference)).toBe('same');
  });

  it.each([
    'Patient/ada',
    'Patient/Sarah',
    'Patient/sarah/',
    'Patient/sarah?x=1',
    'Patient/sarah#name',
    'Patient/sarah/Patient/ada',
    'patient/sarah',
    'Practitioner/sarah',
    'Group/sarah',
    'sarah',
    '/Patient/sarah',
    '../r4/Patient/sarah',
    '#sarah',
    '#',
    '',
    'urn:uuid:8d1b5f0e-6a0f-4d3c-9b5c-0e6f8c1d2a3b',
    'https://other-hospital.example/fhir/Patient/sarah',
    'http://ehr.example/r4/Patient/sarah',
    'https://ehr.example/r5/Patient/sarah',
    'https://ehr.example/r4x/Patient/sarah',
    'https://ehr.example/r4/../dstu2/Patient/sarah',
    'https://ehr.example/r4/tenant/Patient/sarah',
    'https://ehr.example:8443/r4/Patient/sarah',
    'https://ehr.example.evil/r4/Patient/sarah',
    'https://ehr.example@evil.example/r4/Patient/sarah',
    'https://evil@ehr.example/r4/Patient/sarah',
    'https://us.example/fhir/south/Patient/sarah',
    'https://ehr.example\\r4\\Patient\\sarah',
  ])('%s is not', (reference) => {
    expect(literal(reference)).toBe('other');
  });

  it('a type that is said must be the one that the literal part has', () => {
    expect(names({ reference: 'Patient/sarah', type: 'Patient' })).toBe('same');
    expect(names({ reference: 'Patient/sarah', type: 'http://hl7.org/fhir/StructureDefinition/Patient' })).toBe('same');
    expect(names({ reference: 'Patient/sarah', type: 'Group' })).toBe('other');
  });

  it('an identifier alone, words alone and nothing at all name nobody for certain', () => {
    const identifier = { system: 'https://harbor-clinic.example/id/mrn', value: '4470052' };
    expect(names({ identifier })).toBe('unclear');
    expect(names({ identifier, type: 'Patient' })).toBe('unclear');
    expect(names({ identifier, type: 'Practitioner' })).toBe('other');
    expect(names({ identifier: { system: identifier.system } })).toBe('other');
    expect(names({ display: 'Sarah Whitfield' })).toBe('other');
    expect(names({})).toBe('other');
  });

  it('no base makes another server’s resource ours, whatever it is called', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    const server = fc
      .tuple(part, part, part)
      .map(([host, domain, path]) => `https://${host}.${domain}.example/${path}`);
    fc.assert(
      fc.property(server, server, part, (text, other, id) => {
        fc.pre(text !== other);
        expect(parseLiteral(`${other}/Practitioner/${id}`, { ehr: text }).form).not.toBe('local');
        expect(parseLiteral(`${text}/Practitioner/${id}`, { ehr: text })).toMatchObject({ form: 'local', id });
        const read = relativeReferences({ author: { reference: `${other}/Practitioner/${id}` } }, text);
        expect(read.author.reference).toBe(`${other}/Practitioner/${id}`);
      }),
    );
  });

  it('ids longer than R4 allows, with an underscore, are read; a path that climbs is not', () => {
    const long = `e_${'x'.repeat(200)}`;
    expect(parseLiteral(`Patient/${long}`, bases)).toMatchObject({ form: 'local', id: long });
    expect(parseLiteral('Patient/..', bases).form).toBe('unreadable');
    expect(parseLiteral(`Patient/${'x'.repeat(256)}`, bases).form).toBe('unreadable');
  });
});

describe('a resource that an EHR answers with', () => {
  it('is about a patient when everything it names is', () => {
    const about = (resource: object) => isAboutPatient({ ...resource }, 'sarah', bases);
    expect(about({ subject: { reference: 'Patient/sarah' } })).toBe(true);
    expect(about({ for: { reference: 'https://ehr.example/r4/Patient/sarah/_history/1' } })).toBe(true);
    expect(about({ subject: { reference: 'Patient/ada' } })).toBe(false);
    expect(about({ subject: { reference: 'https://old.example/r4/Patient/sarah' } })).toBe(false);
    expect(about({ subject: { reference: 'Patient/sarah' }, patient: { reference: 'Patient/ada' } })).toBe(false);
    expect(about({})).toBe(false);
    expect(about({ subject: 'Patient/sarah' })).toBe(false);
    expect(about({ subject: { reference: 'Patient/sarah' }, for: null })).toBe(true);
  });

  it.each([
    ['another patient, as text', 'Patient/ada'],
    ['a number', { reference: 17 }],
    ['an identifier alone', { identifier: { value: '4470052' } }],
    ['words alone', { display: 'Ada' }],
    ['a type that is no text', { reference: 'Patient/sarah', type: 17 }],
    ['a list', [{ reference: 'Patient/sarah' }]],
  ])('is not about a patient when it names beside them %s', (_, subject) => {
    expect(isAboutPatient({ subject, patient: { reference: 'Patient/sarah' } }, 'sarah', bases)).toBe(false);
  });
});

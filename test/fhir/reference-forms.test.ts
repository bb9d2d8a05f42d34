import type { Reference } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import {
  namedIdentifier,
  type ParsedReference,
  parseLiteral,
  parseReference,
  type ReferenceBases,
  relativeOf,
} from '../../src/fhir/parse-reference.ts';

const bases: ReferenceBases = { ehr: 'https://ehr.example/r4', own: 'https://us.example/fhir/north' };

type Server = 'relative' | 'ehr' | 'own';
const local = (server: Server, type: string, id: string, version?: string): ParsedReference =>
  version === undefined ? { form: 'local', server, type, id } : { form: 'local', server, type, id, version };
const elsewhere = (type?: string): ParsedReference =>
  type === undefined ? { form: 'elsewhere' } : { form: 'elsewhere', type };
const unreadable: ParsedReference = { form: 'unreadable' };

describe('a literal is read into its parts', () => {
  it.each<[literal: string, parsed: ParsedReference]>([
    // relative
    ['Patient/sarah', local('relative', 'Patient', 'sarah')],
    ['Patient/sarah/_history/3', local('relative', 'Patient', 'sarah', '3')],
    ['QuestionnaireResponse/0d1c5b1e-7f0a', local('relative', 'QuestionnaireResponse', '0d1c5b1e-7f0a')],
    ['Task/a.1', local('relative', 'Task', 'a.1')],
    ['Patient/sarah/_history/', unreadable],
    ['Patient/sarah/_history/3/4', unreadable],
    ['Patient/sarah/_history/3?x', unreadable],
    ['Patient/', unreadable],
    ['Patient', unreadable],
    ['/Patient/sarah', unreadable],
    ['patient/sarah', unreadable],
    ['Pat1ent/sarah', unreadable],
    ['Patient/sa rah', unreadable],
    ['', unreadable],
    // the EHR's address, as it may be written
    ['https://ehr.example/r4/Patient/sarah', local('ehr', 'Patient', 'sarah')],
    ['HTTPS://EHR.example:443/r4/Patient/sarah/_history/7', local('ehr', 'Patient', 'sarah', '7')],
    ['https://ehr.example/r4/Patient/sarah?x=1', unreadable],
    ['https://ehr.example/r4/Patient/sarah#name', unreadable],
    ['https://ehr.example/r4/metadata', unreadable],
    ['https://ehr.example/r4/', unreadable],
    ['https://ehr.example/r4', elsewhere()],
    // ours
    ['https://us.example/fhir/north/Task/t1', local('own', 'Task', 't1')],
    ['https://us.example/fhir/north/Task', unreadable],
    // neither
    ['https://us.example/fhir/south/Task/t1', elsewhere('Task')],
    ['https://other.example/fhir/Patient/17', elsewhere('Patient')],
    ['https://other.example/fhir/Patient/17/_history/22', elsewhere('Patient')],
    ['https://other.example/X/1', elsewhere('X')],
    ['https://other.example/fhir/MedicationRequest/1', elsewhere('MedicationRequest')],
    ['https://other.example/fhir/patient/17', elsewhere()],
    ['https://other.example/fhir/Pat1ent/17', elsewhere()],
    ['https://other.example/Patient/17/name', elsewhere()],
    ['https://other.example/Patient/17/_history/', elsewhere()],
    ['https://other.example/Patient/', elsewhere()],
    ['https://other.example', elsewhere()],
    ['http://ehr.example/r4/Patient/sarah', elsewhere('Patient')],
    ['https://ehr.example:99999/r4/Patient/sarah', elsewhere('Patient')],
    ['https://evil@ehr.example/r4/Patient/sarah', elsewhere('Patient')],
    ['https://:evil@ehr.example/r4/Patient/sarah', elsewhere('Patient')],
    // no addresses
    ['xhttps://ehr.example/r4/Patient/sarah', unreadable],
    ['ftp://ehr.example/r4/Patient/sarah', unreadable],
    ['https://ehr.example/r4/Patient/sarah ', unreadable],
    ['https://ehr.example\\r4\\Patient\\sarah', unreadable],
    ['https://', unreadable],
    // inside the resource, or inside the Bundle
    ['#', { form: 'contained' }],
    ['#sarah', { form: 'contained' }],
    ['Patient#', unreadable],
    ['urn:uuid:8d1b5f0e-6a0f-4d3c-9b5c-0e6f8c1d2a3b', { form: 'urn' }],
    ['URN:OID:2.16.840.1.113883', { form: 'urn' }],
    ['xurn:uuid:8d1b5f0e', unreadable],
  ])('%s', (literal, parsed) => {
    expect(parseLiteral(literal, bases)).toStrictEqual(parsed);
  });

  it.each<[name: string, bases: ReferenceBases, parsed: ParsedReference]>([
    ['a slash at its end', { ehr: 'https://ehr.example/r4/' }, local('ehr', 'Patient', 'sarah')],
    ['slashes at its end', { own: 'https://ehr.example/r4//' }, local('own', 'Patient', 'sarah')],
    ['capitals in its host', { ehr: 'https://EHR.Example:443/r4' }, local('ehr', 'Patient', 'sarah')],
    ['capitals in its path', { ehr: 'https://ehr.example/R4' }, elsewhere('Patient')],
    ['a part of its last word', { ehr: 'https://ehr.example/r' }, elsewhere('Patient')],
    ['no path', { ehr: 'https://ehr.example' }, unreadable],
    ['no sense', { ehr: 'ehr.example/r4' }, elsewhere('Patient')],
    ['nobody to name it', {}, elsewhere('Patient')],
  ])('under a base with %s', (_, bases, parsed) => {
    expect(parseLiteral('https://ehr.example/r4/Patient/sarah', bases)).toStrictEqual(parsed);
  });
});

describe('a whole Reference', () => {
  const identifier = { system: 'https://harbor-clinic.example/id/mrn', value: '4470052' };
  const canonical = (type: string) => `http://hl7.org/fhir/StructureDefinition/${type}`;

  it.each<[reference: Reference, parsed: ParsedReference]>([
    [{ reference: 'Patient/sarah', type: 'Patient' }, local('relative', 'Patient', 'sarah')],
    [{ reference: 'Patient/sarah', type: canonical('Patient') }, local('relative', 'Patient', 'sarah')],
    [{ reference: 'Patient/sarah', type: 'Group' }, unreadable],
    [{ reference: 'Patient/sarah', type: canonical('Group') }, unreadable],
    // the literal part is what counts: an identifier beside it says nothing more
    [{ reference: 'Patient/sarah', identifier }, local('relative', 'Patient', 'sarah')],
    // what has no type of ours to contradict
    [{ reference: '#g', type: 'Group' }, { form: 'contained' }],
    [{ reference: 'https://other.example/Patient/1', type: 'Group' }, elsewhere('Patient')],
    [{ reference: '' }, unreadable],
    [{ identifier }, { form: 'logical', identifier }],
    [
      { identifier, type: canonical('Patient') },
      { form: 'logical', identifier, type: 'Patient' },
    ],
    [{ identifier: { value: '17' } }, { form: 'logical', identifier: { value: '17' } }],
    [{ identifier: { system: identifier.system } }, { form: 'nothing' }],
    [{ identifier: { value: '' } }, { form: 'nothing' }],
    [{ display: 'Sarah Whitfield', type: 'Patient' }, { form: 'nothing' }],
    [{}, { form: 'nothing' }],
  ])('%j', (reference, parsed) => {
    expect(parseReference(reference, bases)).toStrictEqual(parsed);
  });

  it('names an identifier by system and value alone', () => {
    expect(namedIdentifier({ ...identifier, use: 'official', period: { start: '2020' } })).toStrictEqual(identifier);
    expect(namedIdentifier(undefined)).toBeUndefined();
    expect(namedIdentifier(JSON.parse('{"value": 17}'))).toBeUndefined();
  });

  it('is relative without its server and version', () => {
    expect(relativeOf({ form: 'local', server: 'ehr', type: 'Patient', id: 'sarah', version: '3' })).toBe(
      'Patient/sarah',
    );
  });
});

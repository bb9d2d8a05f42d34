import type { Observation } from 'fhir/r4';
import { describe, expect, it, test } from 'vitest';
import { ownCode, toObservationRow } from '../../../src/fhir/to-observation-row.ts';
import { coded, ourCode, sarah } from './spelled-out.ts';

const measure = { system: 'https://intersession.dev/fhir/CodeSystem/measure', code: 'suds-peak', display: 'SUDS peak' };
const observation: Observation = {
  ...{ resourceType: 'Observation', id: 'l-1.suds-peak', status: 'final', subject: sarah, valueInteger: 70 },
  category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'survey', 'Survey')],
  code: { coding: [measure], text: 'SUDS peak' },
  note: [{ text: 'long words' }],
};
const row = { system: 'urn:oid:1.2.3', code: '4711' };

describe("an Observation as a reading of the customer's flowsheet row", () => {
  test("has the customer's code first and ours beside it, as a vital sign, without a note", () => {
    expect(toObservationRow(observation, { ...row, display: 'Distress' })).toStrictEqual({
      resourceType: 'Observation',
      id: 'l-1.suds-peak',
      status: 'final',
      subject: sarah,
      valueInteger: 70,
      category: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
      ],
      code: { coding: [{ system: 'urn:oid:1.2.3', code: '4711', display: 'Distress' }, measure], text: 'SUDS peak' },
    });
  });

  test('whose row has no display gets none; in words alone it has the row’s code alone', () => {
    expect(toObservationRow({ ...observation, code: { text: 'Distress' } }, row).code).toStrictEqual({
      coding: [row],
      text: 'Distress',
    });
  });

  it.each<[string, Observation['code'] | undefined, string | undefined]>([
    ['ours', { coding: [measure] }, 'suds-peak'],
    ['ours behind another', { coding: [{ system: 'http://loinc.org', code: '1' }, measure] }, 'suds-peak'],
    ["another's", { coding: [{ system: 'http://loinc.org', code: '44261-6' }] }, undefined],
    ['of another system of ours', ourCode('homework', 'homework-barrier', 'Barrier to homework'), undefined],
    ['words alone', { text: 'Distress' }, undefined],
    ['absent', undefined, undefined],
  ])('whose code is %s', (_what, code, found) => {
    expect(ownCode({ code } as Observation)).toBe(found);
  });
});

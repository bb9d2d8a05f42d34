import { describe, expect, it } from 'vitest';
import { readVisit } from '../../../src/ehr/smart/read-visit.ts';

const tenant = { id: 'north', fhirBase: 'https://ehr.example/r4', timeZone: 'America/New_York' };
const read = (more: object) =>
  readVisit(
    { resourceType: 'Encounter', id: 'v', status: 'finished', period: { start: '2026-03-18T15:00:00Z' }, ...more },
    { tenant },
  );
const by = (individual: object, ...codes: readonly string[]) => ({
  individual,
  ...(codes.length === 0 ? {} : { type: [{ coding: codes.map((code) => ({ code })) }] }),
});

describe('when it was', () => {
  it.each<[string, object, object | undefined]>([
    [
      'a time and an end',
      { start: '2026-03-18T15:00:00Z', end: '2026-03-18T16:00:00Z' },
      { start: '2026-03-18T15:00:00.000Z', end: '2026-03-18T16:00:00.000Z', said: 'time' },
    ],
    ['a day alone', { start: '2026-03-18' }, { start: '2026-03-18T04:00:00.000Z', said: 'day' }],
    [
      'days',
      { start: '2026-03-18', end: '2026-03-18' },
      { start: '2026-03-18T04:00:00.000Z', end: '2026-03-18T04:00:00.000Z', said: 'day' },
    ],
    [
      'a day that was written as midnight in Greenwich',
      { start: '2026-03-18T00:00:00Z', end: '2026-03-18T00:00:00+00:00' },
      { start: '2026-03-18T04:00:00.000Z', said: 'day' },
    ],
    [
      'eight in the evening in New York, which is midnight in Greenwich',
      { start: '2026-03-18T00:00:00Z', end: '2026-03-18T00:50:00Z' },
      { start: '2026-03-18T00:00:00.000Z', said: 'time' },
    ],
    ['a month', { start: '2026-03' }, { said: 'vague' }],
    [
      'an end alone',
      { end: '2026-03-18T16:00:00Z' },
      { start: '2026-03-18T16:00:00.000Z', end: '2026-03-18T16:00:00.000Z' },
    ],
    [
      'an end before its begin',
      { start: '2026-03-18T15:00:00Z', end: '2026-03-17T15:00:00Z' },
      { end: '2026-03-18T15:00:00.000Z' },
    ],
    ['nothing', {}, undefined],
    ['words', { start: 'about 2026' }, undefined],
  ])('%s', (_, period, expected) => {
    const visit = read({ period });
    if (expected === undefined) expect(visit).toBeUndefined();
    else expect(visit).toMatchObject(expected);
  });

  it('without a period is no visit that a page could name', () => {
    expect(read({ period: undefined })).toBeUndefined();
    expect(read({ period: null })).toBeUndefined();
  });
});

describe('who took part', () => {
  it.each<[string, object, readonly object[]]>([
    [
      'a practitioner with a name',
      by({ reference: 'Practitioner/a', display: 'Dr. A' }),
      [{ reference: 'Practitioner/a', name: 'Dr. A' }],
    ],
    [
      'by an absolute reference',
      by({ reference: 'https://ehr.example/r4/PractitionerRole/r/_history/2' }),
      [{ reference: 'PractitionerRole/r' }],
    ],
    [
      'of another server, by name alone',
      by({ reference: 'https://other.example/Practitioner/a', display: 'Dr. A' }),
      [{ name: 'Dr. A' }],
    ],
    ['who referred the patient', by({ reference: 'Practitioner/a' }, 'REF'), []],
    [
      'who referred and attended',
      by({ reference: 'Practitioner/a' }, 'REF', 'ATND'),
      [{ reference: 'Practitioner/a' }],
    ],
    ['a relative', by({ reference: 'RelatedPerson/mother', display: 'Mother' }), []],
    ['nobody', {}, []],
  ])('%s', (_, participant, people) => {
    expect(read({ participant: [participant] })?.people).toEqual(people);
  });
});

it('what kind of care it was is kept by code, and by words where there is none', () => {
  const coded = { coding: [{ system: 'http://snomed.info/sct', code: '394587001', display: 'Psychiatry' }] };
  expect(read({ serviceType: coded, type: [{ text: 'Office visit' }, null, 'x'] })).toMatchObject({
    what: 'Psychiatry',
    care: ['service|http://snomed.info/sct|394587001', 'type||Office visit'],
  });
});

it.each<[object | undefined, string | undefined]>([
  [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMER' }, 'EMER'],
  [{ code: 'VR' }, 'VR'],
  [{ system: 'urn:oid:1.2.840.114350', code: 'IMP' }, undefined],
  [undefined, undefined],
])('the setting is known by R4’s codes alone: %j', (coding, setting) => {
  expect(read({ class: coding })?.setting).toBe(setting);
});

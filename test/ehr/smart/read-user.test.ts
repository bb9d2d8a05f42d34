import { afterEach, describe, expect, it } from 'vitest';
import { readUser } from '../../../src/ehr/smart/read-user.ts';
import { openSmallEhr, type SmallEhr } from './small-ehr.ts';

let ehr: SmallEhr | undefined;
afterEach(() => ehr?.close());

const therapist = { code: [{ coding: [{ system: 'http://roles.example', code: 'therapist' }] }] };
const both = ['therapist', 'http://roles.example|therapist'];

/** What of one PractitionerRole that is found counts for `Practitioner/ada`; now is Mar 2, 16:00 UTC, 11:00 in New York. */
async function codesBy(role: object, said: (base: string) => object = () => ({})): Promise<readonly string[]> {
  ehr = await openSmallEhr(() => [
    { resourceType: 'PractitionerRole', id: 'r', ...therapist, ...role, ...said(base()) },
  ]);
  return (await readUser(ehr.reader, 'Practitioner/ada', true)).roleCodes;
}
const base = (): string => ehr?.reader.tenant.fhirBase ?? '';
const adas = { practitioner: { reference: 'Practitioner/ada' } };

describe('the roles of who signs in', () => {
  it.each<[string, (base: string) => unknown]>([
    ['relative', () => 'Practitioner/ada'],
    ['absolute', (at) => `${at}/Practitioner/ada`],
    ['versioned', () => 'Practitioner/ada/_history/3'],
    ['absolute and versioned', (at) => `${at}/Practitioner/ada/_history/3`],
  ])('count by a reference that is %s', async (_, reference) => {
    expect(await codesBy({}, (at) => ({ practitioner: { reference: reference(at) } }))).toEqual(both);
  });

  // R4 lets a server pass over a parameter; github.com/bluehalo/node-fhir-server-core/issues/146 has one that did
  it.each<[string, unknown]>([
    ['another person’s', { reference: 'Practitioner/bert' }],
    ['one whose id begins alike', { reference: 'Practitioner/ada-2' }],
    ['one of the same id on another server', { reference: 'https://elsewhere.example/fhir/Practitioner/ada' }],
    ['one in other letters', { reference: 'Practitioner/ADA' }],
    ['a version that only looks like theirs', { reference: 'Practitioner/bert/_history/ada' }],
    ['a patient of the same id', { reference: 'Patient/ada' }],
    ['a reference that contradicts itself', { reference: 'Practitioner/ada', type: 'Organization' }],
    ['one that is contained', { reference: '#ada' }],
    ['one that is known by words alone', { display: 'Practitioner/ada' }],
    ['nobody’s', undefined],
    ['one that is no Reference', 'Practitioner/ada'],
    ['one that is a list', [{ reference: 'Practitioner/ada' }]],
  ])('do not count when they are %s', async (_, practitioner) => {
    expect(await codesBy({ practitioner })).toEqual([]);
  });

  it.each<[string, object, boolean]>([
    ['active', { active: true }, true],
    ['not active', { active: false }, false],
    ['not active, in a text', { active: 'false' }, false],
    ['over', { period: { end: '2026-03-01' } }, false],
    ['over since an hour, in another zone', { period: { end: '2026-03-02T16:00:00+01:00' } }, false],
    ['over in an hour, in another zone', { period: { end: '2026-03-02T12:00:00-05:00' } }, true],
    ['on its last day', { period: { start: '2025', end: '2026-03-02' } }, true],
    ['over at the end of this month', { period: { end: '2026-03' } }, true],
    ['not begun', { period: { start: '2026-03-03' } }, false],
    ['not begun, in another zone', { period: { start: '2026-03-02T12:00:00-05:00' } }, false],
    ['begun today', { period: { start: '2026-03-02' } }, true],
    ['for a time that cannot be read', { period: { end: 'soon' } }, false],
    ['for a time that is no Period', { period: '2026' }, false],
    ['for a time that is not said', { period: {} }, true],
  ])('that are %s', async (_, said, counts) => {
    expect(await codesBy({ ...adas, ...said })).toEqual(counts ? both : []);
  });

  it('are only of codes that are codes', async () => {
    const code = [
      { coding: [{ system: 'http://roles.example' }, { code: 7 }, { code: 'nurse' }] },
      'text',
      { text: 'x' },
    ];
    expect(await codesBy({ ...adas, code })).toEqual(['nurse', '|nurse']);
  });

  it('are picked out of everybody’s', async () => {
    const of = (id: string, code: string) => ({
      ...{ resourceType: 'PractitionerRole', id, practitioner: { reference: `Practitioner/${id}` } },
      code: [{ coding: [{ code }] }],
    });
    ehr = await openSmallEhr(() => [of('bert', 'integration'), of('ada', 'nurse'), of('cleo', 'coordinator')]);
    const user = await readUser(ehr.reader, 'Practitioner/ada', true);
    expect(user).toEqual({ roleCodes: ['nurse', '|nurse'], alsoAs: ['PractitionerRole/ada'] });
  });
});

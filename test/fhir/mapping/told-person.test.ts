import { describe, expect, it, test } from 'vitest';
import { toCareTeam, toOrganization, toRequester } from '../../../src/fhir/to-requester.ts';
import { toToldPerson } from '../../../src/fhir/told-person.ts';

const sourceName = () => 'Homework  product\n(demo)';

describe('a person whom the domain names', () => {
  it.each([
    ['Practitioner/17', 'Clinician'],
    ['PractitionerRole/17', 'Clinician'],
    ['RelatedPerson/17', 'Relative'],
    ['Patient/17', 'Person'],
    ['constructor/17', 'Person'],
  ])('%s, when a source system named them, is a %s as told by it', (reference, who) => {
    expect(toToldPerson(reference, { via: 'product' }, { sourceName })).toStrictEqual({
      reference,
      display: `${who}, as told by Homework product (demo)`,
    });
    expect(toToldPerson(reference, { via: 'product' }, {}).display).toBe(`${who}, as told by product`);
  });

  test('who did it themself stands as they are', () => {
    expect(toToldPerson('Practitioner/17', {}, { sourceName })).toStrictEqual({ reference: 'Practitioner/17' });
  });
});

describe('who asked for something', () => {
  const context = { tenantName: 'Riverside', sourceName };
  test('is the clinician who is known, else the organisation by its name', () => {
    expect(toRequester({ requester: 'Practitioner/17' }, context)).toStrictEqual({ reference: 'Practitioner/17' });
    expect(toRequester({ requester: 'Practitioner/17', via: 'product' }, context).display).toBe(
      'Clinician, as told by Homework product (demo)',
    );
    expect(toRequester({ via: 'product' }, context)).toStrictEqual({ type: 'Organization', display: 'Riverside' });
  });

  test('an organisation and its care team are named by words alone', () => {
    expect(toOrganization(context)).toStrictEqual({ type: 'Organization', display: 'Riverside' });
    expect(toCareTeam(context)).toStrictEqual({ type: 'CareTeam', display: 'Care team, Riverside' });
  });
});

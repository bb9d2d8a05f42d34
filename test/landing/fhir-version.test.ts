import { describe, expect, it } from 'vitest';
import { otherFhirVersion } from '../../src/landing/fhir-version.ts';

describe('the version of FHIR that a statement names', () => {
  it.each(['4.0.1', '4.0.0', '4.0', ' 4.0.1 ', 'R4', undefined, null, '', 4])('%j is R4, or not stated', (stated) => {
    expect(otherFhirVersion(stated)).toBeUndefined();
  });

  it.each([
    ['1.0.2', 'DSTU2 (1.0.2)'],
    ['3.0.1', 'STU3 (3.0.1)'],
    ['3.0.2', 'STU3 (3.0.2)'],
    ['4.3.0', 'R4B (4.3.0)'],
    ['4.1.0', 'R4B (4.1.0)'],
    ['4.6.0', 'R5 (4.6.0)'],
    ['5.0.0', 'R5 (5.0.0)'],
    ['6.0.0-ballot2', 'R6 (6.0.0-ballot2)'],
    ['latest', 'a version we do not know (latest)'],
  ])('%s is %s', (stated, name) => {
    expect(otherFhirVersion(stated)).toBe(name);
  });
});

import { describe, expect, it } from 'vitest';
import { toMeta } from '../../../src/fhir/to-meta.ts';
import { mentalHealth, patientAsserted, patientSupplied, redacted } from './spelled-out.ts';

const profile = 'https://example.org/profile';
const restricted = {
  ...{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R', display: 'restricted' },
};
const substanceUse = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  code: 'SUD',
  display: 'substance use disorder information sensitivity',
};

describe('the labels of a resource', () => {
  it.each<[string, Omit<Parameters<typeof toMeta>[0], 'profile'>, object]>([
    ['mental health', { sensitivity: 'MH' }, { security: [mentalHealth] }],
    ['substance use', { sensitivity: 'SUD' }, { security: [substanceUse] }],
    [
      'not what is not so',
      { sensitivity: 'MH', restricted: false, redacted: false, patientSupplied: false },
      { security: [mentalHealth] },
    ],
    ['restricted', { sensitivity: 'MH', restricted: true }, { security: [mentalHealth, restricted] }],
    ['redacted', { sensitivity: 'MH', redacted: true }, { security: [mentalHealth, redacted] }],
    [
      'patient-supplied',
      { sensitivity: 'SUD', patientSupplied: true },
      { security: [substanceUse, patientAsserted], tag: [patientSupplied] },
    ],
    [
      'all at once',
      { sensitivity: 'MH', restricted: true, redacted: true, patientSupplied: true },
      { security: [mentalHealth, restricted, redacted, patientAsserted], tag: [patientSupplied] },
    ],
  ])('%s', (_what, labels, meta) => {
    expect(toMeta({ profile, ...labels })).toStrictEqual({ profile: [profile], ...meta });
  });
});

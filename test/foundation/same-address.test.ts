import { describe, expect, it } from 'vitest';
import { sameAddress, serverAddress } from '../../src/foundation/same-address.ts';

const base = 'https://ehr.example/fhir/R4';

describe('two spellings of one server', () => {
  it.each([
    [base, `${base}/`],
    [base, 'https://EHR.Example/fhir/R4'],
    [base, 'HTTPS://ehr.example:443/fhir/R4/'],
    ['http://127.0.0.1:80/fhir', 'http://127.0.0.1/fhir'],
    ['https://ehr.example', 'https://ehr.example/'],
    ['https://bücher.example/a', 'https://xn--bcher-kva.example/a'],
    ['urn:issuer:of:our:own', 'urn:issuer:of:our:own'],
  ])('%s and %s are the same', (text, other) => {
    expect(sameAddress(text, other)).toBe(true);
    expect(sameAddress(other, text)).toBe(true);
  });

  it.each([
    [base, `${base}//`],
    [base, 'https://ehr.example/fhir/r4'],
    [base, `${base}/x`],
    [base, 'https://ehr.example/fhir'],
    [base, 'https://ehr.example/fhir/R'],
    [base, 'http://ehr.example/fhir/R4'],
    [base, 'https://ehr.example:8443/fhir/R4'],
    [base, 'https://user@ehr.example/fhir/R4'],
    [base, 'https://ehr.example.evil.example/fhir/R4'],
    [base, 'https://ehr.example/fhir/x/../R4'],
    [base, 'https://ehr.example/fhir/%52%34'],
    [base, `${base}?tenant=other`],
    [base, `${base}#`],
    [base, ` ${base}`],
    [base, `${base}\n`],
    [base, 'https:\\\\ehr.example\\fhir\\R4'],
    [base, 'https:ehr.example/fhir/R4'],
    ['urn:issuer:a', 'urn:issuer:A'],
  ])('%s and %s are not', (text, other) => {
    expect(sameAddress(text, other)).toBe(false);
    expect(sameAddress(other, text)).toBe(false);
  });

  it('have one spelling; what is no address of a server has none', () => {
    expect(serverAddress('HTTPS://EHR.example:443/Fhir/')).toBe('https://ehr.example/Fhir');
    for (const none of ['', 'ehr.example/fhir', 'javascript:alert(1)', 'https://', 'https://a b/fhir']) {
      expect(serverAddress(none)).toBeUndefined();
    }
  });
});

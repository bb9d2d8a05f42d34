import { describe, expect, it } from 'vitest';
import { readTokenResponse, type TokenResponse } from '../../src/ehr/token-response.ts';

const good = { access_token: 'at-1', token_type: 'Bearer' };
const read = (more: object): TokenResponse => {
  const answer = readTokenResponse({ ...good, ...more });
  if (typeof answer === 'string') throw new Error(`refused for ${answer}`);
  return answer;
};

describe('what is optional in a token response', () => {
  it.each<[string, object, Partial<TokenResponse>]>([
    ['the banner as text', { need_patient_banner: 'false' }, { needPatientBanner: false }],
    ['the banner in capitals', { need_patient_banner: ' TRUE ' }, { needPatientBanner: true }],
    ['seconds as text', { expires_in: '3599' }, { expiresIn: 3599 }],
    ['seconds as text with a fraction', { expires_in: '299.5' }, { expiresIn: 299.5 }],
    ['more seconds than a date can hold', { expires_in: 1e300 }, { expiresIn: 31_536_000 }],
    ['a number for an id', { patient: 40017, encounter: 9 }, { patient: { id: '40017' }, encounter: '9' }],
    [
      'a reference for an id',
      { patient: 'Patient/p_1', encounter: 'Encounter/e.2' },
      { patient: { id: 'p_1' }, encounter: 'e.2' },
    ],
    ['an id that R4 would not have', { patient: `p_${'1'.repeat(120)}` }, { patient: { id: `p_${'1'.repeat(120)}` } }],
  ])('is taken where it can only mean one thing: %s', (_what, sent, taken) => {
    expect(read(sent)).toMatchObject({ ...taken, dropped: [] });
  });

  it.each([null, ''])('is absent as %j, and nothing is said to be wrong', (given) => {
    const names = ['expires_in', 'scope', 'refresh_token', 'id_token', 'patient', 'encounter', 'intent'];
    const sent = Object.fromEntries([...names, 'need_patient_banner', 'smart_style_url'].map((name) => [name, given]));
    expect(read(sent)).toEqual({ accessToken: 'at-1', dropped: [] });
  });

  it.each<[string, unknown]>([
    ['expires_in', true],
    ['expires_in', -5],
    ['expires_in', 0],
    ['expires_in', 'soon'],
    ['expires_in', '0x10'],
    ['need_patient_banner', 'perhaps'],
    ['need_patient_banner', 1],
    ['scope', ['openid']],
    ['refresh_token', 7],
    ['intent', '<b>'],
    ['intent', {}],
    ['smart_style_url', 'javascript:alert(1)'],
    ['encounter', ['e']],
    ['encounter', '..'],
    ['encounter', 'Patient/17'],
  ])('is left out by its name where it cannot be used: %s %j', (name, value) => {
    expect(read({ [name]: value })).toEqual({ accessToken: 'at-1', dropped: [name] });
  });

  it.each<[string, unknown]>([
    // read as JSON it is 9007199254740992 already: another patient
    ['a number that JSON could not hold', JSON.parse('9007199254740993')],
    ['half a number', 17.5],
    ['a number below nothing', -17],
    ['a list', ['sarah']],
    ['an object', { reference: 'Patient/sarah' }],
    ['a truth', true],
    ['a path', 'sarah/../marcus'],
    ['dots', '..'],
    ['a list of ids', 'sarah,marcus'],
    ['somebody of another type', 'Practitioner/sarah'],
    ['an endless one', 'x'.repeat(256)],
  ])('never makes a patient of %s', (_what, patient) => {
    expect(read({ patient })).toMatchObject({ patient: 'unusable', dropped: ['patient'] });
  });
});

describe('what security hangs on', () => {
  it.each<[string, unknown]>([
    ['access_token', undefined],
    ['access_token', null],
    ['access_token', ''],
    ['access_token', 17],
    ['access_token', ['at-1']],
    ['access_token', 'at-1\r\nx-other: 1'],
    ['token_type', undefined],
    ['token_type', null],
    ['token_type', 'mac'],
    ['token_type', 'DPoP'],
    ['token_type', ['Bearer']],
  ])('is refused by its name: %s %j', (name, value) => {
    expect(readTokenResponse({ ...good, [name]: value })).toBe(name);
  });

  it.each([undefined, null, '', 'token', 17, []])('is not there in %j', (json) => {
    expect(readTokenResponse(json)).toBe('access_token');
  });

  it('is passed on as it was sent where somebody else verifies it', () => {
    expect(read({ id_token: 17 })).toEqual({ accessToken: 'at-1', idToken: 17, dropped: [] });
  });
});

import { describe, expect, it } from 'vitest';
import { judgeSignIn, type SignInSetting } from '../../../src/ehr/smart/judge-sign-in.ts';

const whole = {
  issuer: 'https://login.ehr.example',
  jwks_uri: 'https://login.ehr.example/jwks',
  authorization_endpoint: 'https://login.ehr.example/authorize',
  token_endpoint: 'https://login.ehr.example/token',
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
  capabilities: ['launch-ehr', 'launch-standalone', 'client-public', 'sso-openid-connect'],
};
const can = (change: object, setting: SignInSetting = { clientId: 'app' }) =>
  judgeSignIn({ ...whole, ...change }, setting).map((signInVerdict) => signInVerdict.can);
const because = (change: object, setting: SignInSetting = { clientId: 'app' }) =>
  judgeSignIn({ ...whole, ...change }, setting)
    .flatMap((signInVerdict) => signInVerdict.because)
    .join('; ');

describe('who can sign in', () => {
  it('is everybody where all is stated', () => {
    expect(can({})).toEqual(['yes', 'yes', 'yes']);
    expect(because({})).toBe('');
  });

  it.each<[string, object, string[], string]>([
    ['plain PKCE only', { code_challenge_methods_supported: ['plain'] }, ['no', 'no', 'yes'], 'S256'],
    ['PKCE of another type', { code_challenge_methods_supported: 'S256' }, ['no', 'no', 'yes'], 'S256'],
    ['no issuer', { issuer: null }, ['no', 'no', 'yes'], 'issuer'],
    ['no token endpoint', { token_endpoint: '' }, ['no', 'no', 'no'], 'token endpoint'],
    ['a token endpoint without https', { token_endpoint: 'http://x.example/t' }, ['no', 'no', 'no'], 'token endpoint'],
    [
      'no launch from a chart',
      { capabilities: ['launch-standalone', 'client-public', 'sso-openid-connect'] },
      ['not stated', 'yes', 'yes'],
      'launch-ehr',
    ],
    ['no fhirUser', { scopes_supported: ['openid'] }, ['not stated', 'not stated', 'yes'], 'fhirUser'],
    [
      'another algorithm',
      { token_endpoint_auth_signing_alg_values_supported: ['RS384'] },
      ['yes', 'yes', 'not stated'],
      'ES384',
    ],
    [
      'secrets only',
      { token_endpoint_auth_methods_supported: ['client_secret_basic'] },
      ['yes', 'yes', 'not stated'],
      'private_key_jwt',
    ],
  ])('is said of %s', (_what, change, expected, words) => {
    expect(can(change)).toEqual(expected);
    expect(because(change)).toContain(words);
  });

  it('follows how the tenant is set up', () => {
    expect(can({ issuer: undefined }, { clientId: 'app', issuer: whole.issuer })).toEqual(['yes', 'yes', 'yes']);
    expect(can({}, { clientId: 'app', appAuth: 'secret' })).toEqual(['not stated', 'not stated', 'yes']);
    expect(can({}, { clientId: 'app', appAuth: 'key' })).toEqual(['yes', 'yes', 'yes']);
    expect(because({}, {})).toContain('no clientId');
  });

  it.each([undefined, null, 404, 'page', []])('is nobody by %j', (none) => {
    expect(judgeSignIn(none, { clientId: 'app' }).map((signInVerdict) => signInVerdict.can)).toEqual([
      'no',
      'no',
      'no',
    ]);
  });
});

import type { FakeEhr } from './fake-ehr.ts';

/** The SMART configuration of a fake EHR, as it is set up now. */
export function fakeConfiguration({ issuer, settings }: Pick<FakeEhr, 'issuer' | 'settings'>): object {
  const said = {
    issuer,
    jwks_uri: `${issuer}/jwks`,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    ...(settings.introspection ? { introspection_endpoint: `${issuer}/introspect` } : {}),
    revocation_endpoint: `${issuer}/revoke`,
    code_challenge_methods_supported: settings.s256 ? ['S256'] : ['plain'],
    capabilities: ['launch-ehr', 'launch-standalone', 'sso-openid-connect', 'permission-v2'],
  };
  return settings.configuration?.(said) ?? said;
}

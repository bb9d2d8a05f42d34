import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { FakeLaunch } from './fake-ehr.ts';

/** The keys of a fake authorization server, and one that it does not publish. */
export interface FakeKeys {
  readonly privateKey: CryptoKey;
  readonly unpublished: CryptoKey;
  readonly jwks: { readonly keys: readonly JWK[] };
}

export async function newFakeKeys(): Promise<FakeKeys> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const { privateKey: unpublished } = await generateKeyPair('RS256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'as-1', alg: 'RS256', use: 'sig' }] };
  return { privateKey, unpublished, jwks };
}

/** Signs an id_token, well or in one of the ways that must not be taken; claims that are undefined are left out. */
export async function signFakeIdToken(
  claims: Record<string, unknown>,
  how: FakeLaunch['idToken'],
  { privateKey, unpublished, jwks }: FakeKeys,
): Promise<string> {
  const said = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  if (how === 'none') {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none', typ: 'JWT' })}.${part(said)}.`;
  }
  if (how === 'hs256') {
    // the published key as a symmetric secret, as in the well-known confusion of algorithms
    const secret = new TextEncoder().encode(JSON.stringify(jwks.keys[0]));
    return new SignJWT(said).setProtectedHeader({ alg: 'HS256', kid: 'as-1' }).sign(secret);
  }
  const key = how === 'other-key' ? unpublished : privateKey;
  return new SignJWT(said).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'as-1' }).sign(key);
}

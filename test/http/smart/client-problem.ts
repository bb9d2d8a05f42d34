import { createLocalJWKSet, exportJWK, generateKeyPair, type JWK, jwtVerify } from 'jose';

/** How the app is registered. */
export interface Registration {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly authentication:
    | { readonly method: 'none' }
    | { readonly method: 'client_secret_basic'; readonly secret: string }
    | { readonly method: 'private_key_jwt'; readonly jwks: { readonly keys: JWK[] } };
}

/** A request at the token endpoint, as far as it says who the client is. */
export interface GivenClient {
  readonly authorization: string | undefined;
  readonly body: URLSearchParams;
  readonly tokenEndpoint: string;
  readonly now: Date;
  /** Assertions' ids that were used. */
  readonly seen: Set<string>;
}

/** What is wrong with how a client says who it is; undefined: nothing. */
export async function clientProblem(registration: Registration, given: GivenClient): Promise<string | undefined> {
  const { clientId, authentication } = registration;
  const { authorization, body } = given;
  if (authentication.method === 'none') {
    if (authorization !== undefined) return 'a public client authenticates';
    return body.get('client_id') === clientId ? undefined : 'client_id';
  }
  if (authentication.method === 'client_secret_basic') {
    const pair = [clientId, authentication.secret].map((text) => new URLSearchParams({ '': text }).toString().slice(1));
    return authorization === `Basic ${Buffer.from(pair.join(':')).toString('base64')}` ? undefined : 'basic';
  }
  if (body.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') {
    return 'client_assertion_type';
  }
  return assertionProblem(clientId, authentication.jwks, given);
}

async function assertionProblem(
  clientId: string,
  jwks: { readonly keys: JWK[] },
  { body, tokenEndpoint, now, seen }: GivenClient,
): Promise<string | undefined> {
  const expected = { issuer: clientId, subject: clientId, audience: tokenEndpoint, typ: 'JWT', currentDate: now };
  try {
    const assertion = body.get('client_assertion') ?? '';
    const { payload, protectedHeader } = await jwtVerify(assertion, createLocalJWKSet(jwks), expected);
    if (protectedHeader.kid === undefined) return 'kid';
    if ((payload.exp ?? Number.POSITIVE_INFINITY) > Math.floor(now.getTime() / 1000) + 300) return 'exp';
    if (payload.jti === undefined || seen.has(payload.jti)) return 'jti';
    seen.add(payload.jti);
    return undefined;
  } catch {
    return 'client_assertion';
  }
}

/** A key pair for a client that signs assertions. */
export async function newClientKey(kid: string): Promise<{ privateJwk: JWK; publicJwk: JWK }> {
  const { privateKey } = await generateKeyPair('ES384', { extractable: true });
  const privateJwk = { ...(await exportJWK(privateKey)), kid, alg: 'ES384' };
  const { d: _private, ...publicJwk } = privateJwk;
  return { privateJwk, publicJwk };
}

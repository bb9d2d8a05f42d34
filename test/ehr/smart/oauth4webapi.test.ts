import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTVerifyGetKey, SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import { beforeAll, describe, expect, it } from 'vitest';
import { introspectToken } from '../../../src/ehr/smart/introspect-token.ts';
import { postAuthenticated, tokenOrRefusal } from '../../../src/ehr/smart/request-token.ts';
import { verifyIdToken } from '../../../src/ehr/smart/verify-id-token.ts';
import { systemClock } from '../../../src/foundation/clock.ts';
import { sameAddress } from '../../../src/foundation/same-address.ts';

/**
 * Why the protocol of signing in is our own (ADR 4): each rule that `oauth4webapi`, and `openid-client` which is built on
 * it, breaks, with what it makes of an answer beside what we make of it. When the library's half of a row goes red, that
 * rule no longer speaks against it.
 */
const issuer = 'https://auth.example/tenant';
const clientId = 'homework-app_2.0';
const as: oauth.AuthorizationServer = {
  ...{ issuer, token_endpoint: `${issuer}/token`, introspection_endpoint: `${issuer}/introspect` },
  id_token_signing_alg_values_supported: ['ES256'],
};
const client: oauth.Client = { client_id: clientId };
const good = { access_token: 'at-17', token_type: 'Bearer', expires_in: 300, scope: 'openid' };

interface Given {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: Record<string, unknown>;
}

function responseOf({ status = 200, headers = {}, body }: Given): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** What the library makes of a token endpoint's answer: `taken`, OAuth's word if it comes to that, or its own code. */
async function theirs(given: Given): Promise<string> {
  return oauth.processGenericTokenEndpointResponse(as, client, responseOf(given)).then(
    () => 'taken',
    (error) => error.error ?? error.code,
  );
}

/** What we make of it: `taken`, or our code. */
function ours({ status = 200, body }: Given): string {
  try {
    tokenOrRefusal('north', { status, json: body });
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('an answer of a token endpoint', () => {
  it('that keeps to the letter is taken by both', async () => {
    expect([await theirs({ body: good }), ours({ body: good })]).toEqual(['taken', 'taken']);
  });

  // real servers send what is not there as null or as an empty text (test/fixtures/outside)
  it.each<[string, Given]>([
    ['null for how long it holds', { body: { ...good, expires_in: null } }],
    ['an empty text for how long it holds', { body: { ...good, expires_in: '' } }],
    ['null for the scope', { body: { ...good, scope: null } }],
    ['null for a refresh token', { body: { ...good, refresh_token: null } }],
    ['an empty refresh token', { body: { ...good, refresh_token: '' } }],
    ['an empty id_token of a refresh', { body: { ...good, id_token: '' } }],
    ['201', { status: 201, body: good }],
  ])('with %s is refused by the library, and taken by us', async (_what, given) => {
    expect([await theirs(given), ours(given)]).toEqual([expect.stringMatching(/^OAUTH_INVALID|CONFORM$/), 'taken']);
  });

  it.each<[string, Given, string]>([
    [
      'beside the challenge that RFC 6749 wants with it',
      { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' }, body: { error: 'invalid_client' } },
      'app-not-registered',
    ],
    ['with 200', { body: { error: 'invalid_grant' } }, 'code-replayed'],
    ['with 500', { status: 500, body: { error: 'invalid_scope' } }, 'scopes-refused'],
    ['with 503', { status: 503, body: { error: 'temporarily_unavailable' } }, 'ehr-unreachable'],
  ])('that refuses %s loses its word in the library, and keeps it here', async (_what, given, code) => {
    expect([await theirs(given), ours(given)]).toEqual([expect.stringMatching(/^OAUTH_/), code]);
  });

  it.each<[string, Given]>([
    ['a token that is bound to a key that we have not', { body: { ...good, token_type: 'DPoP' } }],
    ['a token with a line end', { body: { ...good, access_token: 'at\r\nx-other: 1' } }],
  ])('with %s is taken by the library, and refused by us', async (_what, given) => {
    expect([await theirs(given), ours(given)]).toEqual(['taken', 'ehr-answer-unusable']);
  });

  it('that the library refuses is quoted by its error, tokens and all', async () => {
    const body = { ...good, scope: null };
    const error = await oauth.processGenericTokenEndpointResponse(as, client, responseOf({ body })).catch((e) => e);
    expect(JSON.stringify(error.cause)).toContain(good.access_token);
  });
});

describe('an id_token', () => {
  let signer: CryptoKey;
  let keys: JWTVerifyGetKey;
  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    signer = pair.privateKey;
    keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'as-1', alg: 'ES256' }] });
  });
  const seconds = () => Math.floor(Date.now() / 1000);

  /** What both make of an id_token with these claims that came with the good access token. */
  async function bothOf(claims: object): Promise<[string, string]> {
    const idToken = await new SignJWT({
      ...{ iss: issuer, aud: clientId, sub: 'ada', nonce: 'n-1', iat: seconds(), exp: seconds() + 300 },
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'as-1' })
      .sign(signer);
    const response = responseOf({ body: { ...good, id_token: idToken } });
    const options = { expectedNonce: 'n-1', requireIdToken: true };
    const library = oauth.processAuthorizationCodeResponse(as, client, response, options).then(
      () => 'taken',
      (error) => error.cause?.claim ?? error.code,
    );
    const expected = { tenantId: 'north', issuer, clientId, keys, clock: systemClock, nonce: 'n-1' };
    const here = verifyIdToken(idToken, { ...expected, accessToken: good.access_token }).then(
      () => 'taken',
      (error) => error.fields.problem,
    );
    return [await library, await here];
  }
  const tieOf = (token: string) => createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');

  it('that fits is taken by both', async () => {
    expect(await bothOf({ at_hash: tieOf(good.access_token) })).toEqual(['taken', 'taken']);
  });

  it('whose issuer has a slash that its configuration has not is refused by the library, and taken by us', async () => {
    expect(await bothOf({ iss: `${issuer}/` })).toEqual(['iss', 'taken']);
  });

  it('that belongs to another access token is taken by the library, and refused by us', async () => {
    expect(await bothOf({ at_hash: tieOf('at-of-another') })).toEqual(['taken', 'at_hash']);
  });
});

it('an answer of the authorization endpoint whose iss has that slash is refused by the library (RFC 9207)', () => {
  const returned = new URLSearchParams({ code: 'c', state: 's', iss: `${issuer}/` });
  expect(() => oauth.validateAuthResponse(as, client, returned, 's')).toThrow(/"iss"/);
  expect(sameAddress(`${issuer}/`, issuer)).toBe(true);
});

describe('where a server answers', () => {
  /** Asks a server that answers so, and shows what it was sent. */
  async function asking<T>(body: object, ask: (endpoint: URL) => Promise<T>): Promise<{ came: T; sent: string }> {
    let sent = '';
    const server = createServer((request, response) => {
      sent = request.headers.authorization ?? '';
      request.resume();
      response.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const came = await ask(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    return { came, sent };
  }
  const tenant = { id: 'north', fhirBase: 'https://ehr.example/fhir', clientId };
  const secretly = { method: 'client_secret_basic', secret: 'a-b_c.d' } as const;
  const common = { clock: systemClock, timeoutMs: 3_000 };

  it('that a token is over, in text, the library says nothing of the token, and we refuse it', async () => {
    const response = responseOf({ body: { active: 'false' } });
    await expect(oauth.processIntrospectionResponse(as, client, response)).rejects.toThrow(/"active"/);
    const person = { accessToken: 'at-17', subject: 'ada', fhirUser: undefined };
    const { came } = await asking({ active: 'false' }, (endpoint) =>
      introspectToken({ tenant: { ...tenant, authentication: { method: 'none' } }, endpoint, ...common }, person).catch(
        (error) => error.code,
      ),
    );
    expect(came).toBe('id-token-invalid');
  });

  // github.com/panva/oauth4webapi/issues/148 and /199: servers that decode nothing find no such client
  it('to Basic credentials, the library has encoded what no form encodes, and we have not', async () => {
    const headers = new Headers();
    await oauth.ClientSecretBasic(secretly.secret)(as, client, new URLSearchParams(), headers);
    const { sent } = await asking({}, (endpoint) =>
      postAuthenticated({ tenant: { ...tenant, authentication: secretly }, endpoint, parameters: {}, ...common }),
    );
    const read = (basic: string | null) => Buffer.from(String(basic).replace('Basic ', ''), 'base64').toString();
    expect([read(headers.get('authorization')), read(sent)]).toEqual([
      'homework%2Dapp%5F2%2E0:a%2Db%5Fc%2Ed',
      'homework-app_2.0:a-b_c.d',
    ]);
  });
});

import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientProblem, newClientKey, type Registration } from './client-problem.ts';
import { type App, clientId, clinician, codeOf, coordinator, openApp, redirectUri } from './open-app.ts';

/** How a client says who it is: what our judge of it sees, and that the app is believed by it. */
describe('who the client is would not be believed', () => {
  const tokenEndpoint = 'https://ehr.example/token';
  const now = new Date('2026-03-01T15:00:00.000Z');
  const seconds = now.getTime() / 1000;
  const said = async (
    authentication: Registration['authentication'],
    form: Record<string, string>,
    more: { readonly authorization?: string; readonly seen?: readonly string[] } = {},
  ) =>
    clientProblem(
      { clientId, redirectUri, authentication },
      {
        ...{ authorization: more.authorization, body: new URLSearchParams(form), tokenEndpoint, now },
        seen: new Set(more.seen),
      },
    );

  it('of a public client without its id, or that sends credentials', async () => {
    expect(await said({ method: 'none' }, { client_id: clientId })).toBeUndefined();
    expect(await said({ method: 'none' }, {})).toBe('client_id');
    const authorization = 'Basic eDp5';
    expect(await said({ method: 'none' }, { client_id: clientId }, { authorization })).toMatch(/authenticates/);
  });

  it('of a symmetric client without Basic, or with another secret', async () => {
    const basic = (secret: string) => `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
    const secretly = { method: 'client_secret_basic', secret: 'right' } as const;
    expect(await said(secretly, {}, { authorization: basic('right') })).toBeUndefined();
    expect(await said(secretly, {}, { authorization: basic('wrong') })).toBe('basic');
    expect(await said(secretly, { client_id: clientId, client_secret: 'right' })).toBe('basic');
  });

  it.each<[string, object, object, string]>([
    ['typ', {}, { typ: 'at+jwt' }, 'client_assertion'],
    ['no kid', {}, { kid: undefined }, 'kid'],
    ['another iss', { iss: 'another-app' }, {}, 'client_assertion'],
    ['another sub', { sub: 'another-app' }, {}, 'client_assertion'],
    ['another aud', { aud: 'https://elsewhere.example/token' }, {}, 'client_assertion'],
    ['an exp more than five minutes away', { exp: seconds + 301 }, {}, 'exp'],
    ['an exp that has passed', { exp: seconds - 1 }, {}, 'client_assertion'],
    ['no exp', { exp: undefined }, {}, 'exp'],
    ['no jti', { jti: undefined }, {}, 'jti'],
    ['a jti that was used', { jti: 'used' }, {}, 'jti'],
  ])('of an asymmetric client whose assertion has %s', async (_what, claims, header, reason) => {
    const { privateJwk, publicJwk } = await newClientKey('app-1');
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const method: Registration['authentication'] = { method: 'private_key_jwt', jwks: { keys: [publicJwk] } };
    const key = await importJWK(privateJwk, 'ES384');
    const sign = (changed: object, head: object) =>
      new SignJWT({
        ...{ iss: clientId, sub: clientId, aud: tokenEndpoint, exp: seconds + 300, jti: 'new' },
        ...changed,
      })
        .setProtectedHeader({ alg: 'ES384', typ: 'JWT', kid: 'app-1', ...head })
        .sign(key);
    const form = async (changed: object, head: object) => ({
      client_assertion_type: type,
      client_assertion: await sign(changed, head),
    });
    const seen = ['used'];
    expect(await said(method, await form({}, {}), { seen })).toBeUndefined();
    expect(await said(method, await form(claims, header), { seen })).toBe(reason);
    const mistyped = { ...(await form({}, {})), client_assertion_type: 'jwt' };
    expect(await said(method, mistyped, { seen })).toBe('client_assertion_type');
  });
});

describe.each(['none', 'client_secret_basic', 'private_key_jwt'] as const)('a client registered as %s', (method) => {
  let mine: App;
  beforeAll(async () => {
    mine = await openApp({ method });
  });
  afterAll(() => mine.close());

  it('signs in, and refreshes, as a server that checks everything wants it', async () => {
    const tab = await mine.signIn(coordinator);
    mine.north.expireTokens();
    const opened = await mine.call(tab, 'POST', '/app/v1/open-patient', { patientId: 'sarah' });
    expect([opened.status, mine.north.refusals]).toEqual([200, []]);
    const grants = mine.north.tokenRequests.map(({ body }) => body.get('grant_type'));
    expect(grants).toEqual(['authorization_code', 'refresh_token']);
    const [exchange] = mine.north.tokenRequests;
    expect(exchange?.body.get('redirect_uri')).toBe(redirectUri);
    expect(exchange?.body.get('code_verifier')).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(exchange?.body.has('client_id')).toBe(method === 'none');
    expect(exchange?.authorization?.split(' ')[0]).toBe(method === 'client_secret_basic' ? 'Basic' : undefined);
    expect(exchange?.body.has('client_secret')).toBe(false);
  });

  it('proves who it is anew each time', async () => {
    const assertions = mine.north.tokenRequests.map(({ body }) => body.get('client_assertion'));
    if (method !== 'private_key_jwt') {
      expect(assertions).toEqual([null, null]);
      return;
    }
    const claims = assertions.map((assertion) => decodeJwt(assertion ?? ''));
    expect(new Set(claims.map(({ jti }) => jti)).size).toBe(2);
    for (const { iss, sub, aud, exp, iat } of claims) {
      expect([iss, sub, aud]).toEqual([clientId, clientId, `${mine.north.issuer}/token`]);
      expect(Number(exp) - Number(iat)).toBeLessThanOrEqual(300);
    }
    expect(decodeProtectedHeader(assertions[0] ?? '')).toEqual({ alg: 'ES384', typ: 'JWT', kid: 'app-1' });
  });
});

it('a client that is registered otherwise gets nothing, and the page learns no detail', async () => {
  const other = await openApp({ method: 'client_secret_basic', secretHere: 'not-the-one' });
  const answer = await other.callback(await other.goThrough(other.north, clinician));
  expect([answer.status, codeOf(answer)]).toEqual([502, 'app-not-registered']);
  expect(answer.text).not.toMatch(/basic|not-the-one/);
  expect(other.north.refusals).toEqual(['basic']);
  await other.close();
});

import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clientProblem, newClientKey, type Registration } from './client-problem.ts';
import type { FakeLaunch } from './fake-authorization-server.ts';
import { type App, clientId, clinician, codeOf, coordinator, openApp, patient, redirectUri } from './open-app.ts';

/** What SMART client conformance suites check, each with a case that passes and one that does not. */
let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const begun = z.object({ authorizeUrl: z.string() });

/** The authorization server's word on a request that was changed on its way. */
async function changed(change: (parameters: URLSearchParams) => void): Promise<string> {
  const { authorizeUrl } = await app.begin(app.north, clinician);
  const url = new URL(authorizeUrl);
  change(url.searchParams);
  const { refused = 'nothing' } = await app.north.authorize(url.href);
  return z.object({ reason: z.string() }).parse(JSON.parse(refused)).reason;
}

describe('the authorization request', () => {
  it('is taken by a server that checks everything', async () => {
    const { authorizeUrl } = await app.begin(app.north, clinician);
    expect((await app.north.authorize(authorizeUrl)).location?.href).toMatch(`${redirectUri}?`);
  });

  it.each([
    ['response_type', (asked: URLSearchParams) => asked.set('response_type', 'token')],
    ['client_id', (asked: URLSearchParams) => asked.set('client_id', 'another-app')],
    ['redirect_uri', (asked: URLSearchParams) => asked.set('redirect_uri', 'https://elsewhere.example/callback')],
    ['launch', (asked: URLSearchParams) => asked.set('launch', 'made-up')],
    ['state', (asked: URLSearchParams) => asked.delete('state')],
    ['nonce', (asked: URLSearchParams) => asked.delete('nonce')],
    ['aud', (asked: URLSearchParams) => asked.set('aud', 'https://elsewhere.example/fhir')],
    ['code_challenge', (asked: URLSearchParams) => asked.set('code_challenge', 'short')],
    ['code_challenge_method', (asked: URLSearchParams) => asked.set('code_challenge_method', 'plain')],
    ['scope', (asked: URLSearchParams) => asked.set('scope', 'user/Patient.rs')],
  ])('would be refused with another %s', async (reason, change) => {
    expect(await changed(change)).toBe(reason);
  });

  it('has a state, a nonce and a challenge that are never the same and cannot be guessed', async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, () => app.begin(app.north, clinician)));
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const values = asked.map(({ authorizeUrl }) => new URL(authorizeUrl).searchParams.get(name) ?? '');
      expect(new Set(values).size).toBe(20);
      for (const value of values) expect(value).toMatch(/^[A-Za-z0-9_-]{43}$/);
    }
  });

  it('asks for the patient itself when it is launched standalone', async () => {
    const { tabSecret, tabKeyHash } = app.newTab();
    const answer = await app.doors.call('POST', '/smart/launch', { body: { iss: app.north.fhirBase, tabKeyHash } });
    const url = new URL(begun.parse(answer.body).authorizeUrl);
    expect(url.searchParams.get('scope')?.split(' ')).toContain('launch/patient');
    expect(url.searchParams.has('launch')).toBe(false);
    const { location } = await app.north.authorize(url.href, patient);
    const returned = {
      code: location?.searchParams.get('code'),
      state: location?.searchParams.get('state'),
      tabSecret,
    };
    expect((await app.callback(returned)).body).toMatchObject({ role: 'patient', patient: { id: 'sarah' } });
  });

  it('is not made to a server that does not do S256', async () => {
    const other = await openApp();
    other.north.settings.s256 = false;
    const body = { iss: other.north.fhirBase, launch: 'x', tabKeyHash: other.newTab().tabKeyHash };
    const answer = await other.doors.call('POST', '/smart/launch', { body });
    expect([answer.status, codeOf(answer)]).toEqual([502, 'ehr-unfit']);
    await other.close();
  });
});

describe('what an EHR is told of the app at registration', () => {
  it('is one launch and one redirect address, and keys of which only the public half is shown', async () => {
    const { body } = await app.doors.call('GET', '/.well-known/jwks.json');
    const { keys } = z.object({ keys: z.array(z.record(z.string(), z.string())) }).parse(body);
    expect(keys).toMatchObject([{ kty: 'EC', crv: 'P-384', alg: 'ES384', use: 'sig', kid: expect.any(String) }]);
    for (const key of keys) expect(Object.keys(key)).not.toContain('d');
    expect(new URL((await app.begin(app.north, clinician)).authorizeUrl).searchParams.get('redirect_uri')).toBe(
      redirectUri,
    );
  });
});

describe('an open redirect', () => {
  it.each([
    '/launch?next=https://elsewhere.example',
    '/callback?code=x&state=y&redirect_uri=https://elsewhere.example',
    '/app?returnTo=//elsewhere.example',
    '//elsewhere.example/%2e%2e',
    '/smart/launch?redirect=https://elsewhere.example',
  ])('is not to be had from %s', async (path) => {
    const { status, headers } = await app.doors.call('GET', path);
    expect([300 <= status && status < 400, headers.get('location'), headers.get('refresh')]).toEqual([
      false,
      null,
      null,
    ]);
  });

  it('is none in the sign-in: the browser is sent to the EHR’s own server, and no page says where to', async () => {
    const { authorizeUrl } = await app.begin(app.north, clinician);
    expect(authorizeUrl).toMatch(`${app.north.issuer}/authorize?`);
    const { tabKeyHash } = app.newTab();
    const body = { iss: app.north.fhirBase, tabKeyHash, redirectUri: 'https://elsewhere.example/callback' };
    expect((await app.doors.call('POST', '/smart/launch', { body })).status).toBe(400);
  });
});

describe('intent', () => {
  it.each([
    ['that is known to nobody', 'summon-a-demon', 'summon-a-demon'],
    ['that is no word', '<script>alert(1)</script>', undefined],
    ['without an end', 'x'.repeat(65), undefined],
    ['that is not there', undefined, undefined],
  ])('%s leads to the same first page', async (_what, intent, shown) => {
    const tab = await app.signIn({ ...clinician, ...(intent === undefined ? {} : { intent }) });
    expect([tab.view.role, tab.view.intent]).toEqual(['clinician', shown]);
    expect((await app.call(tab, 'GET', '/app/v1/patient')).status).toBe(200);
  });
});

describe('iss', () => {
  it.each([
    ['of nobody', () => 'https://elsewhere.example/fhir'],
    ['with a path more', () => `${app.north.fhirBase}/x`],
    ['of a look-alike host', () => app.north.fhirBase.replace('127.0.0.1', '127.0.0.1.evil.example')],
    ['with credentials', () => app.north.fhirBase.replace('http://', 'http://user@')],
    ['in capitals', () => app.north.fhirBase.toUpperCase()],
    ['of this machine', () => 'http://169.254.169.254/latest'],
    ['that is no address', () => 'javascript:alert(1)'],
  ])('%s is refused before anything is fetched', async (_what, iss) => {
    const before = app.north.requests.length + app.south.requests.length;
    const body = { iss: iss(), launch: 'x', tabKeyHash: app.newTab().tabKeyHash };
    const answer = await app.doors.call('POST', '/smart/launch', { body });
    expect([answer.status, codeOf(answer)]).toEqual([422, 'unknown-issuer']);
    expect(answer.text).not.toContain(iss());
    expect(app.north.requests.length + app.south.requests.length).toBe(before);
  });

  it('in the answer, when the server says it, must be that of the server that was asked', async () => {
    const good = await app.goThrough(app.north, clinician);
    expect((await app.callback({ ...good, iss: app.north.issuer })).status).toBe(200);
    const bad = await app.goThrough(app.north, clinician);
    expect(codeOf(await app.callback({ ...bad, iss: app.south.issuer }))).toBe('id-token-invalid');
  });
});

describe('what comes back', () => {
  it('works once: a state that was used is refused, and so is its code', async () => {
    const returned = await app.goThrough(app.north, clinician);
    expect((await app.callback(returned)).status).toBe(200);
    const again = await app.callback(returned);
    expect([again.status, codeOf(again)]).toEqual([409, 'state-replayed']);
  });

  it('works once however many come at the same time', async () => {
    const returned = await app.goThrough(app.north, clinician);
    const answers = await Promise.all([1, 2, 3, 4].map(() => app.callback(returned)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('with a code that was used, under a state of its own, is refused by the EHR', async () => {
    const first = await app.goThrough(app.north, clinician);
    await app.callback(first);
    const second = await app.goThrough(app.north, clinician);
    const answer = await app.callback({ ...second, code: first.code });
    expect([answer.status, codeOf(answer)]).toEqual([409, 'code-replayed']);
    expect(app.north.refusals).toContain('code used');
  });

  it('with the code of another sign-in does not fit its verifier', async () => {
    const first = await app.goThrough(app.north, clinician);
    const second = await app.goThrough(app.north, { ...clinician, patient: 'marcus' });
    expect(codeOf(await app.callback({ ...second, code: first.code }))).toBe('code-replayed');
    expect(app.north.refusals).toContain('code_verifier');
  });

  it('in another tab is refused, and then in its own as well', async () => {
    const returned = await app.goThrough(app.north, clinician);
    const { tabSecret } = app.newTab();
    expect(codeOf(await app.callback({ ...returned, tabSecret }))).toBe('state-replayed');
    expect(codeOf(await app.callback(returned))).toBe('state-replayed');
  });

  it('with a made-up state is refused', async () => {
    const returned = await app.goThrough(app.north, clinician);
    expect(codeOf(await app.callback({ ...returned, state: 'x'.repeat(43) }))).toBe('state-replayed');
  });

  it('after ten minutes is refused; before, it is taken', async () => {
    const [early, late] = [await app.goThrough(app.north, clinician), await app.goThrough(app.north, clinician)];
    const start = app.doors.test.record.clock.now().getTime();
    app.doors.test.setTime(new Date(start + 9 * 60_000).toISOString());
    expect((await app.callback(early)).status).toBe(200);
    app.doors.test.setTime(new Date(start + 10 * 60_000).toISOString());
    expect(codeOf(await app.callback(late))).toBe('state-replayed');
  });

  it('carries no parameter of its own into the token request', async () => {
    const returned = await app.goThrough(app.north, clinician);
    const code = `${returned.code}&redirect_uri=https://elsewhere.example`;
    expect(codeOf(await app.callback({ ...returned, code }))).toBe('code-replayed');
    const { body } = app.north.tokenRequests.at(-1) ?? { body: new URLSearchParams() };
    expect(body.getAll('redirect_uri')).toEqual([redirectUri]);
    expect(body.get('code')).toBe(code);
  });
});

describe('the token request', () => {
  /** The authorization server's word on a request with a good code, made by hand. */
  async function asked(change: Record<string, string>): Promise<string> {
    const { code } = await app.goThrough(app.north, clinician);
    const good = { grant_type: 'authorization_code', client_id: clientId, redirect_uri: redirectUri, code };
    const body = new URLSearchParams({ ...good, code_verifier: 'v'.repeat(43), ...change });
    const answer = await fetch(`${app.north.issuer}/token`, { method: 'POST', body });
    return z.object({ reason: z.string() }).parse(await answer.json()).reason;
  }

  it.each([
    ['client_id', { client_id: 'another-app' }],
    ['grant_type', { grant_type: 'password' }],
    ['code', { code: 'made-up' }],
    ['redirect_uri', { redirect_uri: 'https://elsewhere.example/callback' }],
    ['code_verifier', {}],
  ])('would be refused with another %s', async (reason, change) => {
    expect(await asked(change)).toBe(reason);
  });
});

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

describe('the id_token', () => {
  const claims = (change: Record<string, unknown>): FakeLaunch => ({ ...clinician, claims: () => change });
  const seconds = () => Math.floor(app.doors.test.record.clock.now().getTime() / 1000);

  it('is taken when all of it fits, with at_hash or without', async () => {
    expect((await app.signIn(clinician)).view.role).toBe('clinician');
    expect((await app.signIn(claims({ at_hash: undefined }))).view.role).toBe('clinician');
    expect((await app.signIn(claims({ aud: [clientId] }))).view.role).toBe('clinician');
    expect((await app.signIn(claims({ aud: [clientId, 'other'], azp: clientId }))).view.role).toBe('clinician');
  });

  it.each<[string, () => FakeLaunch]>([
    ['of another nonce', () => claims({ nonce: 'of-another-request' })],
    ['without a nonce', () => claims({ nonce: undefined })],
    ['of another issuer', () => claims({ iss: app.south.issuer })],
    ['for another client', () => claims({ aud: 'another-app' })],
    ['for several, without saying which', () => claims({ aud: [clientId, 'another-app'] })],
    ['that has expired', () => claims({ iat: seconds() - 900, exp: seconds() - 600 })],
    ['without an expiry', () => claims({ exp: undefined })],
    ['without a subject', () => claims({ sub: undefined })],
    ['of another access token', () => claims({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })],
    ['whose user is of another EHR', () => claims({ fhirUser: `${app.south.fhirBase}/Practitioner/dr-okafor` })],
    ['signed by another key', () => ({ ...clinician, idToken: 'other-key' })],
    ['not signed', () => ({ ...clinician, idToken: 'none' })],
    ['signed with a key that is public', () => ({ ...clinician, idToken: 'hs256' })],
    ['that is not there', () => ({ ...clinician, idToken: 'absent' })],
  ])('%s is refused, and the tokens are given back', async (_what, launch) => {
    const issued = app.north.issued.size;
    expect(await app.refusedSignIn(launch())).toBe('id-token-invalid');
    const given = [...app.north.issued].slice(issued).filter((token) => /^[ar]t-/.test(token));
    expect(given).toHaveLength(2);
    await expect.poll(() => app.north.revoked.filter((token) => given.includes(token)).sort()).toEqual(given.sort());
  });

  it('of another user than the access token’s is refused, though it is well signed', async () => {
    const other = 'Practitioner/dr-lindqvist';
    const launch = claims({ sub: other, fhirUser: `${app.north.fhirBase}/${other}` });
    expect(await app.refusedSignIn(launch)).toBe('foreign-user');
  });

  it('of a token that the server does not call active is refused', async () => {
    app.north.settings.introspects = { active: false };
    expect(await app.refusedSignIn(clinician)).toBe('id-token-invalid');
    delete app.north.settings.introspects;
    expect((await app.signIn(clinician)).view.role).toBe('clinician');
  });
});

describe('the token', () => {
  it('that was issued is the one that is used, and only at its EHR', async () => {
    const before = app.north.requests.length;
    await app.signIn(clinician);
    expect(app.north.requests.slice(before)).toContain('GET /fhir/Patient/sarah');
    expect(app.north.refusals.filter((reason) => reason === 'token')).toEqual([]);
  });

  it('is never carried to where a server redirects', async () => {
    let asked = 0;
    const { createServer } = await import('node:http');
    const elsewhere = createServer((_request, response) => {
      asked += 1;
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"resourceType":"Patient","id":"sarah"}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const address = elsewhere.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    app.north.settings.redirectReads = `http://127.0.0.1:${port}/fhir/Patient/sarah`;
    const returned = await app.goThrough(app.north, clinician);
    expect(codeOf(await app.callback(returned))).toBe('ehr-answer-unusable');
    delete app.north.settings.redirectReads;
    expect(asked).toBe(0);
    await new Promise((resolve) => elsewhere.close(resolve));
  });
});

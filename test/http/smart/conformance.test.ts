import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type App, clinician, codeOf, openApp, patient, redirectUri } from './open-app.ts';

/** What SMART client conformance suites check of a launch, each with a case that passes and one that does not. */
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
    expect(codeOf(await app.callback({ ...bad, iss: app.south.issuer }))).toBe('answer-issuer-invalid');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FakeLaunch } from './fake-ehr.ts';
import { type App, clientId, clinician, codeOf, openApp, redirectUri } from './open-app.ts';

/** What SMART client conformance suites check of what comes back, and of the tokens, each with a case that passes and one that does not. */
let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

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

import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../../src/ehr/smart/exchange-code.ts';
import { openSmartClient, type SmartClient } from '../../../src/ehr/smart/open-smart-client.ts';
import type { UserTokens } from '../../../src/ehr/smart/smart-tenant.ts';
import { openFakeEhr } from '../../http/smart/fake-authorization-server.ts';
import type { FakeEhr, FakeLaunch } from '../../http/smart/fake-ehr.ts';
import { clientId, redirectUri } from '../../http/smart/open-app.ts';

const verifier = 'v'.repeat(43);
const nonce = 'n'.repeat(43);
let now: Date;
let north: FakeEhr;
let client: SmartClient;
beforeEach(async () => {
  now = new Date('2026-03-01T15:00:00.000Z');
  north = await openFakeEhr({ clientId, redirectUri, authentication: { method: 'none' } }, () => now);
  const tenant = { id: 'north', fhirBase: north.fhirBase, clientId, authentication: { method: 'none' as const } };
  client = openSmartClient(tenant, { clock: { now: () => now }, timeoutMs: 3_000 });
});
afterEach(() => north.close());

const clinician: FakeLaunch = { user: 'Practitioner/ada', patient: 'sarah' };

/** Signs in; `asked` is what the exchange is told that was asked for. */
async function signIn(launch: FakeLaunch = clinician, asked?: string): Promise<SignedIn> {
  const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
  const launchId = north.issueLaunch(launch);
  const begun = await client.authorizeUrl({
    ...{ state: 's'.repeat(43), nonce, codeChallenge, redirectUri, launch: launchId },
  });
  const { location } = await north.authorize(begun.url);
  const code = location?.searchParams.get('code') ?? '';
  return client.exchangeCode({ code, codeVerifier: verifier, nonce, redirectUri, asked: asked ?? begun.scope });
}
const codeOf = (work: Promise<unknown>) => work.then(() => 'done').catch(({ code }) => code);
const answering = (change: (answer: Record<string, unknown>) => Record<string, unknown>): FakeLaunch => ({
  ...clinician,
  response: change,
});

describe('a refresh', () => {
  it('goes on with the refresh token that it has, where the server sends none again', async () => {
    let sends = true;
    const launch = answering(({ refresh_token, ...answer }) => (sends ? { ...answer, refresh_token } : answer));
    north.settings.rotate = false;
    const { tokens } = await signIn(launch);
    sends = false;
    const once = await client.refresh(tokens);
    const twice = await client.refresh(once);
    expect([once.refreshToken, twice.refreshToken]).toEqual([tokens.refreshToken, tokens.refreshToken]);
    expect(new Set([tokens, once, twice].map(({ accessToken }) => accessToken)).size).toBe(3);
  });

  it('takes the new one where the server rotates', async () => {
    const { tokens } = await signIn();
    const once = await client.refresh(tokens);
    expect(once.refreshToken).not.toBe(tokens.refreshToken);
    expect(await codeOf(client.refresh(tokens))).toBe('session-expired');
    expect(await codeOf(client.refresh(once))).toBe('done');
  });

  it('keeps the scope that it has where the answer names none, and takes the one that it names', async () => {
    let scope: string | undefined;
    const launch = answering(({ scope: first, ...answer }) => ({ ...answer, scope: scope ?? first }));
    const { tokens } = await signIn(launch);
    scope = '';
    const same = await client.refresh(tokens);
    scope = 'openid user/Patient.rs';
    const less = await client.refresh(same);
    expect([same.scope, less.scope]).toEqual([tokens.scope, 'openid user/Patient.rs']);
  });

  it('without a refresh token is over, and asks nobody', async () => {
    const { tokens } = await signIn(answering(({ refresh_token: _none, ...answer }) => answer));
    const before = north.tokenRequests.length;
    expect(await codeOf(client.refresh(tokens))).toBe('session-expired');
    expect(north.tokenRequests).toHaveLength(before);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['of the same person', {}, 'done'],
    ['of another person', { sub: 'Practitioner/bob' }, 'foreign-user'],
    ['of another issuer', { iss: 'https://evil.example' }, 'id-token-invalid'],
    ['of another client', { aud: 'another-app' }, 'id-token-invalid'],
    ['of another access token', { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }, 'id-token-invalid'],
  ])('with an id_token %s is %s', async (_what, changed, code) => {
    let claims: Record<string, unknown> = {};
    const { tokens } = await signIn({ ...clinician, claims: () => claims });
    claims = changed;
    expect(await codeOf(client.refresh(tokens))).toBe(code);
  });

  it.each<[number, string, string]>([
    [400, 'invalid_grant', 'session-expired'],
    [400, 'invalid_scope', 'session-expired'],
    [403, 'access_denied', 'session-expired'],
    [403, 'consent_required', 'session-expired'],
    [401, 'invalid_client', 'app-not-registered'],
    [400, 'invalid_request', 'ehr-refused'],
    [503, 'temporarily_unavailable', 'ehr-unreachable'],
  ])('refused with %i %s is %s', async (status, error, code) => {
    const { tokens } = await signIn();
    north.settings.answers = { '/auth/token': { status, body: { error } } };
    expect(await codeOf(client.refresh(tokens))).toBe(code);
  });
});

describe('an exchange', () => {
  it.each([
    ['not granted', 'user/Patient.rs launch', 'consent-denied'],
    ['granted', 'launch openid user/Patient.rs', 'done'],
    ['part of another word', 'launch openid2 notopenid', 'consent-denied'],
  ])('with openid %s is %s', async (_what, scope, code) => {
    expect(await codeOf(signIn(answering((answer) => ({ ...answer, scope }))))).toBe(code);
  });

  it('without a scope was granted what was asked for', async () => {
    const launch = answering(({ scope: _none, ...answer }) => answer);
    expect((await signIn(launch, 'openid user/Patient.rs')).tokens.scope).toBe('openid user/Patient.rs');
    expect(await codeOf(signIn(launch, 'user/Patient.rs'))).toBe('consent-denied');
  });

  it('whose person is turned away gives both tokens back, the refresh token first', async () => {
    expect(await codeOf(signIn({ ...clinician, claims: () => ({ nonce: 'of-another' }) }))).toBe('id-token-invalid');
    await expect.poll(() => north.revoked.map((token) => token.slice(0, 3))).toEqual(['rt-', 'at-']);
  });
});

describe('what a SMART configuration says', () => {
  const asked = () => north.requests.filter((path) => path.endsWith('smart-configuration')).length;
  const begin = () =>
    client.authorizeUrl({ state: 's', nonce, codeChallenge: 'c', redirectUri, launch: north.issueLaunch(clinician) });

  it.each<[string, number, number]>([
    ['a minute', 60, 1],
    ['ten minutes', 600, 1],
    ['eleven minutes', 660, 2],
    // it was asked while the clock was wrong
    ['minus an hour', -3600, 2],
  ])('holds for ten minutes: after %s (%i s) it was asked %i time(s)', async (_what, seconds, times) => {
    await begin();
    now = new Date(now.getTime() + seconds * 1000);
    await begin();
    expect(asked()).toBe(times);
  });
});

it('tokens that are given back never throw, not even where nobody answers', async () => {
  const { tokens } = await signIn();
  north.settings.down = true;
  await expect(client.revoke(tokens satisfies UserTokens)).resolves.toBeUndefined();
});

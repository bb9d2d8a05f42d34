import { readFileSync, statSync } from 'node:fs';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type OpenSandbox, openSandbox } from './open-sandbox.ts';
import { makeLaunch, SmartApp } from './smart-app.ts';

const okafor = { face: 'native', user: 'Practitioner/dr-okafor', patient: 'sarah', encounter: 'sarah-2026-03-25' };

let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterAll(() => ehr.close());

const answerOf = ({ location }: { location: URL | undefined }) =>
  new URLSearchParams(location?.hash ? location.hash.slice(1) : location?.search);
const errorOf = (answer: { location: URL | undefined }) => answerOf(answer).get('error');

describe('discovery', () => {
  it.each(['native', 'notes-only'] as const)('%s names endpoints on an origin of their own', async (face) => {
    const found: Json = await (await fetch(`${ehr.base(face)}/.well-known/smart-configuration`)).json();
    const issuer = `${ehr.authUrl}/${face}`;
    expect(new URL(ehr.authUrl).origin).not.toBe(new URL(ehr.url).origin);
    expect(found).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      introspection_endpoint: `${issuer}/introspect`,
      revocation_endpoint: `${issuer}/revoke`,
      code_challenge_methods_supported: ['S256'],
    });
    expect(found.capabilities).toEqual(
      expect.arrayContaining(['launch-ehr', 'launch-standalone', 'sso-openid-connect', 'permission-v1']),
    );
    const openid: Json = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    expect([openid.issuer, openid.jwks_uri]).toEqual([found.issuer, found.jwks_uri]);
    const { body: metadata } = await ehr.fhir(face, 'GET', '/metadata');
    expect(JSON.stringify(metadata.rest[0].security)).toContain(found.authorization_endpoint);
  });
});

describe('EHR launch', () => {
  it('answers with a code in one redirect, without a page and without a cookie', async () => {
    const app = new SmartApp(ehr);
    const { iss, launch, launchUrl } = await makeLaunch(ehr, okafor);
    expect(iss).toBe(ehr.base('native'));
    expect(launchUrl).toBe(`${ehr.service.url}/launch?${new URLSearchParams({ iss, launch })}`);
    const { status, location, cookies } = await app.authorize({ launch });
    expect([status, cookies]).toEqual([303, []]);
    expect(`${location?.origin}${location?.pathname}`).toBe(app.redirectUri);
    expect(location?.searchParams.get('state')).toBe(app.state);
    expect(location?.searchParams.get('iss')).toBe(app.issuer);
  });

  it('takes the request by POST as well', async () => {
    const app = new SmartApp(ehr);
    const { launch } = await makeLaunch(ehr, okafor);
    const request = new Request(`${app.issuer}/authorize`, { method: 'POST', body: app.params({ launch }) });
    const response = await fetch(request, { redirect: 'manual' });
    expect(new URL(String(response.headers.get('location'))).searchParams.get('code')).toBeTruthy();
  });

  it('tells the whole context with the token', async () => {
    const order = {
      ...okafor,
      intent: 'since-last-visit',
      fhirContext: [{ reference: 'Goal/sarah-speak-in-meetings' }],
      needPatientBanner: false,
    };
    const body = await new SmartApp(ehr).signIn(order);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 300,
      patient: 'sarah',
      encounter: 'sarah-2026-03-25',
      fhirContext: [{ reference: 'Goal/sarah-speak-in-meetings' }],
      intent: 'since-last-visit',
      need_patient_banner: false,
      tenant: 'harbor-clinic',
      smart_style_url: `${ehr.authUrl}/smart-style.json`,
    });
    expect(body.scope.split(' ')).toEqual(['openid', 'fhirUser', 'launch', 'launch/patient', 'patient/*.rs']);
    const style: Json = await (await fetch(body.smart_style_url)).json();
    expect(style.color_background).toMatch(/^#/);
  });

  it('gives an id_token that proves who and for whom, tied to request and access token', async () => {
    const app = new SmartApp(ehr);
    const body = await app.signIn(okafor);
    const keys = createRemoteJWKSet(new URL(`${app.issuer}/jwks`));
    const expected = { issuer: app.issuer, audience: app.clientId, algorithms: ['RS256'] };
    const { payload } = await jwtVerify(body.id_token, keys, expected);
    const half = Buffer.from(
      await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body.access_token)),
    ).subarray(0, 16);
    expect(payload).toMatchObject({
      nonce: app.nonce,
      sub: 'Practitioner/dr-okafor',
      fhirUser: `${ehr.base('native')}/Practitioner/dr-okafor`,
      at_hash: half.toString('base64url'),
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(300);
  });

  it('without a patient tells none, and grants nothing that would need one', async () => {
    const scope = 'openid launch launch/patient patient/*.rs user/Patient.rs';
    const body = await new SmartApp(ehr).signIn({ user: 'Practitioner/coordinator-reyes' }, { scope });
    expect(body.scope).toBe('openid launch user/Patient.rs');
    expect([body.patient, body.need_patient_banner]).toEqual([undefined, undefined]);
  });

  it('tells no context to an app that did not ask for it', async () => {
    const body = await new SmartApp(ehr).signIn(okafor, { scope: 'openid user/*.rs' });
    expect([body.patient, body.encounter, body.scope]).toEqual([undefined, undefined, 'openid user/*.rs']);
  });

  it('grants less when it is told to, and says so', async () => {
    const scope = 'openid launch patient/Patient.rs patient/Task.rs offline_access';
    const order = { ...okafor, scopesDenied: ['patient/Task.rs', 'offline_access'] };
    const app = new SmartApp(ehr);
    const body = await app.signIn(order, { scope });
    expect([body.scope, body.refresh_token]).toEqual(['openid launch patient/Patient.rs', undefined]);
    expect((await app.fhir(body.access_token, 'GET', '/Patient/sarah')).status).toBe(200);
    expect((await app.fhir(body.access_token, 'GET', '/Task')).status).toBe(403);
  });

  it('v1 scopes; notes-only narrows; system scopes are not for people', async () => {
    const scope = 'launch patient/*.read patient/Observation.write patient/Task.cruds system/*.cruds';
    const native = await new SmartApp(ehr).signIn(okafor, { scope, nonce: undefined });
    expect(native.scope).toBe('launch patient/*.read patient/Observation.write patient/Task.cruds');
    const { scope: narrowed } = await new SmartApp(ehr, 'notes-only').signIn(
      { ...okafor, face: 'notes-only' },
      { scope, nonce: undefined },
    );
    expect(narrowed).toContain('patient/Observation.cu?category=');
    expect(narrowed).not.toMatch(/Task|system/);
  });

  it.each([
    ['another aud', { aud: 'https://elsewhere.example/fhir' }, 'invalid_request'],
    ['no aud', { aud: undefined }, 'invalid_request'],
    ['a launch that nobody made', { launch: 'made-up' }, 'invalid_request'],
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['nobody signed in and no page allowed', { launch: undefined, prompt: 'none' }, 'login_required'],
  ])('refuses %s to the app, and the launch is still good', async (_name, more, error) => {
    const app = new SmartApp(ehr);
    const { launch } = await makeLaunch(ehr, okafor);
    const refused = await app.authorize({ launch, ...more });
    expect(refused.location?.href.startsWith(app.redirectUri)).toBe(true);
    expect([errorOf(refused), answerOf(refused).get('state')]).toEqual([error, app.state]);
    expect(await app.code({ launch })).toBeTruthy();
  });

  it.each([
    ['another redirect_uri', { redirect_uri: 'https://evil.example/callback' }],
    ['a redirect_uri that only begins like ours', { redirect_uri: 'EXTENDED' }],
    ['no redirect_uri', { redirect_uri: undefined }],
    ['an unknown client', { client_id: 'nobody' }],
    ['a backend client', { client_id: 'intersession-system' }],
  ])('sends nobody anywhere for %s', async (_name, more: Json) => {
    const app = new SmartApp(ehr);
    const { launch } = await makeLaunch(ehr, okafor);
    const sent = more.redirect_uri === 'EXTENDED' ? { redirect_uri: `${app.redirectUri}/more` } : more;
    const refused = await app.authorize({ launch, ...sent }, { headers: { accept: 'text/html' } });
    expect([refused.status >= 400, refused.location]).toEqual([true, undefined]);
    expect(refused.text).toContain('Sign-in is not possible');
  });

  it('uses a launch up, also when two come at once', async () => {
    const app = new SmartApp(ehr);
    const { launch } = await makeLaunch(ehr, okafor);
    const both = await Promise.all([app.authorize({ launch }), app.authorize({ launch })]);
    expect(both.map(errorOf).sort()).toEqual(['invalid_request', null]);
    expect(errorOf(await app.authorize({ launch }))).toBe('invalid_request');
  });

  it('a launch of one face is nothing at the other', async () => {
    const { launch } = await makeLaunch(ehr, okafor);
    expect(errorOf(await new SmartApp(ehr, 'notes-only').authorize({ launch }))).toBe('invalid_request');
  });

  it.each([
    ['nobody', { user: 'Practitioner/nobody' }],
    ['an unknown patient', { patient: 'nobody' }],
    ['an unknown visit', { encounter: 'nothing' }],
    ['an unknown field', { colour: 'red' }],
    ['an unknown tampering', { tamper: 'everything' }],
  ])('is not made for %s', async (_name, more) => {
    await expect(makeLaunch(ehr, { ...okafor, ...more })).rejects.toThrow(Object.keys(more)[0] ?? '');
  });
});

describe('token endpoint', () => {
  it('gives a code away once; a second time ends what the first gave', async () => {
    const app = new SmartApp(ehr);
    const { launch } = await makeLaunch(ehr, okafor);
    const code = await app.code({ launch });
    const { body } = await app.exchange(code);
    expect((await app.fhir(body.access_token, 'GET', '/Patient/sarah')).status).toBe(200);
    const replay = await app.exchange(code);
    expect([replay.status, replay.body.error]).toEqual([400, 'invalid_grant']);
    expect((await app.fhir(body.access_token, 'GET', '/Patient/sarah')).status).toBe(401);
  });

  it.each([
    ['another verifier', { code_verifier: 'x'.repeat(43) }, 'invalid_grant'],
    ['no verifier', { code_verifier: '' }, 'invalid_grant'],
    ['another redirect_uri', { redirect_uri: 'https://evil.example/callback' }, 'invalid_grant'],
    ['another code', { code: 'made-up' }, 'invalid_grant'],
    ['a public client without client_id', { client_id: '' }, 'invalid_request'],
  ])('refuses %s', async (_name, more, error) => {
    const app = new SmartApp(ehr);
    const { launch } = await makeLaunch(ehr, okafor);
    const refused = await app.exchange(await app.code({ launch }), more);
    expect([refused.status, refused.body.error]).toEqual([400, error]);
  });

  it('knows the confidential client by its secret, kept beside the data for its owner only', async () => {
    const path = `${ehr.dataDir}/sandbox/app-clients.json`;
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const [{ clientId, clientSecret }] = JSON.parse(readFileSync(path, 'utf8')).clients;
    const app = new SmartApp(ehr, 'native', clientId);
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
    });
    const { launch } = await makeLaunch(ehr, okafor);
    const code = await app.code({ launch });
    expect((await app.exchange(code, { client_id: clientId })).body.error).toBe('invalid_client');
    expect((await app.exchange(code, {}, basic('wrong'))).body.error).toBe('invalid_client');
    expect((await app.exchange(code, {}, basic(clientSecret))).body.patient).toBe('sarah');
  });

  it('knows the asymmetric client by the key it publishes', async () => {
    const clientId = 'intersession-app-key';
    const app = new SmartApp(ehr, 'native', clientId);
    const assertion = (claims: Json = {}) =>
      ehr.service.assertion(ehr.claims('native', { iss: clientId, sub: clientId, ...claims }));
    const form = async (claims: Json = {}) => ({
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertion(claims),
    });
    const { launch } = await makeLaunch(ehr, okafor);
    const code = await app.code({ launch });
    expect((await app.exchange(code, await form({ aud: app.issuer }))).body.error).toBe('invalid_client');
    const good = await form();
    expect((await app.exchange(code, good)).body.patient).toBe('sarah');
    expect((await app.exchange(code, good)).body.error).toBe('invalid_client'); // the assertion, a second time
  });

  it('gives no refresh token unasked', async () => {
    expect((await new SmartApp(ehr).signIn(okafor)).refresh_token).toBeUndefined();
  });

  it.each(['online_access', 'offline_access'])('refreshes with %s: same context, new token', async (access) => {
    const app = new SmartApp(ehr);
    const first = await app.signIn(okafor, { scope: `openid fhirUser launch patient/*.rs ${access}` });
    expect(first.scope).toContain(access);
    const refresh = (token: string) => app.token({ grant_type: 'refresh_token', refresh_token: token });
    const { status, body } = await refresh(first.refresh_token);
    expect(status).toBe(200);
    expect(body).toMatchObject({ patient: 'sarah', scope: first.scope });
    expect(decodeJwt(body.id_token).fhirUser).toBe(`${ehr.base('native')}/Practitioner/dr-okafor`);
    expect((await app.fhir(body.access_token, 'GET', '/Patient/sarah')).status).toBe(200);
    // a public client's refresh token changes each time; an old one ends the whole grant
    expect((await refresh(first.refresh_token)).body.error).toBe('invalid_grant');
    expect((await app.fhir(body.access_token, 'GET', '/Patient/sarah')).status).toBe(401);
  });

  it('narrows on refresh when it is asked to, never widens', async () => {
    const app = new SmartApp(ehr);
    const scope = 'launch patient/Patient.rs patient/Task.rs online_access';
    const { refresh_token } = await app.signIn(okafor, { scope, nonce: undefined });
    const refresh = { grant_type: 'refresh_token', refresh_token };
    expect((await app.token({ ...refresh, scope: 'patient/Goal.rs' })).body.error).toBe('invalid_scope');
    const { body } = await app.token({ ...refresh, scope: 'patient/Patient.rs' });
    expect(body.scope).toBe('patient/Patient.rs');
    expect((await app.fhir(body.access_token, 'GET', '/Task')).status).toBe(403);
  });
});

describe('revocation, introspection, expiry', () => {
  const form = (body: Json) => ({
    method: 'POST',
    body: new URLSearchParams({ client_id: 'intersession-app', ...body }),
  });

  it('a revoked token opens nothing; a revoked refresh token ends its access tokens too', async () => {
    const app = new SmartApp(ehr);
    const first = await app.signIn(okafor);
    expect((await fetch(`${app.issuer}/revoke`, form({ token: first.access_token }))).status).toBe(200);
    const refused = await app.fhir(first.access_token, 'GET', '/Patient/sarah');
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
    const second = await app.signIn(okafor, { scope: 'launch patient/*.rs offline_access', nonce: undefined });
    await fetch(`${app.issuer}/revoke`, form({ token: second.refresh_token }));
    expect((await app.fhir(second.access_token, 'GET', '/Patient/sarah')).status).toBe(401);
  });

  it('tells the client what its token is, and of others nothing', async () => {
    const app = new SmartApp(ehr);
    const { access_token: token } = await app.signIn(okafor);
    const about: Json = await (await fetch(`${app.issuer}/introspect`, form({ token }))).json();
    expect(about).toMatchObject({
      active: true,
      client_id: 'intersession-app',
      scope: 'openid fhirUser launch launch/patient patient/*.rs',
      patient: 'sarah',
      fhirUser: `${ehr.base('native')}/Practitioner/dr-okafor`,
    });
    const foreign = form({ token: await ehr.token('native') });
    expect(await (await fetch(`${app.issuer}/introspect`, foreign)).json()).toEqual({ active: false });
  });

  it('DELETE /control/sessions signs everybody out', async () => {
    const app = new SmartApp(ehr);
    const body = await app.signIn(okafor, { scope: 'launch patient/*.rs online_access', nonce: undefined });
    await fetch(`${ehr.url}/control/sessions`, { method: 'DELETE' });
    expect((await app.fhir(body.access_token, 'GET', '/Patient/sarah')).status).toBe(401);
    const refresh = await app.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token });
    expect(refresh.body.error).toBe('invalid_grant');
  });

  it('a token holds as long as it was said', async () => {
    const brief = await openSandbox({ tokenSeconds: 1 });
    try {
      const app = new SmartApp(brief);
      const { access_token: token, expires_in: seconds } = await app.signIn(okafor);
      expect(seconds).toBe(1);
      await expect
        .poll(async () => (await app.fhir(token, 'GET', '/Patient/sarah')).status, { timeout: 5000, interval: 100 })
        .toBe(401);
    } finally {
      await brief.close();
    }
  });
});

describe('tampering', () => {
  const wrong = async (tamper: string, more: Json = {}) => {
    const app = new SmartApp(ehr);
    const body = await app.signIn({ ...okafor, tamper }, more);
    const keys = createRemoteJWKSet(new URL(`${app.issuer}/jwks`));
    const verified = jwtVerify(body.id_token ?? '', keys, { issuer: app.issuer, audience: app.clientId });
    const outcome = await verified.then(({ payload }) => ({ payload, code: undefined })).catch((error) => error);
    return { app, body, outcome };
  };

  it.each([
    ['aud', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['iss', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['expired', 'ERR_JWT_EXPIRED'],
    ['signature', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
  ])('%s makes an id_token that does not verify', async (tamper, code) => {
    expect((await wrong(tamper)).outcome.code).toBe(code);
  });

  it('nonce, at_hash and other-user verify, and are of another', async () => {
    const honest = await new SmartApp(ehr).signIn(okafor);
    const { app, outcome } = await wrong('nonce');
    expect([outcome.code, outcome.payload.nonce === app.nonce]).toEqual([undefined, false]);
    const tie = (await wrong('at_hash')).outcome.payload.at_hash;
    expect(tie).toHaveLength(decodeJwt<Json>(honest.id_token).at_hash.length);
    const other = (await wrong('other-user')).outcome.payload;
    expect(other.fhirUser).toBe(`${ehr.base('native')}/Practitioner/dr-lindqvist`);
    const ties = await Promise.all([wrong('at_hash'), wrong('at_hash')]);
    expect(new Set(ties.map(({ outcome: { payload } }) => payload.at_hash)).size).toBe(1); // of no access token of theirs
  });

  it('no-patient and no-id-token leave them out', async () => {
    expect((await wrong('no-patient')).body).not.toHaveProperty('patient');
    expect((await wrong('no-id-token')).body).not.toHaveProperty('id_token');
  });
});

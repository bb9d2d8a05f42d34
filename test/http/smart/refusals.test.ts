import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type App, clinician, codeOf, coordinator, openApp } from './open-app.ts';

/** What an EHR refuses or cannot do is said as that: only silence is blamed on the network. */
let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterEach(() => {
  delete app.north.settings.answers;
  delete app.north.settings.refuses;
});
afterAll(() => app.close());

/** One EHR of its own, for what is remembered after the first launch. */
async function launchAt(set: (app: App) => unknown): Promise<{ status: number; code: string; text: string }> {
  const other = await openApp();
  set(other);
  const body = { iss: other.north.fhirBase, launch: 'x', tabKeyHash: other.newTab().tabKeyHash };
  const answer = await other.doors.call('POST', '/smart/launch', { body });
  await other.close();
  return { status: answer.status, code: codeOf(answer), text: answer.text };
}

describe('a token endpoint that refuses in OAuth’s words', () => {
  it.each([
    [401, 'invalid_client', 502, 'app-not-registered'],
    [400, 'unauthorized_client', 502, 'app-not-registered'],
    [400, 'invalid_scope', 502, 'scopes-refused'],
    [400, 'invalid_grant', 409, 'code-replayed'],
    [400, 'invalid_request', 502, 'ehr-refused'],
    [400, 'unsupported_grant_type', 502, 'ehr-refused'],
    [403, 'access_denied', 403, 'consent-denied'],
    [400, 'a_word_of_its_own', 502, 'ehr-refused'],
    [503, 'temporarily_unavailable', 503, 'ehr-unreachable'],
    // some refuse with 200
    [200, 'invalid_client', 502, 'app-not-registered'],
  ])('%i %s is %i %s', async (answers, error, status, code) => {
    const returned = await app.goThrough(app.north, clinician);
    const body = { error, error_description: 'geheim-17' };
    app.north.settings.answers = { '/auth/token': { status: answers, body } };
    const before = app.doors.log().length;
    const answer = await app.callback(returned);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    const said = app.doors.log().slice(before);
    expect(said).toContain(`"code":"${code}"`);
    if (code !== 'code-replayed') expect(said).toContain(error);
    expect(`${answer.text}${said}`).not.toContain('geheim');
  });

  it.each<[string, number, unknown, string]>([
    ['a page in place of an answer', 200, '<html>', 'ehr-answer-unusable'],
    ['a token of another type', 200, { access_token: 'x', token_type: 'mac' }, 'ehr-answer-unusable'],
    ['no token', 200, { token_type: 'Bearer' }, 'ehr-answer-unusable'],
    ['a token that is no text', 200, { access_token: 7, token_type: 'Bearer' }, 'ehr-answer-unusable'],
    ['404', 404, {}, 'ehr-answer-unusable'],
    ['500', 500, '<html>', 'ehr-unreachable'],
    ['429', 429, {}, 'ehr-unreachable'],
  ])('and one that answers %s', async (_what, status, body, code) => {
    const returned = await app.goThrough(app.north, clinician);
    app.north.settings.answers = { '/auth/token': { status, body } };
    expect(codeOf(await app.callback(returned))).toBe(code);
  });

  it('names the field that is wrong, for whoever looks after the connection', async () => {
    const returned = await app.goThrough(app.north, clinician);
    app.north.settings.answers = { '/auth/token': { status: 200, body: { access_token: 'x', token_type: 'mac' } } };
    expect((await app.callback(returned)).text).toContain('token_type');
  });

  it('of a refresh leaves the session when it is about the app, and ends it when it is about the person', async () => {
    const tab = await app.signIn(coordinator);
    const open = () => app.call(tab, 'POST', '/app/v1/open-patient', { patientId: 'sarah' });
    app.north.expireTokens();
    app.north.settings.answers = { '/auth/token': { status: 401, body: { error: 'invalid_client' } } };
    expect(codeOf(await open())).toBe('app-not-registered');
    delete app.north.settings.answers;
    expect((await open()).status).toBe(200);
    app.north.expireTokens();
    app.north.settings.answers = { '/auth/token': { status: 400, body: { error: 'invalid_scope' } } };
    expect(codeOf(await open())).toBe('session-expired');
  });
});

describe('an authorization endpoint that sends the browser back with', () => {
  it.each([
    ['unauthorized_client', 'app-not-registered'],
    ['invalid_scope', 'scopes-refused'],
    ['access_denied', 'consent-denied'],
    ['consent_required', 'consent-denied'],
    ['login_required', 'ehr-refused'],
    ['unsupported_response_type', 'ehr-refused'],
    ['server_error', 'ehr-unreachable'],
    ['<script>', 'ehr-refused'],
  ])('%s is told as %s, and stands in the log', async (error, code) => {
    const { authorizeUrl, tabSecret } = await app.begin(app.north, clinician);
    app.north.settings.refuses = error;
    const { location } = await app.north.authorize(authorizeUrl);
    const state = location?.searchParams.get('state');
    const before = app.doors.log().length;
    const answer = await app.callback({ error: location?.searchParams.get('error'), state, tabSecret });
    expect(codeOf(answer)).toBe(code);
    expect(app.doors.log().slice(before)).toContain(`"tenant":"north","code":"${code}"`);
    expect(answer.text).not.toContain('<');
    // a refusal uses the launch up as a code does
    expect(codeOf(await app.callback({ error, state, tabSecret }))).toBe('state-replayed');
  });

  it('an error of nobody’s launch, or in another tab, says nothing', async () => {
    const { tabSecret } = app.newTab();
    const made = { error: 'access_denied', state: 'x'.repeat(43), tabSecret };
    expect(codeOf(await app.callback(made))).toBe('state-replayed');
    const { authorizeUrl } = await app.begin(app.north, clinician);
    const state = new URL(authorizeUrl).searchParams.get('state');
    expect(codeOf(await app.callback({ error: 'access_denied', state, tabSecret }))).toBe('state-replayed');
  });

  it('both a code and an error is neither', async () => {
    const returned = await app.goThrough(app.north, clinician);
    expect(codeOf(await app.callback({ ...returned, error: 'access_denied' }))).toBe('invalid-request');
  });
});

describe('an EHR that answers, and is not set up for signing in', () => {
  it.each<[string, (app: App) => unknown, string]>([
    ['without S256', ({ north }) => Object.assign(north.settings, { s256: false }), 'S256'],
    [
      'with a SMART 1.0 configuration',
      ({ north }) => {
        north.settings.configuration = ({ issuer: _i, jwks_uri: _k, code_challenge_methods_supported: _c, ...said }) =>
          said;
      },
      'PKCE',
    ],
    [
      'without an issuer',
      ({ north }) => {
        north.settings.configuration = ({ issuer: _none, ...said }) => said;
      },
      'names no issuer',
    ],
    [
      'whose token endpoint is not https',
      ({ north }) => {
        north.settings.configuration = (said) => ({ ...said, token_endpoint: 'http://ehr.example/token' });
      },
      'token endpoint is not https',
    ],
    [
      'that has no SMART configuration',
      ({ north }) => {
        north.settings.answers = { '/fhir/.well-known/smart-configuration': { status: 404, body: {} } };
      },
      'answers 404',
    ],
    [
      'whose SMART configuration is a page',
      ({ north }) => {
        north.settings.answers = { '/fhir/.well-known/smart-configuration': { status: 200, body: '<html>' } };
      },
      'no JSON object',
    ],
    [
      'whose keys nobody names',
      ({ north }) => {
        north.settings.configuration = ({ jwks_uri: _none, ...said }) => said;
      },
      'OpenID configuration',
    ],
  ])('%s says so, and not that it cannot be reached', async (_what, set, words) => {
    const { status, code, text } = await launchAt(set);
    expect([status, code]).toEqual([502, 'ehr-unfit']);
    expect(text).toContain(words);
  });

  it.each([503, 429, 500])('is asked again later when its configuration answers %i', async (status) => {
    const path = '/fhir/.well-known/smart-configuration';
    const { code } = await launchAt(({ north }) => {
      north.settings.answers = { [path]: { status, body: {} } };
    });
    expect(code).toBe('ehr-unreachable');
  });

  it.each<[number, unknown, string]>([
    [200, { keys: 'none' }, 'ehr-unfit'],
    [404, {}, 'ehr-unfit'],
    [503, {}, 'ehr-unreachable'],
  ])('is told by its key set: %i %j is %s', async (status, body, code) => {
    const other = await openApp();
    const returned = await other.goThrough(other.north, clinician);
    other.north.settings.answers = { '/auth/jwks': { status, body } };
    expect(codeOf(await other.callback(returned))).toBe(code);
    await other.close();
  });

  it.each<[number, unknown, string]>([
    [200, { resourceType: 'OperationOutcome' }, 'ehr-answer-unusable'],
    [200, '<html>', 'ehr-answer-unusable'],
    [503, {}, 'ehr-unreachable'],
    [403, {}, 'foreign-user'],
  ])('and by what it answers for the patient: %i %j is %s', async (status, body, code) => {
    const returned = await app.goThrough(app.north, clinician);
    app.north.settings.answers = { '/fhir/Patient/sarah': { status, body } };
    expect(codeOf(await app.callback(returned))).toBe(code);
  });
});

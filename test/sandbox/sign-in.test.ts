import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type OpenSandbox, openSandbox } from './open-sandbox.ts';
import { answered, makeLaunch, SmartApp } from './smart-app.ts';

const scope = 'openid fhirUser launch/patient offline_access patient/Patient.rs patient/Task.rs';

let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterAll(() => ehr.close());

/** Starts without a launch (or one that asks) and comes to the page for people. */
async function toPage(app: SmartApp, more: Json = { scope }): Promise<string> {
  const { status, location, cookies } = await app.authorize(more);
  expect([status, cookies]).toEqual([303, []]);
  expect(location?.href).toMatch(new RegExp(`^${app.issuer}/sign-in/[\\w-]{30,}$`));
  return String(location);
}

const decide = (page: string, form: Json, ticked: readonly string[] = []) => {
  const body = new URLSearchParams(form);
  for (const scope of ticked) body.append('scope', scope);
  return answered(page, { method: 'POST', body });
};

describe('standalone launch', () => {
  it('shows who can sign in with their role, then what the app asks for', async () => {
    const page = await toPage(new SmartApp(ehr));
    const people = await answered(page);
    expect(people.text).toContain('Clinical Psychologist');
    expect(people.text.match(/\?user=/g)).toHaveLength(4 + 12);
    const consent = await answered(`${page}?user=Practitioner%2Fdr-okafor`);
    const offered = [...consent.text.matchAll(/name="scope" value="([^"]+)"/g)].map((match) => match[1]);
    expect(offered).toEqual(scope.split(' '));
    expect(consent.text).toContain('Read and search Patient of this patient');
    expect(consent.text).toContain('<option value="sarah">Sarah Whitfield</option>');
    expect(consent.text).not.toContain('Nowak'); // restricted, and not Dr. Okafor's
    expect((await answered(`${page}?user=Practitioner%2Fdr-lindqvist`)).text).toContain('Nowak');
  });

  it('a clinician chooses a patient; what was unticked is not granted', async () => {
    const app = new SmartApp(ehr);
    const ticked = ['fhirUser', 'launch/patient', 'patient/Patient.rs'];
    const form = { user: 'Practitioner/dr-okafor', patient: 'sarah', decision: 'allow' };
    const { status, location } = await decide(await toPage(app), form, ticked);
    expect([status, location?.searchParams.get('state')]).toEqual([303, app.state]);
    const { body } = await app.exchange(String(location?.searchParams.get('code')));
    expect(body).toMatchObject({ patient: 'sarah', scope: 'openid fhirUser launch/patient patient/Patient.rs' });
    expect(body.refresh_token).toBeUndefined();
    expect((await app.fhir(body.access_token, 'GET', '/Patient/sarah')).status).toBe(200);
    expect((await app.fhir(body.access_token, 'GET', '/Task')).status).toBe(403);
  });

  it('a form cannot name a patient who was not offered', async () => {
    const app = new SmartApp(ehr);
    const form = { user: 'Practitioner/dr-okafor', patient: 'tomasz-nowak', decision: 'allow' };
    const { location } = await decide(await toPage(app), form, scope.split(' '));
    const { body } = await app.exchange(String(location?.searchParams.get('code')));
    expect([body.patient, body.scope]).toEqual([undefined, 'openid fhirUser offline_access']);
  });

  it('a patient is their own context, whatever the form says', async () => {
    const app = new SmartApp(ehr);
    const form = { user: 'Patient/sarah', patient: 'marcus-bell', decision: 'allow' };
    const { location } = await decide(await toPage(app), form, scope.split(' '));
    const { body } = await app.exchange(String(location?.searchParams.get('code')));
    expect([body.patient, body.scope]).toEqual(['sarah', scope]);
    expect(body.refresh_token).toBeTruthy();
  });

  it('tells the visit that is going on when it is asked for', async () => {
    const app = new SmartApp(ehr);
    const asked = 'launch/patient launch/encounter patient/*.rs';
    const form = { user: 'Practitioner/dr-okafor', patient: 'sarah', decision: 'allow' };
    const page = await toPage(app, { scope: asked, nonce: undefined });
    const { location } = await decide(page, form, asked.split(' '));
    const { body } = await app.exchange(String(location?.searchParams.get('code')));
    expect([body.patient, body.encounter]).toEqual(['sarah', 'sarah-2026-03-25']);
  });

  it('a scope that was not asked for cannot be ticked into being', async () => {
    const app = new SmartApp(ehr);
    const form = { user: 'Patient/sarah', decision: 'allow' };
    const page = await toPage(app, { scope: 'openid launch/patient patient/Patient.rs' });
    const { location } = await decide(page, form, ['launch/patient', 'patient/Patient.rs', 'patient/*.cruds']);
    const { body } = await app.exchange(String(location?.searchParams.get('code')));
    expect(body.scope).toBe('openid launch/patient patient/Patient.rs');
  });

  it('no is an answer, and the page is over with it', async () => {
    const app = new SmartApp(ehr);
    const page = await toPage(app);
    const { status, location } = await decide(page, { user: 'Patient/sarah', decision: 'deny' });
    expect([status, `${location?.origin}${location?.pathname}`]).toEqual([303, app.redirectUri]);
    expect(Object.fromEntries(location?.searchParams ?? [])).toMatchObject({
      error: 'access_denied',
      state: app.state,
      iss: app.issuer,
    });
    expect((await answered(page)).status).toBe(404);
  });

  it('an answer is taken once', async () => {
    const page = await toPage(new SmartApp(ehr));
    const form = { user: 'Patient/sarah', decision: 'allow' };
    expect((await decide(page, form, scope.split(' '))).location?.searchParams.get('code')).toBeTruthy();
    const again = await decide(page, form, scope.split(' '));
    expect([again.status, again.location]).toEqual([404, undefined]);
  });

  it('nobody of that name, a page that never was → a page that says so', async () => {
    const page = await toPage(new SmartApp(ehr));
    expect((await decide(page, { user: 'Practitioner/nobody', decision: 'allow' })).status).toBe(400);
    const gone = await answered(page.replace(/[\w-]+$/, 'made-up'));
    expect([gone.status, gone.text.includes('This sign-in is over')]).toEqual([404, true]);
  });
});

describe('a launch that asks', () => {
  it('knows the user, shows the consent page, and is used up only by the answer', async () => {
    const app = new SmartApp(ehr);
    const order = { face: 'native', user: 'Practitioner/dr-okafor', patient: 'sarah', consent: 'ask' };
    const { launch } = await makeLaunch(ehr, order);
    const asked = 'openid launch patient/Patient.rs patient/Task.rs';
    const page = await toPage(app, { scope: asked, launch });
    const { text } = await answered(`${page}?user=Practitioner%2Fdr-lindqvist`);
    expect(text).toContain('Dr. Adaeze Okafor');
    expect(text).not.toContain('<select');
    const form = { user: 'Practitioner/dr-lindqvist', decision: 'allow' };
    const { location } = await decide(page, form, ['patient/Task.rs']);
    const { body } = await app.exchange(String(location?.searchParams.get('code')));
    expect([body.patient, body.scope]).toEqual(['sarah', 'openid launch patient/Task.rs']);
    const again = await app.authorize({ launch });
    expect(again.location?.searchParams.get('error')).toBe('invalid_request');
  });
});

describe('the pages', () => {
  it('may stand in a frame of the chart or the app, and send their form to the app', async () => {
    const { headers } = await fetch(await toPage(new SmartApp(ehr)));
    const policy = String(headers.get('content-security-policy'));
    expect(policy).toContain(`frame-ancestors ${ehr.service.url} ${ehr.url}`);
    expect(policy).toContain(`form-action 'self' ${ehr.service.url}`);
    expect(policy).toContain("default-src 'none'");
    expect(headers.get('x-frame-options')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

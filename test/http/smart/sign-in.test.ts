import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findAppSession } from '../../../src/record/session/app-session.ts';
import { type App, clinician, codeOf, coordinator, integration, openApp, patient, type Tab } from './open-app.ts';

const start = '2026-03-01T15:00:00.000Z';
let app: App;
beforeAll(async () => {
  app = await openApp({ tenant: { weekBegins: 'sun', crisisLine: { label: 'Crisis line', phone: '988' } } });
});
beforeEach(() => app.doors.test.setTime(start));
afterAll(() => app.close());

const later = (minutes: number): string => new Date(Date.parse(start) + minutes * 60_000).toISOString();
const read = (tab: Tab) => app.call(tab, 'GET', '/app/v1/patient');

describe('who signs in', () => {
  it('as a clinician gets the launch’s patient, read with their own token, and what a page shows', async () => {
    const { view } = await app.signIn({ ...clinician, intent: 'review' });
    const { session: _token, launchId: _id, ...shown } = view;
    expect(shown).toEqual({
      expiresAt: later(12 * 60),
      tenant: {
        ...{ id: 'north', name: 'north clinic', timeZone: 'America/New_York', language: 'en-US', sandbox: false },
        ...{ now: start, weekBegins: 'sun' },
        crisisLine: { label: 'Crisis line', phone: '988' },
      },
      user: { reference: 'Practitioner/dr-okafor', name: 'Dr. Adaeze Okafor' },
      role: 'clinician',
      patient: { id: 'sarah', name: 'Sarah Whitfield', birthDate: '1991-06-14' },
      intent: 'review',
      needPatientBanner: true,
      styleUrl: expect.stringMatching(/\/style\.json$/),
      canWrite: true,
    });
  });

  it('is shown no crisis line where none is known: none is made up', async () => {
    const other = await openApp();
    const { view } = await other.signIn(patient);
    expect(view.tenant).not.toHaveProperty('crisisLine');
    expect(JSON.stringify(view)).not.toMatch(/\b(112|911|988)\b/);
    await other.close();
  });

  it('as a patient is a patient, whatever the configuration says of others', async () => {
    const { view } = await app.signIn(patient);
    expect(view).toMatchObject({ role: 'patient', user: { reference: 'Patient/sarah', name: 'Sarah Whitfield' } });
  });

  it('to look after the connection needs no patient, and gets none though a chart was open', async () => {
    expect((await app.signIn(integration)).view.role).toBe('integration');
    const { view, session } = await app.signIn({ ...clinician, user: integration.user });
    expect([view.role, view.patient, view.needPatientBanner]).toEqual(['integration', undefined, false]);
    expect(JSON.stringify(view)).not.toMatch(/sarah|Whitfield/i);
    const kept = await findAppSession({ ...app.doors.test.record, sessionKey: app.sessionKey }, session);
    expect([kept?.patientId, kept?.encounter, kept?.sealed.patient, kept?.sealed.visits]).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('as a coordinator needs no patient', async () => {
    const { view } = await app.signIn(coordinator);
    expect([view.role, view.patient, view.needPatientBanner]).toEqual(['coordinator', undefined, false]);
  });

  it('is a clinician by the code of a PractitionerRole', async () => {
    expect((await app.signIn({ user: 'Practitioner/prac-7', patient: 'sarah' })).view.role).toBe('clinician');
  });

  it('without a role here is turned away', async () => {
    expect(await app.refusedSignIn({ user: 'Practitioner/porter-1', patient: 'sarah' })).toBe('role-unknown');
    expect(await app.refusedSignIn({ user: 'RelatedPerson/mother', patient: 'sarah' })).toBe('role-unknown');
  });

  it('as a clinician without a patient is told so', async () => {
    const { patient: _none, ...without } = clinician;
    expect(await app.refusedSignIn(without)).toBe('launch-without-patient');
  });

  it('as a patient whose token names none is their own patient', async () => {
    const { patient: _none, ...without } = patient;
    expect((await app.signIn(without)).view).toMatchObject({ role: 'patient', patient: { id: 'sarah' } });
  });

  it('as a patient never gets another patient’s record', async () => {
    expect(await app.refusedSignIn({ ...patient, patient: 'marcus' })).toBe('foreign-user');
    // not even from an EHR that would let them read it
    app.north.restricted.set('Patient/marcus', ['Patient/sarah']);
    expect(await app.refusedSignIn({ ...patient, patient: 'marcus' })).toBe('foreign-user');
    app.north.restricted.delete('Patient/marcus');
  });

  it('and may not read the launch’s patient sees nothing of them', async () => {
    const answer = await app.callback(await app.goThrough(app.north, { ...clinician, patient: 'hidden' }));
    expect([answer.status, codeOf(answer)]).toEqual([403, 'foreign-user']);
    expect(answer.text).not.toMatch(/hidden|Person/i);
  });

  it('takes the patient from the token response, not from the page', async () => {
    const returned = await app.goThrough(app.north, clinician);
    expect((await app.callback({ ...returned, patient: 'marcus' })).status).toBe(400);
  });
});

describe('what was granted', () => {
  it('too little to know the user, or to read the patient, ends the sign-in', async () => {
    const without = (left: RegExp) => app.refusedSignIn({ ...clinician, grant: (scope) => !left.test(scope) });
    expect(await without(/^openid$/)).toBe('consent-denied');
    expect(await without(/\/Patient\./)).toBe('consent-denied');
    const launch = { ...clinician, claims: () => ({ fhirUser: undefined }) };
    app.north.settings.introspection = false;
    const other = await openApp();
    other.north.settings.introspection = false;
    expect(await other.refusedSignIn(launch)).toBe('consent-denied');
    await other.close();
    app.north.settings.introspection = true;
  });

  it('no writing makes the app read-only, and the service holds to it', async () => {
    const tab = await app.signIn({ ...clinician, grant: (scope) => !scope.endsWith('.crus') });
    expect(tab.view.canWrite).toBe(false);
    expect((await read(tab)).status).toBe(200);
    const answer = await app.call(tab, 'POST', '/app/v1/plans', { libraryPlan: 'social-anxiety-speaking-up|1.0.0' });
    expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden']);
  });
});

describe('an EHR that is down', () => {
  it('during the launch is said to be, and the next try works', async () => {
    const other = await openApp();
    other.north.settings.down = true;
    const { tabKeyHash } = other.newTab();
    const begin = await other.doors.call('POST', '/smart/launch', {
      body: { iss: other.north.fhirBase, launch: 'x', tabKeyHash },
    });
    expect([begin.status, codeOf(begin)]).toEqual([503, 'ehr-unreachable']);
    other.north.settings.down = false;
    const returned = await other.goThrough(other.north, clinician);
    other.north.settings.down = true;
    expect(codeOf(await other.callback(returned))).toBe('ehr-unreachable');
    other.north.settings.down = false;
    expect((await other.signIn(clinician)).view.role).toBe('clinician');
    await other.close();
  });

  it('in one part only, is still one that a person can try again', async () => {
    for (const broken of ['/auth/token', '/fhir/Patient/sarah']) {
      const returned = await app.goThrough(app.north, clinician);
      app.north.settings.broken = broken;
      expect(codeOf(await app.callback(returned))).toBe('ehr-unreachable');
      delete app.north.settings.broken;
    }
  });
});

describe('the pages', () => {
  let pages: App;
  beforeAll(async () => {
    pages = await openApp({ app: { pages: (_request, response) => void response.type('html').send('<p>page</p>') } });
  });
  afterAll(() => pages.close());
  const policy = async (path: string) => {
    const { headers } = await pages.doors.call('GET', path);
    return { csp: headers.get('content-security-policy') ?? '', frame: headers.get('x-frame-options'), headers };
  };

  it.each(['/', '/launch', '/callback', '/app'])(
    'at %s run only scripts of ours and tell nobody where they were',
    async (path) => {
      const { csp, headers } = await policy(path);
      for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'"]) {
        expect(csp).toContain(part);
      }
      expect(csp).not.toMatch(/unsafe|\*|https?:\/\/(?!north|south)/);
      expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual(['no-referrer', 'no-store']);
      expect(headers.get('set-cookie')).toBeNull();
    },
  );

  it('may be framed by the EHR of their tenant only', async () => {
    const launch = await policy(`/launch?iss=${encodeURIComponent(pages.south.fhirBase)}&launch=x`);
    expect(launch.csp).toMatch(/frame-ancestors https:\/\/south\.ehr\.example$/);
    expect(launch.frame).toBeNull();
    const { state } = await pages.goThrough(pages.north, clinician);
    expect((await policy(`/callback?code=x&state=${state}`)).csp).toMatch(
      /frame-ancestors https:\/\/north\.ehr\.example$/,
    );
    expect((await policy('/launch?iss=https://elsewhere.example')).csp).toContain("frame-ancestors 'none'");
    const front = await policy('/');
    expect([front.csp.includes("frame-ancestors 'none'"), front.frame]).toEqual([true, 'DENY']);
    expect((await policy('/app')).csp).toMatch(
      /frame-ancestors https:\/\/north\.ehr\.example https:\/\/south\.ehr\.example$/,
    );
  });
});

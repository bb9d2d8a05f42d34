import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FakeLaunch } from './fake-ehr.ts';
import { type App, clinician, codeOf, coordinator, openApp, patient } from './open-app.ts';

/** What real EHRs put into a token response, an id_token and an address, and what is made of it at the doors. */
let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterEach(() => {
  const { settings } = app.north;
  for (const name of ['introspects', 'configuration', 'answers', 'spelledBase', 'refuses'] as const)
    delete settings[name];
});
afterAll(() => app.close());

const answering = (launch: FakeLaunch, more: Record<string, unknown>): FakeLaunch => ({
  ...launch,
  response: (answer) => ({ ...answer, ...more }),
});
const seconds = () => Math.floor(app.doors.test.record.clock.now().getTime() / 1000);

describe('a launch whose optional values are of another type', () => {
  it.each<[string, Record<string, unknown>, object]>([
    ['need_patient_banner as text', { need_patient_banner: 'false' }, { needPatientBanner: false }],
    ['need_patient_banner that is no truth', { need_patient_banner: 'maybe' }, { needPatientBanner: true }],
    ['null for what is not there', { encounter: null, intent: null, smart_style_url: null }, { role: 'clinician' }],
    ['empty texts for what is not there', { encounter: '', intent: '', smart_style_url: '' }, { role: 'clinician' }],
    ['expires_in as text', { expires_in: '3599' }, { role: 'clinician' }],
    ['expires_in that is no time', { expires_in: null }, { role: 'clinician' }],
    ['a scope that is null', { scope: null }, { canWrite: true }],
    ['the patient as a reference', { patient: 'Patient/sarah' }, { patient: { id: 'sarah' } }],
    ['members that nobody knows', { location: 'eLoc1', loginDepartment: 7 }, { role: 'clinician' }],
  ])('is taken: %s', async (_what, more, shown) => {
    expect((await app.signIn(answering(clinician, more))).view).toMatchObject(shown);
  });

  it('is told in the log by the names of what was left out, and by nothing of what it was', async () => {
    const before = app.doors.log().length;
    await app.signIn(answering(clinician, { need_patient_banner: 'geheim-17', encounter: { id: 'geheim-18' } }));
    const said = app.doors.log().slice(before);
    expect(said).toContain('"left":["encounter","need_patient_banner"]');
    expect(said).not.toContain('geheim');
  });

  it('holds an access token for as long as a number in text says', async () => {
    app.doors.test.setTime('2026-03-01T15:00:00.000Z');
    const tab = await app.signIn(answering(coordinator, { expires_in: '3599' }));
    const asked = () => app.north.tokenRequests.filter(({ body }) => body.get('grant_type') === 'refresh_token').length;
    const before = asked();
    app.doors.test.setTime('2026-03-01T15:20:00.000Z');
    // the EHR itself took it as 300 seconds: only a refusal of it makes us ask for another
    await app.call(tab, 'GET', '/app/v1/roster');
    expect(asked()).toBe(before);
    app.doors.test.setTime('2026-03-01T15:00:00.000Z');
  });
});

describe('whose chart it is', () => {
  it.each<[string, FakeLaunch]>([
    ['null', answering(coordinator, { patient: null })],
    ['an empty text', answering(coordinator, { patient: '' })],
    ['what is no id', answering(coordinator, { patient: ['sarah'] })],
  ])('is nobody’s for a coordinator whose patient is %s', async (_what, launch) => {
    const { view } = await app.signIn(launch);
    expect([view.role, view.patient]).toEqual(['coordinator', undefined]);
  });

  it.each<[string, unknown]>([
    ['absent', undefined],
    ['null', null],
    ['an empty text', ''],
  ])('is a patient’s own where their token’s patient is %s', async (_what, sent) => {
    const launch = { ...patient, response: (answer: Record<string, unknown>) => ({ ...answer, patient: sent }) };
    expect((await app.signIn(launch)).view).toMatchObject({ role: 'patient', patient: { id: 'sarah' } });
  });

  it.each<[string, unknown]>([
    ['a list', ['sarah']],
    ['a number that JSON could not hold', Number('9007199254740993')],
    ['a path', '../Patient/sarah'],
    ['longer than any', 'x'.repeat(256)],
  ])('is said to be an id that cannot be used, not “nobody’s”, where it is %s', async (_what, sent) => {
    for (const launch of [clinician, patient]) {
      const answer = await app.callback(await app.goThrough(app.north, answering(launch, { patient: sent })));
      expect([answer.status, codeOf(answer)]).toEqual([422, 'unusable-id']);
      expect(answer.text).toContain('an id that cannot be used');
    }
    expect(app.doors.log()).toContain('"code":"unusable-id","field":"patient"');
  });

  it.each(['p_17', `long-${'1'.repeat(120)}`, 'a:b@c', '40017'])('may have the id %s', async (id) => {
    app.north.resources.set(`Patient/${id}`, { resourceType: 'Patient', id, name: [{ family: 'Long' }] });
    const { view } = await app.signIn({ ...clinician, patient: id });
    expect(view.patient).toMatchObject({ id });
    const numeric = /^\d+$/.test(id) ? Number(id) : id;
    expect((await app.signIn(answering(clinician, { patient: numeric }))).view.patient).toMatchObject({ id });
  });

  it('is never another patient’s than the one who signs in', async () => {
    for (const sent of ['marcus', 'Patient/marcus']) {
      expect(await app.refusedSignIn(answering(patient, { patient: sent }))).toBe('foreign-user');
    }
  });
});

describe('who signs in', () => {
  it('may be named relative in one place and absolute in the other', async () => {
    const relative = { ...clinician, claims: () => ({ fhirUser: 'Practitioner/dr-okafor' }) };
    expect((await app.signIn(relative)).view).toMatchObject({ user: { reference: 'Practitioner/dr-okafor' } });
    const base = app.north.fhirBase.replace('http://', 'HTTP://');
    const spelled = { ...clinician, claims: () => ({ fhirUser: `${base}/Practitioner/dr-okafor` }) };
    expect((await app.signIn(spelled)).view).toMatchObject({ user: { reference: 'Practitioner/dr-okafor' } });
  });

  it('is another where introspection says so, however it is spelled, and whatever else it leaves empty', async () => {
    app.north.settings.introspects = { fhirUser: 'Practitioner/dr-lindqvist', sub: null };
    expect(await app.refusedSignIn(clinician)).toBe('foreign-user');
    app.north.settings.introspects = { active: 'false', sub: '', fhirUser: null };
    expect(await app.refusedSignIn(clinician)).toBe('id-token-invalid');
    app.north.settings.introspects = { active: 'true', sub: null, fhirUser: '' };
    expect((await app.signIn(clinician)).view.role).toBe('clinician');
  });

  it('with an id that cannot be used is told that it is the id', async () => {
    const launch = {
      ...clinician,
      claims: () => ({ fhirUser: `${app.north.fhirBase}/Practitioner/${'x'.repeat(300)}` }),
    };
    const answer = await app.callback(await app.goThrough(app.north, launch));
    expect([codeOf(answer), answer.text]).toEqual(['unusable-id', expect.stringContaining('fhirUser')]);
  });

  it.each<[string, unknown]>([
    ['a number', 17],
    ['an object', { reference: 'Practitioner/dr-okafor' }],
    ['a dot path', 'Practitioner/..'],
  ])('is not read out of %s', async (_what, fhirUser) => {
    expect(['id-token-invalid', 'unusable-id']).toContain(
      await app.refusedSignIn({ ...clinician, claims: () => ({ fhirUser }) }),
    );
  });
});

describe('a clock that is not ours', () => {
  const claims = (change: (now: number) => Record<string, unknown>): FakeLaunch => ({
    ...clinician,
    claims: () => change(seconds()),
  });

  it.each<[string, FakeLaunch]>([
    ['ahead: it is not valid yet', claims((now) => ({ nbf: now + 110, iat: now + 110 }))],
    ['ahead, without nbf', claims((now) => ({ iat: now + 110, exp: now + 410 }))],
    ['behind: it is over', claims((now) => ({ iat: now - 400, exp: now - 110 }))],
    ['behind, with nbf', claims((now) => ({ iat: now - 400, nbf: now - 400, exp: now - 60 }))],
  ])('by less than two minutes is allowed for: %s', async (_what, launch) => {
    expect((await app.signIn(launch)).view.role).toBe('clinician');
  });

  it.each<[string, FakeLaunch]>([
    ['nbf', claims((now) => ({ nbf: now + 121 }))],
    ['exp', claims((now) => ({ iat: now - 500, exp: now - 121 }))],
    ['nbf that is no time', claims(() => ({ nbf: 'soon' }))],
    ['exp that is no time', claims(() => ({ exp: 'never' }))],
  ])('by more is refused: %s', async (_what, launch) => {
    expect(await app.refusedSignIn(launch)).toBe('id-token-invalid');
  });
});

describe('how an address is spelled', () => {
  it.each([
    ['with a slash at its end', (base: string) => `${base}/`],
    ['with its scheme in capitals', (base: string) => base.replace('http:', 'HTTP:')],
  ])('iss %s is the same EHR, and aud is spelled like it', async (_what, spell) => {
    app.north.settings.spelledBase = spell(app.north.fhirBase);
    const { authorizeUrl } = await app.begin(app.north, clinician);
    expect(new URL(authorizeUrl).searchParams.get('aud')).toBe(app.north.settings.spelledBase);
    expect((await app.signIn(clinician)).view.role).toBe('clinician');
  });

  it.each([
    ['two slashes', (base: string) => `${base}//`],
    ['a query', (base: string) => `${base}?x=1`],
    ['a path through another', (base: string) => base.replace('/fhir', '/x/../fhir')],
    ['an escaped letter', (base: string) => base.replace('/fhir', '/%66hir')],
    ['a shorter path', (base: string) => base.replace('/fhir', '')],
    ['a line end', (base: string) => `${base}\n`],
  ])('iss with %s is none of ours', async (_what, spell) => {
    const body = { iss: spell(app.north.fhirBase), launch: 'x', tabKeyHash: app.newTab().tabKeyHash };
    expect(codeOf(await app.doors.call('POST', '/smart/launch', { body }))).toBe('unknown-issuer');
  });

  it('an issuer may end in a slash in one place and not in the others', async () => {
    const other = await openApp();
    const { settings, issuer, fhirBase } = other.north;
    settings.configuration = (said) => ({ ...said, issuer: `${issuer}/` });
    const slashed = { ...clinician, claims: () => ({ iss: `${issuer}/` }) };
    for (const launch of [clinician, slashed]) expect((await other.signIn(launch)).view.role).toBe('clinician');
    for (const iss of [issuer, `${issuer}/`]) {
      const returned = await other.goThrough(other.north, clinician);
      expect((await other.callback({ ...returned, iss })).status).toBe(200);
    }
    for (const iss of [`${issuer}//`, `${issuer}/x`, fhirBase]) {
      expect(await other.refusedSignIn({ ...clinician, claims: () => ({ iss }) })).toBe('id-token-invalid');
    }
    await other.close();
  });

  it('the OpenID configuration of an issuer with a slash stands where OpenID says', async () => {
    const other = await openApp();
    const { settings, issuer } = other.north;
    settings.configuration = ({ jwks_uri: _none, ...said }) => ({ ...said, issuer: `${issuer}/` });
    const path = '/auth/.well-known/openid-configuration';
    settings.answers = { [path]: { status: 200, body: { issuer: `${issuer}/`, jwks_uri: `${issuer}/jwks` } } };
    expect((await other.signIn(clinician)).view.role).toBe('clinician');
    expect(other.north.requests).toContain(`GET ${path}`);
    await other.close();
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal, type TraitName, traitNames } from '../../../src/sandbox/traits.ts';
import { openSandboxApp, type SandboxApp } from './open-sandbox-app.ts';

/** Each way of real EHRs that concerns signing in, alone: people get in all the same, or are told why not. */
const okafor = { user: 'Practitioner/dr-okafor', patient: 'sarah' };
const sarah = { user: 'Patient/sarah', patient: 'sarah' };
const reyes = { user: 'Practitioner/coordinator-reyes' };
let app: SandboxApp;
beforeAll(async () => {
  app = await openSandboxApp();
});
afterEach(() => app.setTraits([]));
afterAll(() => app.close());

describe('an EHR of which this is so', () => {
  it.each(traitNames.filter((name) => !isRefusal(name)))('%s lets everybody in', async (trait) => {
    await app.setTraits([trait]);
    expect((await app.signIn(okafor)).body).toMatchObject({ role: 'clinician', patient: { id: 'sarah' } });
    expect((await app.signIn(sarah)).body).toMatchObject({ role: 'patient', patient: { id: 'sarah' } });
    const coordinator = (await app.signIn(reyes)).body;
    expect(coordinator).toMatchObject({ role: 'coordinator' });
    expect(coordinator).not.toHaveProperty('patient');
  });

  it('all of it at once lets everybody in', async () => {
    await app.setTraits(traitNames.filter((name) => !isRefusal(name)));
    expect((await app.signIn(okafor)).body).toMatchObject({ role: 'clinician', patient: { id: 'sarah' } });
    expect((await app.signIn(sarah)).body).toMatchObject({ role: 'patient', patient: { id: 'sarah' } });
    expect((await app.signIn(reyes)).body).toMatchObject({ role: 'coordinator' });
  });
});

describe('what the EHR then says', () => {
  const sent = async (traits: readonly TraitName[], order: object) => {
    await app.setTraits(traits);
    return app.tokenResponse(order);
  };

  it.each<[TraitName, object, string, unknown]>([
    ['banner-flag-text', { ...okafor, needPatientBanner: false }, 'need_patient_banner', 'false'],
    ['context-null', okafor, 'encounter', null],
    ['context-null', reyes, 'patient', null],
    ['context-empty-text', reyes, 'patient', ''],
    ['expires-in-text', okafor, 'expires_in', '300'],
    ['context-as-reference', okafor, 'patient', 'Patient/sarah'],
    ['patient-by-fhir-user', sarah, 'patient', undefined],
    ['patient-by-fhir-user', okafor, 'patient', 'sarah'],
  ])('with %s is as the trait says', async (trait, order, name, value) => {
    expect((await sent([trait], order))[name]).toEqual(value);
    const tidy = await sent([], order);
    if (value !== 'sarah') expect(tidy[name]).not.toEqual(value);
  });
});

describe('an EHR that refuses', () => {
  it.each<[TraitName, string]>([
    ['app-unknown', 'app-not-registered'],
    ['app-unauthorized', 'app-not-registered'],
    ['scope-refused', 'scopes-refused'],
    ['smart-1-configuration', 'ehr-unfit'],
    ['answer-issuer-missing', 'answer-issuer-invalid'],
    ['answer-issuer-wrong', 'answer-issuer-invalid'],
  ])('%s is told as %s', async (trait, code) => {
    await app.setTraits([trait]);
    expect((await app.signIn(okafor)).body).toMatchObject({ code });
    expect(app.log()).toContain(`"code":"${code}"`);
  });
});

/** Roles by the codes that the EHR gives people, for a sandbox whose searches find everybody's. */
describe('an EHR that passes over whose roles are wanted', () => {
  let byCode: SandboxApp;
  beforeAll(async () => {
    byCode = await openSandboxApp([
      // whoever got everybody's codes would be the first of these
      { practitionerRoleCode: '247000000X', role: 'integration' },
      { practitionerRoleCode: '171M00000X', role: 'coordinator' },
      { practitionerRoleCode: 'http://nucc.org/provider-taxonomy|103TC0700X', role: 'clinician' },
    ]);
  });
  afterAll(() => byCode.close());

  it.each<[string, readonly TraitName[]]>([
    ['asked as it should be', []],
    ['by itself', ['roles-of-everybody']],
    ['with absolute references', ['roles-of-everybody', 'absolute-references']],
    ['with versioned references', ['roles-of-everybody', 'versioned-references']],
    ['with everything else', traitNames.filter((name) => !isRefusal(name))],
  ])('gives nobody the role of another (%s)', async (_, traits) => {
    await byCode.setTraits(traits);
    expect((await byCode.signIn(okafor)).body).toMatchObject({ role: 'clinician' });
    expect((await byCode.signIn(reyes)).body).toMatchObject({ role: 'coordinator' });
    expect((await byCode.signIn({ user: 'Practitioner/integration-haddad' })).body).toMatchObject({
      role: 'integration',
    });
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type App,
  clinician,
  codeOf,
  coordinator,
  integration,
  openApp,
  patient,
  type Tab,
} from '../http/smart/open-app.ts';

const cases = z.array(
  z.object({ label: z.string(), right: z.string(), name: z.array(z.unknown()), language: z.string().optional() }),
);
const read = (file: string) =>
  cases.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/outside', file), 'utf8')));

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

describe('a patient’s names, as people have them', () => {
  it.each([...read('names-old-and-maiden.json'), ...read('names-ours.json')])(
    '$label',
    async ({ right, name, language }) => {
      const stored = { resourceType: 'Patient', id: 'sarah', name, ...(language === undefined ? {} : { language }) };
      app.north.resources.set('Patient/sarah', stored);
      const tab = await app.signIn(clinician);
      expect(tab.view.patient).toMatchObject({ id: 'sarah', name: right });
      const { body } = await app.call(tab, 'GET', '/app/v1/patient');
      expect(body).toMatchObject({ patient: { id: 'sarah', name: right } });
    },
  );
});

describe('the last visit', () => {
  const visits = (...list: readonly (readonly [status: string, start: string])[]) => {
    for (const reference of [...app.north.resources.keys()].filter((resource) => resource.startsWith('Encounter/'))) {
      app.north.resources.delete(reference);
    }
    for (const [index, [status, start]] of list.entries()) {
      const id = `visit-${index}`;
      const subject = { reference: 'Patient/sarah' };
      app.north.resources.set(`Encounter/${id}`, { resourceType: 'Encounter', id, status, subject, period: { start } });
    }
  };
  const shown = async () => {
    const tab = await app.signIn({ ...clinician, encounter: 'open-now' });
    const page = await app.call(tab, 'GET', '/app/v1/patient');
    const offered = await app.call(tab, 'GET', '/app/v1/encounters');
    const { lastVisit } = z.object({ lastVisit: z.string().optional() }).parse(page.body);
    const { encounters } = z.object({ encounters: z.array(z.object({ status: z.string() })) }).parse(offered.body);
    return { lastVisit, statuses: encounters.map(({ status }) => status) };
  };

  it.each([...['planned', 'arrived', 'triaged', 'cancelled', 'entered-in-error', 'unknown', 'noshow', 'scheduled']])(
    'is not one that is %s, and the one before it stays the last',
    async (status) => {
      visits([status, '2026-02-27T15:00:00Z'], ['finished', '2026-02-20T15:00:00Z'], [status, '2026-02-28T15:00:00Z']);
      expect(await shown()).toEqual({ lastVisit: '2026-02-20T15:00:00.000Z', statuses: ['finished'] });
    },
  );

  it.each(['finished', 'in-progress', 'onleave'])('is one that is %s', async (status) => {
    visits(['finished', '2026-02-20T15:00:00Z'], [status, '2026-02-27T15:00:00Z']);
    expect(await shown()).toEqual({ lastVisit: '2026-02-27T15:00:00.000Z', statuses: [status, 'finished'] });
  });

  it('that nobody kept is none', async () => {
    visits(['cancelled', '2026-02-20T15:00:00Z'], ['planned', '2026-02-27T15:00:00Z']);
    expect(await shown()).toEqual({ lastVisit: undefined, statuses: [] });
  });
});

describe('a patient who is merged or dead in the EHR', () => {
  const put = (id: string, more: object) =>
    app.north.resources.set(`Patient/${id}`, {
      ...{ resourceType: 'Patient', id, name: [{ use: 'official', given: ['Sarah'], family: 'Whitfield' }] },
      ...more,
    });
  const mergedAway = (into: string) => ({
    active: false,
    link: [{ type: 'replaced-by', other: { reference: `Patient/${into}` } }],
  });
  const page = async (tab: Tab) => (await app.call(tab, 'GET', '/app/v1/patient')).body;
  const shown = z.object({ standing: z.record(z.string(), z.unknown()).optional(), plans: z.array(z.unknown()) });
  const post = (tab: Tab, path: string, body: unknown) => app.call(tab, 'POST', `/app/v1${path}`, body);
  const plan = { libraryPlan: 'social-anxiety-speaking-up|1.0.0' };
  const reason = 'registered twice';

  it.each([
    ['by its link', mergedAway('sarah-2')],
    ['by a link with the whole address', () => mergedAway(`x`)],
  ])(
    'said %s: the open session is told, nothing new is written, a safety concern is still heard',
    async (_how, more) => {
      put('sarah', {});
      const before = await app.signIn(clinician);
      expect((await post(before, '/plans', plan)).status).toBe(201);
      const link = [{ type: 'replaced-by', other: { reference: `${app.north.fhirBase}/Patient/sarah-2` } }];
      put('sarah', typeof more === 'function' ? { active: false, link } : more);
      // somebody else opens the chart: from then on every open session knows
      const tab = await app.signIn(clinician);
      for (const session of [before, tab]) {
        expect(shown.parse(await page(session)).standing).toMatchObject({
          ...{ state: 'merged', survivorId: 'sarah-2', confirmed: false },
        });
        const refused = await post(session, '/plans', plan);
        expect([refused.status, codeOf(refused)]).toEqual([409, 'patient-merged']);
      }
      const patients = await app.signIn(patient);
      expect(shown.parse(await page(patients)).standing).toEqual({
        ...{ state: 'merged', confirmed: false, learnedAt: expect.any(String) },
      });
      expect((await post(patients, '/safety-signals', { rule: 'not-safe-now' })).status).toBe(200);
      expect(app.doors.log()).not.toMatch(/Whitfield/);
    },
  );

  it('is opened again once the EHR takes the merge back', async () => {
    put('sarah', {});
    const tab = await app.signIn(clinician);
    expect(shown.parse(await page(tab)).standing).toBeUndefined();
    expect((await post(tab, '/plans', plan)).status).toBe(201);
  });

  it('is confirmed by the integration role alone; the homework is then the survivor’s, and the old session says so', async () => {
    put('sarah', mergedAway('marcus'));
    const old = await app.signIn(clinician);
    app.doors.test.standings.set('sarah', {
      ...{ answer: 'known', standing: { state: 'merged', survivorId: 'marcus' }, replaces: [] },
    });
    const lee = await app.signIn(integration);
    const { body } = await app.call(lee, 'GET', '/app/v1/merges');
    expect(body).toMatchObject({ held: [{ patientId: 'sarah', state: 'merged', survivorId: 'marcus' }] });
    expect(JSON.stringify(body)).not.toMatch(/Whitfield|Bell/);
    const confirm = (tab: Tab, survivorId = 'marcus') => post(tab, '/merges/sarah/confirm', { survivorId, reason });
    for (const tab of [old, await app.signIn(coordinator), await app.signIn(patient)]) {
      expect((await confirm(tab)).status).toBe(403);
    }
    expect(codeOf(await confirm(lee, 'hidden'))).toBe('not-supported');
    const confirmed = await confirm(lee);
    expect([confirmed.status, confirmed.body]).toEqual([
      200,
      expect.objectContaining({
        held: [],
        confirmed: [
          expect.objectContaining({ patientId: 'sarah', survivorId: 'marcus', confirmedBy: integration.user, reason }),
        ],
      }),
    ]);
    expect(shown.parse(await page(old))).toMatchObject({ plans: [], standing: { state: 'merged', confirmed: true } });
    const now = shown.parse(await page(await app.signIn({ ...clinician, patient: 'marcus' })));
    expect(now.plans.length).toBeGreaterThan(0);
    expect(now.standing).toBeUndefined();
    expect(codeOf(await post(old, '/plans', plan))).toBe('patient-merged');
  });

  it('a read that answers with another record shows nothing of it', async () => {
    app.north.resources.set('Patient/hidden', {
      resourceType: 'Patient',
      id: 'marcus',
      name: [{ text: 'Marcus Bell' }],
    });
    app.north.restricted.delete('Patient/hidden');
    expect(await app.refusedSignIn({ ...clinician, patient: 'hidden' })).toBe('patient-merged');
    const reyes = await app.signIn(coordinator);
    const opened = await post(reyes, '/open-patient', { patientId: 'hidden' });
    expect([opened.status, codeOf(opened)]).toEqual([409, 'patient-merged']);
    expect(opened.text).not.toContain('Bell');
  });

  it.each([
    ['a time', { deceasedDateTime: '2026-02-28T10:00:00Z' }, { at: '2026-02-28T10:00:00.000Z' }],
    ['a day', { deceasedDateTime: '2026-02-28' }, { at: '2026-02-28T00:00:00.000Z' }],
    ['only that', { deceasedBoolean: true }, {}],
  ])('of whom the EHR says %s: the page says so, and the list calls nobody', async (_what, died, deceased) => {
    put('ines', {});
    const launch = { ...clinician, patient: 'ines', encounter: 'none' };
    const tab = await app.signIn(launch);
    await post(tab, '/plans', plan);
    put('ines', died);
    expect(shown.parse(await page(await app.signIn(launch))).standing).toMatchObject({ state: 'current', deceased });
    const { rows } = z
      .object({ rows: z.array(z.looseObject({ patientId: z.string() })) })
      .parse((await app.call(await app.signIn(coordinator), 'GET', '/app/v1/roster')).body);
    expect(rows.find(({ patientId }) => patientId === 'ines')).toMatchObject({ deceased: true, reasons: [] });
    put('ines', { deceasedBoolean: false });
    expect(shown.parse(await page(await app.signIn(launch))).standing).toBeUndefined();
  });
});

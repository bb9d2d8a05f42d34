import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type OpenSandbox, openSandbox, survey, task } from './open-sandbox.ts';
import { SmartApp } from './smart-app.ts';

const other = { reference: 'Patient/marcus-bell' };
const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';

let ehr: OpenSandbox;
let app: SmartApp;
/** A task of another patient, and one of Sarah. */
let foreign: Json;
let own: Json;
beforeAll(async () => {
  ehr = await openSandbox();
  app = new SmartApp(ehr);
  foreign = (await ehr.fhir('native', 'POST', '/Task', { body: task({ for: other }) })).body;
  own = (await ehr.fhir('native', 'POST', '/Task', { body: task() })).body;
});
afterAll(() => ehr.close());

const tokenFor = async (order: Json, scope: string, with_: SmartApp = new SmartApp(ehr)) =>
  (await with_.signIn(order, { scope: `launch ${scope}`, nonce: undefined })).access_token as string;
const okafor = { user: 'Practitioner/dr-okafor', patient: 'sarah' };
const idsOf = (body: Json) => (body.entry ?? []).map(({ resource }: Json) => resource.id);

describe('patient scopes stay in the record of the patient in context', () => {
  let token: string;
  beforeAll(async () => {
    token = await tokenFor(okafor, 'patient/*.cruds');
  });
  const status = async (method: string, path: string, body?: Json) =>
    (await app.fhir(token, method, path, body)).status;

  it('reads and finds what is the patient’s', async () => {
    expect(await status('GET', '/Patient/sarah')).toBe(200);
    expect(await status('GET', `/Task/${own.id}`)).toBe(200);
    expect(idsOf((await app.fhir(token, 'GET', '/Patient')).body)).toEqual(['sarah']);
    expect(idsOf((await app.fhir(token, 'GET', '/Task')).body)).toEqual([own.id]);
    expect((await app.fhir(token, 'GET', '/Task?_summary=count')).body.total).toBe(1);
  });

  it.each([
    ['reading another patient', '/Patient/marcus-bell'],
    ['another’s condition', '/Condition/marcus-depression'],
    ['its history', '/Condition/marcus-depression/_history'],
    ['its version', '/Condition/marcus-depression/_history/1'],
    ['searching another patient by id', '/Patient?_id=marcus-bell'],
    ['searching another’s tasks', '/Task?patient=marcus-bell'],
    ['by Type/id', '/Condition?subject=Patient/marcus-bell'],
    ['both in one search', '/Condition?patient=sarah,marcus-bell'],
  ])('refuses %s', async (_name, path) => {
    expect(await status('GET', path)).toBe(403);
    const absolute = path.replace('=Patient/', `=${ehr.base('native')}/Patient/`);
    expect(await status('GET', absolute)).toBe(403);
  });

  it('shows nothing of others by include or by another criterion', async () => {
    const { body } = await app.fhir(token, 'GET', '/Practitioner?_revinclude=Encounter:participant&_count=500');
    const subjects = body.entry.flatMap(({ resource }: Json) => resource.subject?.reference ?? []);
    expect(new Set(subjects)).toEqual(new Set(['Patient/sarah']));
    expect(idsOf((await app.fhir(token, 'GET', '/Patient?family=Bell')).body)).toEqual([]);
  });

  it('writes for the patient only, and moves nothing in or out of the record', async () => {
    const before = ehr.commits().length;
    expect(await status('POST', '/Task', task({ for: other }))).toBe(403);
    expect(await status('POST', '/Task', task({ for: undefined }))).toBe(403);
    expect(await status('PUT', `/Task/${foreign.id}`, { ...foreign, for: own.for })).toBe(403);
    expect(await status('PUT', `/Task/${own.id}`, { ...own, for: other })).toBe(403);
    expect(await status('DELETE', `/Task/${foreign.id}`)).toBe(403);
    expect(
      await status('PUT', '/Organization/harbor-clinic', {
        resourceType: 'Organization',
        id: 'harbor-clinic',
        name: 'X',
      }),
    ).toBe(403);
    const entry = [
      { resource: task(), request: { method: 'POST', url: 'Task' } },
      { resource: task({ for: other }), request: { method: 'POST', url: 'Task' } },
    ];
    expect(await status('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })).toBe(403);
    expect(ehr.commits()).toHaveLength(before);
    expect(await status('POST', '/Task', task())).toBe(201);
  });

  it('reads staff, places and forms, which are nobody’s', async () => {
    expect(await status('GET', '/Practitioner/dr-okafor')).toBe(200);
    expect(await status('GET', '/Organization/harbor-clinic')).toBe(200);
  });
});

describe('user scopes reach as far as the user', () => {
  it('staff open the whole list, but a restricted record only as its own clinician', async () => {
    const scope = 'user/*.rs';
    const open = async (user: string, path: string) =>
      (await app.fhir(await tokenFor({ user }, scope), 'GET', path)).status;
    expect(await open('Practitioner/coordinator-reyes', '/Patient/marcus-bell')).toBe(200);
    expect(await open('Practitioner/coordinator-reyes', '/Patient/tomasz-nowak')).toBe(403);
    expect(await open('Practitioner/dr-okafor', '/Condition/tomasz-ptsd')).toBe(403);
    expect(await open('Practitioner/dr-lindqvist', '/Condition/tomasz-ptsd')).toBe(200);
    const token = await tokenFor({ user: 'Practitioner/dr-okafor' }, scope);
    expect(idsOf((await app.fhir(token, 'GET', '/Patient')).body)).toHaveLength(11);
    expect((await app.fhir(token, 'GET', '/Condition?patient=tomasz-nowak')).status).toBe(403);
  });

  it('a patient in context does not open what the user may not', async () => {
    const token = await tokenFor({ user: 'Practitioner/dr-okafor', patient: 'tomasz-nowak' }, 'patient/*.rs');
    expect((await app.fhir(token, 'GET', '/Patient/tomasz-nowak')).status).toBe(403);
  });

  it('a patient opens their own record and no other, by either level', async () => {
    const sarah = await tokenFor({ user: 'Patient/sarah', patient: 'sarah' }, 'user/*.cruds patient/*.rs');
    expect((await app.fhir(sarah, 'GET', '/Patient/sarah')).status).toBe(200);
    expect((await app.fhir(sarah, 'GET', '/Patient/marcus-bell')).status).toBe(403);
    expect((await app.fhir(sarah, 'POST', '/Task', task({ for: other }))).status).toBe(403);
    expect(idsOf((await app.fhir(sarah, 'GET', '/Patient')).body)).toEqual(['sarah']);
    const borrowed = await tokenFor({ user: 'Patient/sarah', patient: 'marcus-bell' }, 'patient/*.rs');
    expect((await app.fhir(borrowed, 'GET', '/Patient/marcus-bell')).status).toBe(403);
  });

  it('backend tokens are as wide as before', async () => {
    expect((await ehr.fhir('native', 'GET', '/Patient/tomasz-nowak')).status).toBe(200);
    expect((await ehr.fhir('native', 'GET', '/Task?patient=marcus-bell')).body.total).toBe(1);
  });
});

describe('limits of the notes-only face hold for people too', () => {
  it('surveys are filed for the patient in context, care plans by nobody', async () => {
    const notes = new SmartApp(ehr, 'notes-only');
    const token = await tokenFor(okafor, 'patient/*.cruds', notes);
    expect((await notes.fhir(token, 'POST', '/Observation', survey())).status).toBe(201);
    expect((await notes.fhir(token, 'POST', '/Observation', survey({ subject: other }))).status).toBe(403);
    const vital = { category: [{ coding: [{ system: CATEGORY, code: 'vital-signs' }] }] };
    expect((await notes.fhir(token, 'POST', '/Observation', survey(vital))).status).toBe(403);
    expect((await notes.fhir(token, 'POST', '/CarePlan', {})).status).toBe(405);
    expect((await app.fhir(token, 'GET', '/Patient/sarah')).status).toBe(401); // the other face
  });
});

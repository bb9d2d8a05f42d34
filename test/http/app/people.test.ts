import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type App,
  clinician,
  codeOf,
  coordinator,
  integration,
  openApp,
  patient,
  type Tab,
} from '../smart/open-app.ts';
import { assignPlan, type ShownPlan, stepOf } from './app-homework.ts';

/** Who did something with a plan, by name: read by whoever looks, with their own token. */
const lindqvist = { user: 'Practitioner/dr-lindqvist', patient: 'sarah' };
const start = '2026-03-02T16:00:00.000Z';
let app: App;
let okafor: Tab;
let other: Tab;
let plan: ShownPlan;

beforeAll(async () => {
  app = await openApp();
  app.north.resources.set('Practitioner/dr-lindqvist', {
    ...{ resourceType: 'Practitioner', id: 'dr-lindqvist' },
    name: [{ use: 'official', prefix: ['Dr.'], given: ['Jonas'], family: 'Lindqvist' }],
  });
  app.doors.test.setTime(start);
  okafor = await app.signIn(clinician);
  other = await app.signIn(lindqvist);
  plan = await assignPlan(app, okafor);
  const unlock = { event: 'unlock', reason: 'she is ready' };
  await app.call(other, 'POST', `/app/v1/assignments/${stepOf(plan, '2').id}/moves`, unlock);
});
beforeEach(() => {
  app.doors.test.setTime(start);
  app.north.requests.length = 0;
});
afterAll(() => app.close());

const namesFor = async (tab: Tab) => {
  const { status, body, text } = await app.call(tab, 'GET', '/app/v1/people');
  if (status !== 200) throw new Error(text);
  return (body as { names: object }).names;
};
const asked = () => app.north.requests.filter((request) => request === 'GET /fhir/Practitioner');

describe('the people of a plan', () => {
  it('are named to a colleague and to the coordinator, never to themselves', async () => {
    expect(await namesFor(okafor)).toEqual({ 'Practitioner/dr-lindqvist': 'Dr. Jonas Lindqvist' });
    expect(await namesFor(other)).toEqual({});
    const reyes = await app.signIn(coordinator);
    await app.call(reyes, 'POST', '/app/v1/open-patient', { patientId: 'sarah' });
    expect(await namesFor(reyes)).toEqual({ 'Practitioner/dr-lindqvist': 'Dr. Jonas Lindqvist' });
  });

  it('who changed a step, or the plan, are named as well', async () => {
    const step = stepOf(plan, '1');
    const changed = { basedOn: 1, reason: 'clearer', title: 'Notice one thought' };
    expect((await app.call(okafor, 'PATCH', `/app/v1/assignments/${step.id}`, changed)).status).toBe(200);
    expect(await namesFor(other)).toEqual({ 'Practitioner/dr-okafor': 'Dr. Adaeze Okafor' });
  });

  it('who wrote a message are named as well, and the patient who wrote one is not', async () => {
    const kim = await app.signIn({ ...clinician, user: 'Practitioner/dr-kim' });
    app.north.resources.set('Practitioner/dr-kim', {
      ...{ resourceType: 'Practitioner', id: 'dr-kim', name: [{ given: ['Min-ji'], family: 'Kim' }] },
    });
    const path = `/app/v1/assignments/${stepOf(plan, '1').id}/feedback`;
    expect((await app.call(kim, 'POST', path, { text: 'Well done' })).status).toBe(201);
    expect((await app.call(await app.signIn(patient), 'POST', path, { text: 'Thank you' })).status).toBe(201);
    const names = await namesFor(await app.signIn({ ...clinician, user: 'Practitioner/dr-reader' }));
    expect(names).toMatchObject({ 'Practitioner/dr-kim': 'Min-ji Kim' });
    expect(Object.keys(names).filter((reference) => !reference.startsWith('Practitioner/'))).toEqual([]);
  });

  it('are asked for once in some minutes, and are remembered for the one who could read them', async () => {
    const again = await app.signIn({ ...clinician, user: 'Practitioner/dr-again' });
    app.north.requests.length = 0;
    await namesFor(again);
    await namesFor(again);
    expect(asked()).toHaveLength(1);
    app.doors.test.setTime('2026-03-02T16:06:00.000Z');
    await namesFor(again);
    expect(asked()).toHaveLength(2);
  });

  it('whom the EHR does not let one read are left out', async () => {
    app.north.restricted.set('Practitioner/dr-lindqvist', ['Practitioner/dr-lindqvist']);
    const late = await app.signIn({ ...clinician, user: 'Practitioner/dr-late' });
    expect(await namesFor(late)).not.toHaveProperty('Practitioner/dr-lindqvist');
    app.north.restricted.delete('Practitioner/dr-lindqvist');
  });

  it('are not asked for where nobody is named', async () => {
    const marcus = await app.signIn({ ...clinician, patient: 'marcus' });
    await assignPlan(app, marcus);
    app.north.requests.length = 0;
    expect(await namesFor(marcus)).toEqual({});
    expect(asked()).toEqual([]);
  });

  it('are told neither to the patient nor to who looks after the connection', async () => {
    for (const who of [patient, integration]) {
      const answer = await app.call(await app.signIn(who), 'GET', '/app/v1/people');
      expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden']);
      expect(answer.text).not.toMatch(/Lindqvist|Okafor/);
    }
  });

  it('are stored nowhere and logged nowhere', async () => {
    await namesFor(okafor);
    expect(app.doors.log()).not.toMatch(/Lindqvist/);
    const { rows } = await app.doors.test.record.database.query('select to_jsonb(a)::text as text from assignment a');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).toContain('dr-lindqvist');
    expect(JSON.stringify(rows)).not.toContain('Jonas');
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clinician, codeOf, coordinator, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan, planShape, type ShownPlan, stepOf } from './app-homework.ts';
import { type AppWithSources, openAppWithSources } from './open-app-with-sources.ts';

const monday = '2026-03-02T16:00:00.000Z';
const performedAt = '2026-03-02T10:00:00-05:00';
let app: AppWithSources;
let therapist: Tab;
let sarah: Tab;
let plan: ShownPlan;
/** A text that nothing else holds, anew for each test. */
let secret: string;

beforeAll(async () => {
  app = await openAppWithSources();
});
beforeEach(async () => {
  secret = `zebra-${randomUUID()}`;
  app.doors.test.setTime('2026-03-01T15:00:00.000Z');
  plan = await assignPlan(app, await app.signIn(clinician));
  app.doors.test.setTime(monday);
  [therapist, sarah] = [await app.signIn(clinician), await app.signIn(patient)];
});
afterAll(() => app.close());

const others = { 'suds-peak': 75, 'belief-before': 90, 'belief-after': 90 };
const answers = () => ({ situation: secret, ...others });
const step = () => stepOf(plan, '1').id;
const patch = (tab: Tab, id: string, body: object) => app.call(tab, 'PATCH', `/app/v1/logs/${id}`, body);

async function bySarah(withheld: readonly string[] = ['situation'], said: object = answers()): Promise<string> {
  const id = randomUUID();
  const body = { id, performedAt, answers: said, withheld };
  expect((await app.call(sarah, 'POST', `/app/v1/assignments/${step()}/logs`, body)).status).toBe(201);
  return id;
}

async function bySource(extra: object = {}): Promise<string> {
  const body = { sourceId: randomUUID(), performedAt, answers: answers(), ...extra };
  const answer = await app.source('alpha', 'POST', `/api/v1/assignments/${step()}/logs`, body);
  expect(answer.status).toBe(201);
  return (answer.body as { id: string }).id;
}

/** Every door through which somebody else than the patient could read it. */
async function doorsThatTell(): Promise<readonly string[]> {
  const app1 = (method: string, path: string, body?: object) => app.call(therapist, method, `/app/v1${path}`, body);
  const of = plan.plan.id;
  const reads = {
    page: app1('GET', '/patient'),
    preview: app1('POST', `/plans/${of}/reports/preview`, {}),
    own: app.source('alpha', 'GET', `/api/v1/plans/${of}`),
    other: app.source('beta', 'GET', `/api/v1/plans/${of}`),
    search: app.source('beta', 'GET', '/fhir/north/QuestionnaireResponse?_count=200'),
    include: app.source('beta', 'GET', `/fhir/north/CarePlan?_id=${of}&_revinclude=QuestionnaireResponse:based-on`),
    measures: app.source('beta', 'GET', '/fhir/north/Observation?_count=200'),
    stored: resourcesOf(of),
  };
  const told = await Promise.all(Object.entries(reads).map(async ([door, read]) => ({ door, ...(await read) })));
  const silent = told.filter(({ status }) => status >= 400).map(({ door, status }) => `${door} answers ${status}`);
  const log = app.doors.log().includes(secret) ? ['log'] : [];
  return [...silent, ...told.filter(({ text }) => text.includes(secret)).map(({ door }) => door), ...log];
}

async function resourcesOf(planId: string): Promise<{ status: number; text: string }> {
  const sql = 'select content::text as text from resource where plan_id = $1';
  const { rows } = await app.doors.test.database.query<{ text: string }>(sql, [planId]);
  return { status: 200, text: rows.map(({ text }) => text).join() };
}

describe('what a patient withholds', () => {
  const attempts: readonly (readonly [string, () => object])[] = [
    ['uncovered', () => ({ withheld: [] })],
    ['uncovered for another item', () => ({ withheld: ['prediction'] })],
    ['told in another item', () => ({ answers: { ...others, situation: 'none', prediction: secret } })],
    ['answered anew and uncovered', () => ({ answers: answers(), withheld: [] })],
    ['left as it is', () => ({ withheld: ['situation'] })],
  ];

  it.each(attempts)('is not %s by a source system', async (_how, body) => {
    const id = await bySarah();
    for (const client of ['alpha', 'beta'] as const) {
      const answer = await app.source(client, 'PATCH', `/api/v1/logs/${id}`, body());
      expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden']);
    }
    expect(await doorsThatTell()).toEqual([]);
  });

  it('is not taken back, nor completed again, by a source system', async () => {
    const id = await bySarah();
    for (const [method, path] of [
      ['DELETE', `/api/v1/logs/${id}`],
      ['POST', `/api/v1/logs/${id}/complete`],
    ] as const) {
      const answer = await app.source('alpha', method, path, method === 'POST' ? { withheld: [] } : undefined);
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect((await app.call(sarah, 'GET', '/app/v1/patient')).text).toContain(secret);
    expect(await doorsThatTell()).toEqual([]);
  });

  it.each([clinician, coordinator])('is not uncovered by staff: $user', async (launch) => {
    const id = await bySarah();
    const tab = await app.signIn(launch);
    for (const [, body] of attempts) expect((await patch(tab, id, body())).status).toBe(403);
    expect(await doorsThatTell()).toEqual([]);
  });

  it('is uncovered, and covered again, by the patient', async () => {
    const id = await bySarah();
    expect((await patch(sarah, id, { withheld: [] })).status).toBe(200);
    expect(await doorsThatTell()).toContain('page');
    expect((await patch(sarah, id, { withheld: ['situation', 'suds-peak'] })).status).toBe(200);
    const { rows } = await app.doors.test.database.query<{ text: string }>(
      'select content::text as text from resource where id = $1 or id = $2',
      [id, `${id}.suds-peak`],
    );
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).not.toContain('"value":75');
  });

  it('takes along what stands in a group that is withheld, and only the patient narrows it', async () => {
    const id = await bySarah(['before'], { ...others, situation: 'a meeting', 'before-thoughts': secret });
    const body = { withheld: ['suds-before'] };
    expect((await app.source('alpha', 'PATCH', `/api/v1/logs/${id}`, body)).status).toBe(403);
    expect(await doorsThatTell()).toEqual([]);
    expect((await patch(sarah, id, body)).status).toBe(200);
    expect(await doorsThatTell()).toContain('page');
  });
});

describe('a question on which others turn', () => {
  /** Whether she slipped back is kept; what helped is asked of those alone who did. */
  async function keepingWell(): Promise<string> {
    const made = await app.source('alpha', 'POST', '/api/v1/plans', {
      ...{ sourceId: randomUUID(), patientId: 'sarah', title: 'Keeping well' },
      assignments: [
        {
          key: 'a',
          kind: 'relapse-prevention',
          title: 'Signs',
          schedule: { type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'open' } },
          unlock: { type: 'at-start' },
        },
      ],
    });
    expect(made.status, made.text).toBe(201);
    plan = planShape.parse(made.body);
    return stepOf(plan, 'a').id;
  }

  async function withheldOf(id: string): Promise<readonly string[]> {
    const { rows } = await app.doors.test.database.query<{ withheld: string[] }>(
      "select body->'withheld' as withheld from log where id = $1",
      [id],
    );
    return rows[0]?.withheld ?? [];
  }

  async function slipped(): Promise<string> {
    const assignment = await keepingWell();
    const id = randomUUID();
    const said = { skill: 'Breathing', lapse: true, 'what-helped': secret };
    const body = { id, performedAt, answers: said, withheld: ['lapse'] };
    const sent = await app.call(sarah, 'POST', `/app/v1/assignments/${assignment}/logs`, body);
    expect(sent.status, sent.text).toBe(201);
    return id;
  }

  it('keeps to itself what turns on it, through every door, until she says otherwise', async () => {
    const id = await slipped();
    expect(await withheldOf(id)).toEqual(['lapse', 'what-helped']);
    expect(await doorsThatTell()).toEqual([]);
    const { text } = await app.source('beta', 'GET', `/fhir/north/QuestionnaireResponse/${id}`);
    const response = z.object({ item: z.unknown() }).parse(JSON.parse(text));
    expect(JSON.stringify(response.item)).toContain('"lapse"');
    expect(JSON.stringify(response.item)).not.toContain('what-helped');
    expect((await patch(sarah, id, { withheld: [] })).status).toBe(200);
    expect(await doorsThatTell()).toContain('page');
    // she keeps it again: and with it what tells of it
    expect((await patch(sarah, id, { withheld: ['lapse'] })).status).toBe(200);
    expect(await doorsThatTell()).toEqual([]);
  });

  it.each(['at once', 'as a draft that is completed'] as const)(
    'keeps it also of a source system, sent %s',
    async (how) => {
      const assignment = await keepingWell();
      const answers = { skill: 'Breathing', lapse: true, 'what-helped': secret };
      const status = how === 'at once' ? 'completed' : 'in-progress';
      const body = { sourceId: randomUUID(), performedAt, status, answers, withheld: ['lapse'] };
      const sent = await app.source('alpha', 'POST', `/api/v1/assignments/${assignment}/logs`, body);
      const { id } = z.object({ id: z.string() }).parse(sent.body);
      if (status === 'in-progress') {
        expect(await withheldOf(id)).toEqual(['lapse']);
        expect((await app.source('alpha', 'POST', `/api/v1/logs/${id}/complete`, {})).status).toBe(200);
      }
      expect(await withheldOf(id)).toEqual(['lapse', 'what-helped']);
      expect(await doorsThatTell()).toEqual([]);
    },
  );

  it('is completed again by the page that sent it: nothing is new', async () => {
    const id = await slipped();
    const body = {
      id,
      performedAt,
      answers: { skill: 'Breathing', lapse: true, 'what-helped': secret },
      withheld: ['lapse'],
    };
    const again = await app.call(sarah, 'POST', `/app/v1/assignments/${stepOf(plan, 'a').id}/logs`, body);
    expect(again.status).toBe(200);
  });
});

describe('what a source system sent', () => {
  it('is its own to withhold and to share', async () => {
    const id = await bySource({ withheld: ['situation'] });
    expect(await doorsThatTell()).toEqual([]);
    expect((await app.source('beta', 'PATCH', `/api/v1/logs/${id}`, { withheld: [] })).status).toBe(403);
    expect(await doorsThatTell()).toEqual([]);
    expect((await app.source('alpha', 'PATCH', `/api/v1/logs/${id}`, { withheld: [] })).status).toBe(200);
    expect(await doorsThatTell()).toContain('page');
  });

  it.each([
    ['uncovered', () => ({ withheld: [] })],
    ['told in another item', () => ({ answers: { ...others, prediction: secret } })],
  ])('stays withheld once the patient has withheld it: not %s', async (_how, body) => {
    const id = await bySource();
    expect((await patch(sarah, id, { withheld: ['situation'] })).status).toBe(200);
    const answer = await app.source('alpha', 'PATCH', `/api/v1/logs/${id}`, body());
    expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden']);
    expect((await app.source('alpha', 'DELETE', `/api/v1/logs/${id}`)).status).toBe(403);
    expect(await doorsThatTell()).toEqual([]);
  });

  it('of a relative is not the patient’s to uncover, nor staff’s', async () => {
    const source = { type: 'related-person', reference: 'RelatedPerson/sister' };
    const id = await bySource({ source, withheld: ['situation'] });
    expect((await patch(sarah, id, { withheld: [] })).status).toBe(403);
    expect((await patch(therapist, id, { withheld: [] })).status).toBe(403);
    expect(await doorsThatTell()).toEqual([]);
  });
});

describe('a log from paper', () => {
  it('is corrected by a colleague, who does not share what the one who entered it withheld', async () => {
    const id = randomUUID();
    const body = { id, performedAt, answers: answers(), withheld: ['situation'] };
    await app.call(therapist, 'POST', `/app/v1/assignments/${step()}/logs`, body);
    app.north.resources.set('Practitioner/dr-lee', { resourceType: 'Practitioner', id: 'dr-lee' });
    const colleague = await app.signIn({ ...clinician, user: 'Practitioner/dr-lee' });
    expect((await patch(colleague, id, { withheld: [] })).status).toBe(403);
    expect((await patch(colleague, id, { answers: { ...others, situation: 'x' } })).status).toBe(200);
    expect((await patch(sarah, id, { withheld: [] })).status).toBe(403);
    expect((await patch(therapist, id, { withheld: [] })).status).toBe(200);
  });
});

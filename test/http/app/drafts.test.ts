import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clinician, codeOf, coordinator, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan, type ShownPlan, stepOf } from './app-homework.ts';
import { type AppWithSources, openAppWithSources } from './open-app-with-sources.ts';

const monday = '2026-03-02T16:00:00.000Z';
const performedAt = '2026-03-02T10:00:00-05:00';
let app: AppWithSources;
let therapist: Tab;
let sarah: Tab;
let plan: ShownPlan;
/** What stands in the draft, anew for each test. */
let words: string;

beforeAll(async () => {
  app = await openAppWithSources();
});
beforeEach(async () => {
  words = `okapi-${randomUUID()}`;
  app.doors.test.setTime('2026-03-01T15:00:00.000Z');
  plan = await assignPlan(app, await app.signIn(clinician));
  app.doors.test.setTime(monday);
  [therapist, sarah] = [await app.signIn(clinician), await app.signIn(patient)];
});
afterAll(() => app.close());

const step = () => stepOf(plan, '1').id;
const whole = () => ({ situation: words, 'suds-peak': 75, 'belief-before': 90, 'belief-after': 90 });
const post = (tab: Tab, path: string, body: object) => app.call(tab, 'POST', `/app/v1${path}`, body);

async function bySarah(): Promise<string> {
  const id = randomUUID();
  const body = { assignmentId: step(), performedAt, answers: { situation: words }, withheld: ['prediction'] };
  expect((await app.call(sarah, 'PUT', `/app/v1/drafts/${id}`, body)).status).toBe(200);
  return id;
}

async function bySource(client: 'alpha' | 'beta' = 'alpha'): Promise<string> {
  const body = { sourceId: randomUUID(), performedAt, status: 'in-progress', answers: { situation: words } };
  const answer = await app.source(client, 'POST', `/api/v1/assignments/${step()}/logs`, body);
  return (answer.body as { id: string }).id;
}

/** Every door of a source system through which a log could be seen, by what it answers. */
async function seenBy(client: 'alpha' | 'beta', id: string): Promise<readonly string[]> {
  const fhir = '/fhir/north';
  const doors = {
    plan: `/api/v1/plans/${plan.plan.id}`,
    read: `${fhir}/QuestionnaireResponse/${id}`,
    search: `${fhir}/QuestionnaireResponse?_count=200`,
    'search by id': `${fhir}/QuestionnaireResponse?_id=${id}`,
    'search by status': `${fhir}/QuestionnaireResponse?status=in-progress,stopped,entered-in-error&_sort=-authored`,
    revinclude: `${fhir}/CarePlan?_id=${plan.plan.id}&_revinclude=QuestionnaireResponse:based-on`,
    include: `${fhir}/Task?_count=200&_include=Task:output`,
  };
  const answers = await Promise.all(
    Object.entries(doors).map(async ([door, path]) => ({ door, ...(await app.source(client, 'GET', path)) })),
  );
  // what was asked for is repeated in a link and in an error
  const shown = (text: string) => text.replaceAll(`_id=${id}`, '').includes(id);
  return answers.filter(({ status, text }) => status < 400 && shown(text)).map(({ door }) => door);
}

async function stored(id: string): Promise<string> {
  const sql = `select content::text as text from resource where id = $1 or starts_with(id, $1 || '.')`;
  const { rows } = await app.doors.test.database.query<{ text: string }>(sql, [id]);
  const { rows: wanted } = await app.doors.test.database.query('select id from ledger where id = $1', [id]);
  return `${rows.map(({ text }) => text).join()} ${wanted.length === 0 ? '' : 'wanted in the EHR'}`;
}

const mine = async (id: string) => {
  const { body } = await app.call(sarah, 'GET', '/app/v1/patient');
  return (body as { plans: ShownPlan[] }).plans.flatMap(({ logs }) => logs).find((log) => log.id === id);
};

describe('a patient’s draft', () => {
  it('is not there for a source system, through any door', async () => {
    const id = await bySarah();
    expect(await seenBy('alpha', id)).toEqual([]);
    const count = await app.source('beta', 'GET', `/fhir/north/QuestionnaireResponse?_id=${id}&_summary=count`);
    expect(count.body).toMatchObject({ total: 0 });
  });

  it.each([
    ['PATCH', '', { answers: { situation: 'theirs' } }],
    ['PATCH', '', { withheld: [] }],
    ['POST', '/complete', {}],
    ['POST', '/complete', { answers: { situation: 'theirs', 'suds-peak': 1 }, withheld: [] }],
    ['DELETE', '', undefined],
  ] as const)('is not changed or ended by a source system: %s %s %j', async (method, path, body) => {
    const id = await bySarah();
    const answer = await app.source('beta', method, `/api/v1/logs/${id}${path}`, body);
    expect([answer.status, codeOf(answer)]).toEqual([404, 'unknown-artefact']);
    const none = await app.source('beta', method, `/api/v1/logs/${randomUUID()}${path}`, body);
    // there is no difference to an id that nothing has
    const same = (text: string) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '');
    expect(same(answer.text)).toBe(same(none.text));
    expect(await mine(id)).toMatchObject({ status: 'in-progress', answers: { situation: words } });
  });

  it('is not there to be spoken of by a source system, and is for the clinician', async () => {
    const id = await bySarah();
    const body = { author: 'Practitioner/dr-okafor', text: 'Go on' };
    const answer = await app.source('alpha', 'POST', `/api/v1/logs/${id}/feedback`, body);
    expect([answer.status, codeOf(answer)]).toEqual([404, 'unknown-artefact']);
    expect((await post(therapist, `/logs/${id}/feedback`, { text: 'Go on' })).status).toBe(201);
  });

  it.each(['in-progress', 'completed'] as const)(
    'is not written over by a clinician who posts under its id: %s',
    async (status) => {
      const id = await bySarah();
      const body = { id, performedAt, answers: { ...whole(), situation: 'from paper' }, status };
      const answer = await post(therapist, `/assignments/${step()}/logs`, body);
      expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden']);
      expect(answer.text).not.toContain(words);
      expect(await mine(id)).toMatchObject({ status: 'in-progress', answers: { situation: words } });
      expect(await stored(id)).not.toContain('from paper');
    },
  );

  it('is shown to staff as begun, without words, private items or predictions', async () => {
    const id = await bySarah();
    for (const launch of [clinician, coordinator]) {
      const tab = await app.signIn(launch);
      if (launch === coordinator) await post(tab, '/open-patient', { patientId: 'sarah' });
      const { text } = await app.call(tab, 'GET', '/app/v1/patient');
      expect(text).not.toContain(words);
      const { plans } = JSON.parse(text) as { plans: ShownPlan[] };
      const log = plans.flatMap(({ logs }) => logs).find((entry) => entry.id === id);
      expect(log).toMatchObject({ status: 'in-progress', answers: {}, items: [], withheld: [] });
    }
  });

  it.each([
    ['PATCH', '', { answers: { situation: 'x' } }],
    ['POST', '/complete', {}],
    ['DELETE', '', undefined],
  ] as const)('is not changed or ended by a clinician: %s %s', async (method, path, body) => {
    const id = await bySarah();
    const answer = await app.call(therapist, method, `/app/v1/logs/${id}${path}`, body);
    expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden']);
    expect(await mine(id)).toMatchObject({ status: 'in-progress', answers: { situation: words } });
  });

  const endings: readonly (readonly [string, () => Promise<{ status: number }>])[] = [
    [
      'its plan is closed',
      () => post(therapist, `/plans/${plan.plan.id}/close`, { status: 'revoked', reason: 'moved' }),
    ],
    [
      'a source closes its plan',
      () => app.source('alpha', 'POST', `/api/v1/plans/${plan.plan.id}/close`, { status: 'completed' }),
    ],
    [
      'its step is withdrawn',
      () => post(therapist, `/assignments/${step()}/moves`, { event: 'withdraw', reason: 'x' }),
    ],
    [
      'its step is stopped',
      () => post(therapist, `/assignments/${step()}/moves`, { event: 'stop', barrier: { code: 'fear' } }),
    ],
    [
      'its step is accepted as done',
      () => post(therapist, `/assignments/${step()}/moves`, { event: 'accept-as-done', reason: 'x' }),
    ],
    ['its step was a mistake', () => post(therapist, `/assignments/${step()}/moves`, { event: 'mistake' })],
  ];
  it.each(endings)('keeps its words to itself when %s', async (_how, end) => {
    const id = await bySarah();
    const { status } = await end();
    expect([200, 404]).toContain(status);
    expect(await mine(id)).toMatchObject({
      status: status === 200 ? 'stopped' : 'in-progress',
      answers: { situation: words },
    });
    expect((await app.call(therapist, 'GET', '/app/v1/patient')).text).not.toContain(words);
    const preview = await post(therapist, `/plans/${plan.plan.id}/reports/preview`, {});
    expect(preview.text).not.toContain(words);
    expect(await seenBy('alpha', id)).toEqual([]);
    expect(await stored(id)).not.toMatch(new RegExp(`${words}|prediction|wanted in the EHR`));
  });

  it('goes on when the withdrawal of its step is undone', async () => {
    const id = await bySarah();
    await post(therapist, `/assignments/${step()}/moves`, { event: 'withdraw', reason: 'x' });
    await post(therapist, `/assignments/${step()}/moves`, { event: 'undo-withdraw' });
    expect(await mine(id)).toMatchObject({ status: 'in-progress', answers: { situation: words } });
    const body = { id, performedAt, answers: whole(), withheld: [] };
    expect((await post(sarah, `/assignments/${step()}/logs`, body)).status).toBe(200);
    expect(await stored(id)).toContain(words);
  });

  it('is thrown away by the patient, words and all, and was never in the EHR', async () => {
    const id = await bySarah();
    expect((await app.call(sarah, 'DELETE', `/app/v1/logs/${id}`)).status).toBe(200);
    const { rows } = await app.doors.test.database.query<{ text: string }>(
      'select body::text || items::text as text from log where id = $1',
      [id],
    );
    expect(rows[0]?.text).not.toContain(words);
    expect(await stored(id)).not.toMatch(new RegExp(`${words}|wanted in the EHR`));
    expect(await seenBy('alpha', id)).toEqual([]);
  });

  it('is completed by the patient, and is in everybody’s sight then', async () => {
    const id = await bySarah();
    await post(sarah, `/assignments/${step()}/logs`, { id, performedAt, answers: whole(), withheld: [] });
    expect(await stored(id)).toMatch(new RegExp(`${words}.*wanted in the EHR`, 's'));
    expect(await seenBy('alpha', id)).toContain('search');
  });
});

describe('a source system’s draft', () => {
  it('is its own, and not there for another, nor for the patient', async () => {
    const id = await bySource();
    expect(await seenBy('alpha', id)).toEqual(expect.arrayContaining(['plan', 'read', 'search', 'revinclude']));
    expect(await seenBy('beta', id)).toEqual([]);
    for (const [method, path] of [
      ['PATCH', ''],
      ['POST', '/complete'],
      ['DELETE', ''],
    ] as const) {
      const body = method === 'DELETE' ? undefined : { answers: whole() };
      expect((await app.source('beta', method, `/api/v1/logs/${id}${path}`, body)).status).toBe(404);
      expect((await app.call(sarah, method, `/app/v1/logs/${id}${path}`, body)).status).toBe(403);
    }
    expect(await mine(id)).toBeUndefined();
    const done = await app.source('alpha', 'POST', `/api/v1/logs/${id}/complete`, { answers: whole() });
    expect(done.body).toMatchObject({ status: 'completed', answers: { situation: words } });
  });

  it('is not written over from the app, by its id', async () => {
    const id = await bySource();
    const draft = { assignmentId: step(), answers: { situation: 'mine' } };
    expect((await app.call(sarah, 'PUT', `/app/v1/drafts/${id}`, draft)).status).toBeGreaterThanOrEqual(400);
    const done = await app.source('alpha', 'POST', `/api/v1/logs/${id}/complete`, { answers: whole() });
    expect(done.body).toMatchObject({ answers: { situation: words } });
  });
});

describe('a log from paper', () => {
  it('is the clinician’s own, whatever the id', async () => {
    const id = randomUUID();
    const answer = await post(therapist, `/assignments/${step()}/logs`, { id, performedAt, answers: whole() });
    expect(answer.status).toBe(201);
    const source = { type: 'practitioner', reference: 'Practitioner/dr-okafor' };
    expect(await mine(id)).toMatchObject({ status: 'completed', source });
  });

  it('is refused under the id of what the patient has sent, and nothing passes for written', async () => {
    const id = await bySarah();
    await post(sarah, `/assignments/${step()}/logs`, { id, performedAt, answers: whole(), withheld: [] });
    const answer = await post(therapist, `/assignments/${step()}/logs`, {
      id,
      performedAt,
      answers: { ...whole(), situation: 'paper' },
    });
    expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden']);
  });

  it('that is begun is its writer’s: neither the patient nor a colleague goes on with it', async () => {
    const id = randomUUID();
    await post(therapist, `/assignments/${step()}/logs`, { id, performedAt, answers: whole(), status: 'in-progress' });
    expect(await mine(id)).toBeUndefined();
    app.north.resources.set('Practitioner/dr-lee', { resourceType: 'Practitioner', id: 'dr-lee' });
    const colleague = await app.signIn({ ...clinician, user: 'Practitioner/dr-lee' });
    for (const tab of [sarah, colleague]) {
      const ended = await app.call(tab, 'POST', `/app/v1/logs/${id}/complete`, {});
      expect([ended.status, codeOf(ended)]).toEqual([403, 'forbidden']);
    }
    expect((await app.call(therapist, 'POST', `/app/v1/logs/${id}/complete`, {})).status).toBe(200);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { countRows } from '../record/open-test-record.ts';
import { type Answer, type Call, type Doors, newKey, openDoors } from './open-doors.ts';
import { logBody, performedAt, planBody, type SentPlan, sendPlan } from './sarah.ts';

let doors: Doors;
let token: string;
let plan: SentPlan;
let before: Record<string, number>;

const problemShape = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  issues: z
    .array(z.strictObject({ path: z.string().optional(), linkId: z.string().optional(), problem: z.string() }))
    .optional(),
  requestId: z.string(),
});

beforeAll(async () => {
  doors = await openDoors();
  token = await doors.token('north');
  plan = await sendPlan(doors, token);
  doors.test.verdicts.set('ghost', 'unknown');
});
afterAll(() => doors.close());
beforeEach(async () => {
  before = await countRows(doors.test.database);
});

/** Sends a call that must be refused, and checks that it left nothing behind. */
async function refused(method: string, path: string, call: Call = {}) {
  const answer = await doors.call(method, path, { token, ...call });
  expect(await countRows(doors.test.database), `${method} ${path} wrote something`).toEqual(before);
  expect(answer.headers.get('content-type'), answer.text).toContain('application/problem+json');
  const problem = problemShape.parse(answer.body);
  expect(problem.status).toBe(answer.status);
  expect(problem.type).toBe(`https://intersession.dev/problems/${problem.code}`);
  expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
  const issues = (problem.issues ?? []).map((issue) => `${issue.path ?? issue.linkId}: ${issue.problem}`);
  return { status: answer.status, code: problem.code, detail: problem.detail, issues, headers: answer.headers };
}

const newPlan = (change: object) => ({ body: { ...planBody, sourceId: 'bad', ...change } });
const step = (change: object) => ({
  body: {
    patientId: 'omar',
    title: 'Breathe',
    assignments: [
      {
        key: 'a',
        kind: 'self-monitoring',
        title: 'Notice',
        schedule: { type: 'once', by: '2026-03-09' },
        unlock: { type: 'at-start' },
        ...change,
      },
    ],
  },
});

describe('a plan is refused', () => {
  it('for a patient whom the EHR does not know', async () => {
    expect(await refused('POST', '/api/v1/plans', newPlan({ patientId: 'ghost' }))).toMatchObject({
      status: 422,
      code: 'unknown-patient',
    });
  });

  it('for a kind or a library plan that does not exist, naming the field and the known ones', async () => {
    const kind = await refused('POST', '/api/v1/plans', step({ kind: 'juggling' }));
    expect(kind).toMatchObject({
      status: 422,
      code: 'unknown-kind',
      detail: expect.stringContaining('graded-exposure'),
      issues: ['assignments[0].kind: is no kind that is known here'],
    });
    const library = await refused('POST', '/api/v1/plans', newPlan({ libraryPlan: 'none|1.0.0', tailor: {} }));
    expect(library).toMatchObject({ status: 404, code: 'unknown-artefact' });
  });

  it.each([
    [
      'ends before it starts',
      { type: 'event', event: 'x', count: 3, text: 'x', window: { start: '2026-03-13', end: '2026-03-02' } },
    ],
    [
      'counts to nothing',
      { type: 'event', event: 'x', count: 0, text: 'x', window: { start: '2026-03-02', end: '2026-03-13' } },
    ],
    ['is over already', { type: 'once', by: '2026-02-01' }],
    ['has no days', { type: 'once-within', days: 0 }],
  ])('for a schedule that never occurs: one that %s', async (_name, schedule) => {
    const refusal = await refused('POST', '/api/v1/plans', step({ schedule }));
    expect(refusal).toMatchObject({ status: 422, code: 'schedule-never-occurs' });
    expect(refusal.issues[0]).toMatch(/^assignments\[0\]\.schedule/);
  });

  it('for a shape that does not fit, naming every field and no value', async () => {
    const refusal = await refused('POST', '/api/v1/plans', {
      body: {
        patientId: 'omar/../x',
        timeZone: 'Mars/Olympus',
        colour: 'secret-value',
        period: { start: 'soon' },
        assignments: [
          {
            key: 'a',
            kind: 7,
            schedule: { type: 'hourly' },
            unlock: { type: 'after', after: 'b', criterion: { type: 'logs-done', count: 'x' } },
          },
        ],
      },
    });
    expect(refusal).toMatchObject({ status: 400, code: 'invalid-request' });
    expect(refusal.issues.sort()).toEqual([
      'assignments[0].kind: must be a string',
      'assignments[0].schedule.type: must be "event" or "once" or "once-within" or "series" or "at-visit" or "sessions"',
      'assignments[0].title: is missing',
      'assignments[0].unlock.criterion.count: must be a number',
      'colour: is not known here',
      'patientId: must be an id: letters, digits and - . _ ~ : @ + =, 255 at most',
      'period.start: must be a day like 2026-03-02',
      'timeZone: must be an IANA time zone like America/New_York',
    ]);
    expect(JSON.stringify(refusal)).not.toMatch(/secret-value|Olympus|omar/);
  });

  it('when its source id stands for another', async () => {
    const changed = { body: { ...planBody, addresses: [] } };
    expect(await refused('POST', '/api/v1/plans', changed)).toMatchObject({ status: 409, code: 'source-id-conflict' });
  });

  it('when a step is tailored that the library plan does not have', async () => {
    const refusal = await refused('POST', '/api/v1/plans', newPlan({ tailor: { '9': { title: 'x' } } }));
    expect(refusal).toMatchObject({ status: 400, code: 'invalid-request' });
    expect(refusal.issues[0]).toContain('9');
  });
});

describe('a log is refused', () => {
  const path = (key: string) => `/api/v1/assignments/${plan.assignmentId(key)}/logs`;
  const at = { performedAt: '2026-03-01T09:00:00-05:00' };

  it('for a locked assignment', async () => {
    const refusal = await refused('POST', path('2'), { body: { ...logBody('2'), ...at } });
    expect(refusal).toMatchObject({ status: 409, code: 'assignment-locked' });
  });

  it('for a withdrawn assignment', async () => {
    const body = { event: 'withdraw', actor: 'Practitioner/dr-okafor', reason: 'Too early' };
    await doors.call('POST', `/api/v1/assignments/${plan.assignmentId('4c')}/moves`, { token, body });
    before = await countRows(doors.test.database);
    const refusal = await refused('POST', path('4c'), { body: { ...logBody('4a'), ...at } });
    expect(refusal).toMatchObject({ status: 409, code: 'assignment-closed' });
  });

  it('for another patient’s assignment, and for one of another tenant', async () => {
    const refusal = await refused('POST', path('1'), { body: { ...logBody('1.1'), ...at, patientId: 'omar' } });
    expect(refusal).toMatchObject({ status: 422, code: 'foreign-assignment' });
    const south = await doors.token('south');
    before = await countRows(doors.test.database);
    const foreign = await refused('POST', path('1'), { token: south, body: { ...logBody('1.1'), ...at } });
    expect(foreign).toMatchObject({ status: 404, code: 'unknown-artefact' });
  });

  it('for an occurrence that is none, or in the future', async () => {
    const none = await refused('POST', path('1'), { body: { ...logBody('1.1'), ...at, occurrenceId: 'none.1' } });
    expect(none).toMatchObject({ status: 404, code: 'unknown-artefact' });
    const future = await refused('POST', path('1'), { body: logBody('1.1') });
    expect(future).toMatchObject({ status: 400, code: 'invalid-request' });
    expect(future.issues[0]).toMatch(/^performedAt/);
  });

  it('when answers do not fit the questionnaire, naming each item', async () => {
    doors.test.setTime(new Date(performedAt('1.1')).toISOString());
    token = await doors.token('north');
    before = await countRows(doors.test.database);
    const answers = { 'suds-peak': 140, 'belief-before': 'very', 'shoe-size': 43, 'self-censored': -1 };
    const refusal = await refused('POST', path('1'), { body: { ...logBody('1.1'), answers } });
    expect(refusal).toMatchObject({ status: 422, code: 'invalid-answer' });
    expect(refusal.issues.map((issue) => issue.split(':')[0]).sort()).toEqual([
      'belief-before',
      'self-censored',
      'shoe-size',
      'suds-peak',
    ]);
    const incomplete = await refused('POST', path('1'), { body: { ...logBody('1.1'), answers: { 'suds-peak': 75 } } });
    expect(incomplete.issues.map((issue) => issue.split(':')[0])).toEqual(['situation']);
    expect(JSON.stringify(refusal)).not.toContain('140');
  });
});

describe('a body is refused', () => {
  const plans = '/api/v1/plans';

  it('when it is too large, naming the limit', async () => {
    const raw = JSON.stringify({ ...planBody, description: 'x'.repeat(300_000) });
    const refusal = await refused('POST', plans, { raw, headers: { 'content-type': 'application/json' } });
    expect(refusal).toMatchObject({ status: 413, code: 'body-too-large', detail: expect.stringContaining('262144') });
  });

  it('when it is of another type, or of none', async () => {
    for (const headers of [{ 'content-type': 'text/plain' }, { 'content-type': 'application/xml; charset=utf-8' }]) {
      const refusal = await refused('POST', plans, { raw: '{}', headers });
      expect(refusal).toMatchObject({ status: 415, detail: expect.stringContaining('application/json') });
    }
  });

  it('when it is not JSON, saying where and never what', async () => {
    const headers = { 'content-type': 'application/json' };
    const cases: readonly [string, string][] = [
      ['{"title": "Sarah Whitcombe",\n "patientId": Sarah}', 'line 2, column 15'],
      ['', 'empty'],
      ['{"title":', 'line 1, column 10'],
    ];
    for (const [raw, where] of cases) {
      const refusal = await refused('POST', plans, { raw, headers });
      expect(refusal).toMatchObject({ status: 400, code: 'malformed-json', detail: expect.stringContaining(where) });
      expect(refusal.detail).not.toContain('Sarah');
    }
    const raw = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    expect(await refused('POST', plans, { raw, headers })).toMatchObject({ detail: expect.stringContaining('UTF-8') });
    expect(await refused('POST', plans, { raw: '[]', headers })).toMatchObject({ code: 'invalid-request' });
  });
});

describe('a token is refused', () => {
  it('when it is missing, not ours, expired, or of another tenant’s EHR', async () => {
    const body = planBody;
    const none = await doors.call('POST', '/api/v1/plans', { body });
    expect(none.status).toBe(401);
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="intersession"');
    const foreignKey = await doors.assertion('north', {}, { typ: 'at+jwt' }, await newKey('foreign'));
    for (const bad of ['nonsense', foreignKey, `${token}x`]) {
      const refusal = await refused('POST', '/api/v1/plans', { token: bad, body });
      expect(refusal).toMatchObject({ status: 401, code: 'invalid-token' });
      expect(refusal.headers.get('www-authenticate')).toContain('invalid_token');
    }
    const basic = await refused('GET', '/api/v1/plans', { headers: { authorization: 'Basic eDp5' } });
    expect(basic).toMatchObject({ status: 401 });
    const now = doors.test.record.clock.now();
    doors.test.setTime(new Date(now.getTime() + 300_000).toISOString());
    const expired = await refused('GET', '/api/v1/plans');
    doors.test.setTime(now.toISOString());
    expect(expired).toMatchObject({ status: 401, detail: expect.stringContaining('expired') });
  });

  it('when it lacks the scope, naming the one it needs, before the body is read', async () => {
    const reader = await doors.token('north', 'system/CarePlan.rs system/Task.r');
    before = await countRows(doors.test.database);
    const refusal = await refused('POST', '/api/v1/plans', { token: reader, raw: 'not json' });
    expect(refusal).toMatchObject({
      status: 403,
      code: 'forbidden',
      detail: expect.stringContaining('system/CarePlan.c'),
    });
    expect((await doors.call('GET', '/api/v1/plans', { token: reader })).status).toBe(200);
  });
});

describe('an address is refused', () => {
  it('when there is nothing', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/nonsense'],
      ['GET', '/nonsense'],
      ['GET', '/api/v1/plans/none'],
      ['GET', '/api/v1/ledger/plan/none'],
      ['POST', '/api/v1/barriers/none/talked-over'],
    ] as const) {
      expect((await refused(method, path)).status, `${method} ${path}`).toBe(404);
    }
    expect((await refused('GET', '/api/v1/plans/%E0%A4%A')).status).toBe(400);
  });

  it('when another method would do, naming those that would', async () => {
    for (const [method, path, allow] of [
      ['PUT', '/api/v1/plans', 'GET, HEAD, POST'],
      ['DELETE', `/api/v1/plans/${plan.planId}`, 'GET, HEAD, PATCH'],
      ['GET', '/oauth/north/token', 'POST'],
      ['POST', '/health', 'GET, HEAD'],
      ['PATCH', '/openapi.json?x=1', 'GET, HEAD'],
      ['DELETE', '/sandbox/clock', 'POST'],
      ['POST', '/.well-known/jwks.json', 'GET, HEAD'],
    ] as const) {
      const answer = await doors.call(method, path, { token });
      expect([answer.status, answer.headers.get('allow')], `${method} ${path}`).toEqual([405, allow]);
    }
    expect((await doors.call('PUT', '/fhir/north')).headers.get('allow')).toBe('');
  });

  it('when its query is not known', async () => {
    const refusal = await refused('GET', '/api/v1/plans?limit=0&sort=title');
    expect(refusal.issues.sort()).toEqual(['limit: must be at least 1', 'sort: is not known here']);
    expect((await refused('GET', '/api/v1/plans?cursor=zzz')).status).toBe(400);
  });
});

describe('answers to an occurrence', () => {
  const endpointShape = z.object({
    input: z.array(
      z.object({
        type: z.object({ coding: z.array(z.object({ code: z.string() })) }),
        valueUrl: z.string().optional(),
      }),
    ),
  });
  const outcomeShape = z.object({
    issue: z.array(z.object({ code: z.string(), diagnostics: z.string(), expression: z.array(z.string()).optional() })),
  });
  const fhirJson = { 'content-type': 'application/fhir+json' };

  async function endpoint(): Promise<string> {
    const { body } = await doors.call('GET', `/fhir/north/Task/${plan.occurrenceId('1')}`, { token });
    const url = endpointShape
      .parse(body)
      .input.find(({ type }) => type.coding[0]?.code === 'response-endpoint')?.valueUrl;
    return new URL(url ?? '').pathname;
  }

  const response = (change: object = {}) => ({
    resourceType: 'QuestionnaireResponse',
    questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0',
    status: 'completed',
    authored: performedAt('1.1'),
    item: [
      { linkId: 'situation', answer: [{ valueString: 'Monday team meeting' }] },
      { linkId: 'during', item: [{ linkId: 'suds-peak', answer: [{ valueInteger: 75 }] }] },
    ],
    ...change,
  });

  async function refusedResponse(path: string, raw: string, headers: Record<string, string> = fhirJson) {
    before = await countRows(doors.test.database);
    const answer: Answer = await doors.call('POST', path, { raw, headers });
    expect(await countRows(doors.test.database)).toEqual(before);
    expect(answer.headers.get('content-type')).toContain('application/fhir+json');
    return { status: answer.status, issues: outcomeShape.parse(answer.body).issue };
  }

  it('that do not fit are refused, with the place in the response', async () => {
    const item = [
      { linkId: 'during', item: [{ linkId: 'suds-peak', answer: [{ valueInteger: 140 }] }] },
      { linkId: 'shoe-size', answer: [{ valueInteger: 43 }] },
    ];
    const { status, issues } = await refusedResponse(await endpoint(), JSON.stringify(response({ item })));
    expect(status).toBe(422);
    const places = Object.fromEntries(issues.map((issue) => [issue.diagnostics.split(':')[0], issue.expression?.[0]]));
    expect(places).toMatchObject({
      'suds-peak': 'QuestionnaireResponse.item[0].item[0]',
      'shoe-size': 'QuestionnaireResponse.item[1]',
    });
  });

  it('of another questionnaire, of another shape, or to another address are refused', async () => {
    const path = await endpoint();
    const other = await refusedResponse(path, JSON.stringify(response({ questionnaire: 'https://x/Q|1' })));
    expect([other.status, other.issues[0]?.expression]).toEqual([400, ['QuestionnaireResponse.questionnaire']]);
    const foreign = await refusedResponse(path, JSON.stringify(response({ subject: { reference: 'Patient/omar' } })));
    expect(foreign.issues[0]?.expression).toEqual(['QuestionnaireResponse.subject']);
    const shapeless = await refusedResponse(path, JSON.stringify(response({ item: [{ text: 'x' }] })));
    expect([shapeless.status, shapeless.issues[0]?.expression]).toEqual([
      400,
      ['QuestionnaireResponse.item[0].linkId'],
    ]);
    const task = await refusedResponse(path, JSON.stringify({ resourceType: 'Task' }));
    expect(task.status).toBe(400);
    expect((await refusedResponse(path, '<xml/>', { 'content-type': 'application/fhir+xml' })).status).toBe(415);
    expect((await refusedResponse(path, '{"resourceType":')).issues[0]).toMatchObject({ code: 'structure' });
    for (const wrong of [
      `${path}x`,
      path.replace('.1/', '.2/'),
      path.replace('/north/', '/south/'),
      path.replace('/north/', '/none/'),
    ]) {
      expect((await refusedResponse(wrong, JSON.stringify(response()))).status).toBe(404);
    }
    expect((await doors.call('GET', path)).status).toBe(405);
  });

  it('that fit become the log of exactly that occurrence, once', async () => {
    const path = await endpoint();
    const raw = JSON.stringify(response());
    const accepted = await doors.call('POST', path, { raw, headers: fhirJson });
    expect(accepted.status).toBe(201);
    const { id } = z.object({ id: z.string() }).parse(accepted.body);
    expect(accepted.headers.get('location')).toBe(
      `https://homework.example/fhir/north/QuestionnaireResponse/${id}/_history/1`,
    );
    const again = await doors.call('POST', path, { raw, headers: fhirJson });
    expect(again.status).toBe(200);
    const closed = await refusedResponse(path, JSON.stringify(response({ authored: '2026-03-02T10:05:00-05:00' })));
    expect(closed).toMatchObject({ status: 410, issues: [{ code: 'expired' }] });
    const { body } = await doors.call('GET', `/fhir/north/Task/${plan.occurrenceId('1')}`, { token });
    expect(body).toMatchObject({
      status: 'completed',
      output: [{ valueReference: { reference: `QuestionnaireResponse/${id}` } }],
    });
  });
});

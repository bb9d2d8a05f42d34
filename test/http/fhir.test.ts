import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { searchParameters } from '../../src/fhir/search/search-parameters.ts';
import { type Answer, type Doors, ehrBase, openDoors, publicUrl } from './open-doors.ts';
import { logBody, performedAt, type SentPlan, sendPlan } from './sarah.ts';

let doors: Doors;
let token: string;
let plan: SentPlan;

const resource = z.looseObject({ resourceType: z.string(), id: z.string().optional() });
const bundleShape = z.object({
  resourceType: z.literal('Bundle'),
  type: z.literal('searchset'),
  total: z.number().optional(),
  link: z.array(z.object({ relation: z.string(), url: z.string() })),
  entry: z
    .array(
      z.object({
        fullUrl: z.string().optional(),
        search: z.object({ mode: z.enum(['match', 'include', 'outcome']) }),
        resource,
      }),
    )
    .optional(),
});
const outcomeShape = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(
    z.object({
      severity: z.string(),
      code: z.string(),
      diagnostics: z.string(),
      details: z.object({ text: z.string() }).optional(),
      expression: z.array(z.string()).optional(),
    }),
  ),
});

beforeAll(async () => {
  doors = await openDoors();
  token = await doors.token('north');
  plan = await sendPlan(doors, token);
  for (const source of ['1.1', '1.2', '1.3']) {
    doors.test.setTime(new Date(performedAt(source)).toISOString());
    token = await doors.token('north');
    await doors.call('POST', `/api/v1/assignments/${plan.assignmentId('1')}/logs`, { token, body: logBody(source) });
  }
});
afterAll(() => doors.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  doors.call('GET', `/fhir/north/${path}`, { token, headers });

async function search(query: string, headers: Record<string, string> = {}) {
  const answer = await get(query, headers);
  expect(answer.status, `${query}: ${answer.text.slice(0, 400)}`).toBe(200);
  const bundle = bundleShape.parse(answer.body);
  const of = (mode: string) =>
    (bundle.entry ?? []).filter((entry) => entry.search.mode === mode).map((entry) => entry.resource);
  return { bundle, matches: of('match'), included: of('include'), outcomes: of('outcome') };
}

async function refused(query: string, headers: Record<string, string> = {}) {
  const answer = await get(query, headers);
  expect(answer.headers.get('content-type')).toContain('application/fhir+json');
  const outcome = outcomeShape.parse(answer.body);
  return { status: answer.status, words: outcome.issue.map(({ diagnostics }) => diagnostics).join('; '), outcome };
}

describe('read', () => {
  it('answers with version, time and the EHR’s references absolute', async () => {
    const answer = await get(`CarePlan/${plan.planId}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/fhir+json');
    const version = z.object({ meta: z.object({ versionId: z.string() }) }).parse(answer.body).meta.versionId;
    expect(answer.headers.get('etag')).toBe(`W/"${version}"`);
    expect(answer.headers.get('last-modified')).toBe('Mon, 09 Mar 2026 14:00:00 GMT');
    expect(answer.body).toMatchObject({
      meta: { lastUpdated: '2026-03-09T14:00:00.000Z' },
      subject: { reference: `${ehrBase}/Patient/sarah` },
      addresses: [{ reference: `${ehrBase}/Condition/sarah-social-anxiety` }],
    });
    const activities = z
      .object({ activity: z.array(z.object({ reference: z.object({ reference: z.string() }) })) })
      .parse(answer.body).activity;
    expect(activities.map((activity) => activity.reference.reference)).toContain(`Task/${plan.assignmentId('1')}`);
  });

  it('answers 304 to the version that the caller has, and the whole to another', async () => {
    const path = `Task/${plan.assignmentId('1')}`;
    const etag = (await get(path)).headers.get('etag') ?? '';
    const same = await get(path, { 'if-none-match': etag });
    expect([same.status, same.text]).toEqual([304, '']);
    expect((await get(path, { 'if-none-match': 'W/"99"' })).status).toBe(200);
  });

  it('reads what comes with the program', async () => {
    expect((await get('Questionnaire/self-monitoring')).body).toMatchObject({ url: expect.stringContaining('fhir/Q') });
    expect((await get('PlanDefinition/social-anxiety-speaking-up')).status).toBe(200);
    expect((await get('ActivityDefinition/social-anxiety-speaking-up-4a')).status).toBe(200);
  });

  it('knows nothing of another tenant’s, nor of types and ids that are none', async () => {
    const south = await doors.token('south');
    const other = await doors.call('GET', `/fhir/south/CarePlan/${plan.planId}`, { token: south });
    expect(other.status).toBe(404);
    expect((await refused('CarePlan/none')).status).toBe(404);
    expect((await refused('Questionnaire/none')).status).toBe(404);
    expect((await refused('Patient/sarah')).outcome.issue[0]?.code).toBe('not-found');
  });
});

describe('permission', () => {
  it('is needed: none, a bad one, an expired one', async () => {
    const none = await doors.call('GET', '/fhir/north/Task');
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="intersession"']);
    const bad = await doors.call('GET', '/fhir/north/Task', { token: `${token.slice(0, -4)}AAAA` });
    expect(bad.status).toBe(401);
    expect(bad.headers.get('www-authenticate')).toContain('error="invalid_token"');
    const before = doors.test.record.clock.now();
    const old = await doors.token('north');
    doors.test.setTime(new Date(before.getTime() + 301_000).toISOString());
    const expired = await doors.call('GET', '/fhir/north/Task', { token: old });
    doors.test.setTime(before.toISOString());
    expect(expired.status).toBe(401);
    expect(outcomeShape.parse(expired.body).issue[0]).toMatchObject({ code: 'login' });
    expect(expired.text).toContain('it has expired');
  });

  it('is of one tenant, and of the types in its scopes, also for what is included', async () => {
    const foreign = await doors.call('GET', '/fhir/south/Task', { token });
    expect(foreign.status).toBe(403);
    const tasks = await doors.token('north', 'system/Task.rs');
    const call = (path: string) => doors.call('GET', `/fhir/north/${path}`, { token: tasks });
    expect((await call('Task')).status).toBe(200);
    expect((await call('CarePlan')).status).toBe(403);
    expect((await call('Task?_revinclude=CarePlan:activity-reference')).status).toBe(403);
    expect((await call('Task?_include=Task:part-of')).status).toBe(200);
    const reader = await doors.token('north', 'system/Task.r');
    expect((await doors.call('GET', '/fhir/north/Task', { token: reader })).status).toBe(403);
    expect((await doors.call('GET', `/fhir/north/Task/${plan.assignmentId('1')}`, { token: reader })).status).toBe(200);
  });

  it('is not needed for metadata, which says exactly what is searchable', async () => {
    const answer = await doors.call('GET', '/fhir/north/metadata');
    expect(answer.status).toBe(200);
    const statement = z
      .object({
        description: z.string(),
        fhirVersion: z.literal('4.0.1'),
        rest: z.array(
          z.object({
            resource: z.array(
              z.object({
                type: z.string(),
                interaction: z.array(z.object({ code: z.string() })),
                searchParam: z.array(z.object({ name: z.string(), type: z.string() })),
                searchInclude: z.array(z.string()).optional(),
                searchRevInclude: z.array(z.string()).optional(),
              }),
            ),
          }),
        ),
      })
      .parse(answer.body);
    const resources = statement.rest[0]?.resource ?? [];
    expect(resources.map(({ type }) => type).sort()).toEqual(Object.keys(searchParameters).sort());
    const values: Record<string, string> = { token: 'x', reference: 'x', date: '2026', string: 'x', uri: 'x' };
    for (const { type, searchParam, searchInclude = [], searchRevInclude = [] } of resources) {
      for (const { name, type: kind } of searchParam) {
        await search(`${type}?${name}=${values[kind]}`, { prefer: 'handling=strict' });
      }
      for (const value of searchInclude) await search(`${type}?_include=${value}`, { prefer: 'handling=strict' });
      for (const value of searchRevInclude) await search(`${type}?_revinclude=${value}`, { prefer: 'handling=strict' });
    }
  }, 60_000);
});

describe('search', () => {
  it('by token in all its forms', async () => {
    const system = 'http://hl7.org/fhir/task-status';
    const count = async (query: string) => (await search(`Task?${query}`)).matches.length;
    const completed = await count('status=completed');
    expect(completed).toBeGreaterThan(0);
    expect(await count(`status=${system}|completed`)).toBe(completed);
    expect(await count(`status=${system}|`)).toBe(await count(''));
    expect(await count('status=|completed')).toBe(0);
    expect(await count('status=other|completed')).toBe(0);
    expect(await count('status=completed,draft')).toBe(completed + (await count('status=draft')));
    expect(await count('status:not=completed')).toBe((await count('')) - completed);
    expect(await count('code=complete-questionnaire&status=completed')).toBe(3);
    expect(await count(`identifier=https://intersession.dev/id/assignment|${plan.assignmentId('1')}`)).toBe(1);
  });

  it('by reference: relative, bare, typed, and under the EHR’s or our own address', async () => {
    const all = (await search('Task')).matches.length;
    for (const value of [
      'patient=sarah',
      'patient=Patient/sarah',
      'subject:Patient=sarah',
      `subject=${ehrBase}/Patient/sarah`,
    ]) {
      expect((await search(`Task?${value}`)).matches, value).toHaveLength(all);
    }
    expect((await search('Task?patient=nobody')).matches).toHaveLength(0);
    const base = `${publicUrl}/fhir/north`;
    for (const value of [`Task/${plan.assignmentId('1')}`, `${base}/Task/${plan.assignmentId('1')}`]) {
      expect((await search(`Task?part-of=${value}`)).matches).toHaveLength(3);
    }
    const canonical = 'https://intersession.dev/fhir/Questionnaire/self-monitoring';
    expect((await search(`QuestionnaireResponse?questionnaire=${canonical}`)).matches).toHaveLength(3);
    expect((await search(`QuestionnaireResponse?questionnaire=${canonical}|1.0.0`)).matches).toHaveLength(3);
    expect((await search(`QuestionnaireResponse?questionnaire=${canonical}|2.0.0`)).matches).toHaveLength(0);
  });

  it('by date with prefixes, in the zone that is said', async () => {
    const count = async (query: string) => (await search(`Observation?code=suds-peak&${query}`)).matches.length;
    expect(await count('date=2026-03-02')).toBe(1);
    expect(await count('date=ge2026-03-04')).toBe(2);
    expect(await count('date=gt2026-03-04')).toBe(1);
    expect(await count('date=lt2026-03-04')).toBe(1);
    expect(await count('date=ge2026-03-02T10:00:00-05:00&date=le2026-03-04T10:00:00-05:00')).toBe(2);
    expect(await count('date=2026-03-02T15:00:00Z')).toBe(1);
    expect(await count('date=2026-03-02T10:00:00Z')).toBe(0);
    expect(await count('date=ne2026-03-02')).toBe(2);
    expect(await count('date=sa2026-03-04')).toBe(1);
    expect(await count('date=eb2026-03-04')).toBe(1);
    expect(await count('_lastUpdated=ge2026-03-09')).toBe(1);
  });

  it('by what is missing', async () => {
    const steps = (await search('Task?part-of:missing=true')).matches.length;
    expect(steps).toBe(6);
    expect((await search('Task?part-of:missing=false')).matches.length).toBe((await search('Task')).matches.length - 6);
  });

  it('by id, as one or several', async () => {
    const ids = `${plan.assignmentId('1')},${plan.assignmentId('2')},none`;
    expect((await search(`Task?_id=${ids}`)).matches).toHaveLength(2);
  });

  it('with what the matches refer to and what refers to them', async () => {
    const withSteps = await search(`CarePlan?_id=${plan.planId}&_include=CarePlan:activity-reference`);
    expect(withSteps.matches).toHaveLength(1);
    expect(withSteps.included.map(({ resourceType }) => resourceType)).toEqual(Array(6).fill('Task'));
    const withTimes = await search(`Task?_id=${plan.assignmentId('1')}&_revinclude=Task:part-of`);
    expect(withTimes.included).toHaveLength(3);
    const withMeasures = await search('QuestionnaireResponse?_count=1&_revinclude=Observation:derived-from');
    expect(withMeasures.included).toHaveLength(6);
    const none = await search(`Task?_id=${plan.assignmentId('1')}&_include=Task:part-of:Task`);
    expect(none.included).toHaveLength(0);
  });

  it('page by page, keeping every parameter, from our own address', async () => {
    const seen: string[] = [];
    let path: string | undefined =
      'Observation?patient=sarah&category=survey&_count=4&_sort=-_lastUpdated&_total=accurate';
    while (path !== undefined) {
      const { bundle, matches } = await search(path);
      seen.push(...matches.map(({ id }) => String(id)));
      expect(bundle.total).toBe(18);
      const next = bundle.link.find(({ relation }) => relation === 'next')?.url;
      if (next === undefined) break;
      expect(next.startsWith(`${publicUrl}/fhir/north/Observation?`)).toBe(true);
      const parameters = new URL(next).searchParams;
      expect([parameters.get('patient'), parameters.get('_count'), parameters.get('_sort')]).toEqual([
        'sarah',
        '4',
        '-_lastUpdated',
      ]);
      path = next.slice(`${publicUrl}/fhir/north/`.length);
    }
    expect(seen).toHaveLength(18);
    expect(new Set(seen).size).toBe(18);
  });

  it('only counts when asked to', async () => {
    for (const query of ['_summary=count', '_count=0']) {
      const { bundle } = await search(`Task?${query}`);
      expect([bundle.total, bundle.entry]).toEqual([10, undefined]);
    }
  });

  it('by POST, with parameters in the address and the form together', async () => {
    const answer = await doors.call('POST', '/fhir/north/Task/_search?status=completed', {
      token,
      raw: new URLSearchParams({ patient: 'Patient/sarah', code: 'complete-questionnaire' }),
    });
    expect(answer.status).toBe(200);
    expect(bundleShape.parse(answer.body).entry).toHaveLength(3);
  });

  it('in what comes with the program', async () => {
    expect((await search('Questionnaire')).matches.length).toBeGreaterThanOrEqual(4);
    const monitoring = 'https://intersession.dev/fhir/Questionnaire/self-monitoring';
    expect((await search(`Questionnaire?url=${monitoring}`)).matches).toHaveLength(2);
    expect((await search(`Questionnaire?url=${monitoring}&version=1.1.0`)).matches).toHaveLength(1);
    expect((await search('PlanDefinition?name=social')).matches).toHaveLength(1);
    expect((await search('PlanDefinition?name:exact=social')).matches).toHaveLength(0);
    expect((await search('PlanDefinition?name:contains=ANXIETY')).matches).toHaveLength(1);
    expect((await search('ActivityDefinition?status:not=active')).matches).toHaveLength(0);
  });
});

describe('what a search cannot do', () => {
  it('is named in the Bundle, or refused under strict handling', async () => {
    const { matches, outcomes, bundle } = await search('Task?favourite=blue&patient=sarah');
    expect(matches).toHaveLength(10);
    expect(outcomeShape.parse(outcomes[0]).issue[0]?.diagnostics).toContain('"favourite"');
    expect(bundle.link[0]?.url).not.toContain('favourite');
    const { status, words } = await refused('Task?favourite=blue', { prefer: 'return=minimal, handling=strict' });
    expect([status, words]).toEqual([400, 'favourite: is not a search parameter of Task here']);
  });

  it.each([
    ['status:below=x', 'status:below: the modifier :below is not supported'],
    ['authored-on:exact=2026', 'authored-on:exact: the modifier :exact is not supported'],
    ['patient:identifier=x', 'patient:identifier: the modifier :identifier is not supported'],
    ['patient:Group=x', 'patient:Group: it never refers to Group'],
    ['patient.name=x', 'patient.name: chained and reverse chained searches are not supported'],
    ['_has:Observation:focus:code=x', '_has:Observation:focus:code: chained and reverse chained'],
    ['authored-on=yesterday', 'authored-on: must be a date'],
    ['authored-on=2026-02-30', 'authored-on: must be a date'],
    ['status=', 'status: a value is missing'],
    ['status:missing=maybe', 'status:missing: must be "true" or "false"'],
    ['_count=many', '_count: must be a whole number'],
    ['_sort=status', '_sort: must be one of _lastUpdated, authored-on, modified, period'],
    ['_sort=authored-on,-modified', '_sort: only one key is supported'],
    ['_sort=authored-on&_sort=modified', '_sort: only one key is supported'],
    ['_summary=brief', '_summary: must be one of true, text, data, count, false'],
    ['_summary=true&_summary=data', '_summary: is given twice'],
    ['_summary=text&_include=Task:part-of', '_summary: text cannot'],
    ['_summary=true&_elements=status', '_elements: cannot'],
    ['_elements=CarePlan.status', '_elements: must be elements of Task'],
    ['_elements=status,,code', '_elements: must be names'],
    ['_total=maybe', '_total: must be none, estimate or accurate'],
    ['_include:iterate=Task:part-of', '_include:iterate: the modifier :iterate is not supported'],
    ['_include=Task:owner', '_include: must be one of'],
    ['_revinclude=Patient:link', '_revinclude: must be one of'],
    ['_include=Task:part-of:CarePlan', '_include: Task:part-of never refers to CarePlan'],
    ['_cursor=made-up', 'is not a cursor'],
  ])('%s is refused by name', async (query, problem) => {
    const { status, words } = await refused(`Task?${query}`);
    expect(status).toBe(400);
    expect(words).toContain(problem);
  });

  it('and other interactions are refused as such', async () => {
    const calls: readonly [string, string, number][] = [
      ['POST', 'Task', 405],
      ['PUT', `Task/${plan.assignmentId('1')}`, 405],
      ['PATCH', `Task/${plan.assignmentId('1')}`, 405],
      ['DELETE', `Task/${plan.assignmentId('1')}`, 405],
      ['GET', `Task/${plan.assignmentId('1')}/_history`, 405],
      ['POST', '', 405],
      ['GET', 'Task/_search', 405],
      ['GET', 'Nonsense', 404],
      ['PUT', 'Nonsense/1', 404],
    ];
    for (const [method, path, status] of calls) {
      const body = method === 'GET' ? {} : { body: {} };
      const answer = await doors.call(method, `/fhir/north/${path}`, { token, ...body });
      expect(answer.status, `${method} ${path}`).toBe(status);
      expect(outcomeShape.parse(answer.body).issue).toHaveLength(1);
    }
    expect((await doors.call('GET', '/fhir/nowhere/metadata')).status).toBe(404);
  });

  it('and other formats than JSON', async () => {
    expect((await refused('Task', { accept: 'application/fhir+xml' })).status).toBe(406);
    expect((await refused('Task?_format=xml')).status).toBe(406);
    expect((await get('Task?_format=application/fhir+json', { accept: 'text/html' })).status).toBe(200);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Doors, openDoors, publicUrl } from './open-doors.ts';
import { logBody, performedAt, type SentPlan, sendPlan } from './sarah.ts';

/** Parts of resources, and their order. */
let doors: Doors;
let token: string;
let plan: SentPlan;
const resource = z.looseObject({
  resourceType: z.string(),
  id: z.string(),
  meta: z.looseObject({ tag: z.array(z.looseObject({ code: z.string() })).optional() }),
});
const bundleShape = z.object({
  total: z.number().optional(),
  link: z.array(z.object({ relation: z.string(), url: z.string() })),
  entry: z.array(z.object({ search: z.object({ mode: z.string() }), resource })).default([]),
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

const get = (path: string) => doors.call('GET', `/fhir/north/${path}`, { token });
async function search(query: string) {
  const answer = await get(query);
  expect(answer.status, `${query}: ${answer.text.slice(0, 300)}`).toBe(200);
  const bundle = bundleShape.parse(answer.body);
  const of = (mode: string) =>
    bundle.entry.filter((entry) => entry.search.mode === mode).map((entry) => entry.resource);
  return { ...bundle, matches: of('match'), included: of('include'), outcomes: of('outcome') };
}
const subsetted = ({ meta }: z.output<typeof resource>) => meta.tag?.some(({ code }) => code === 'SUBSETTED') === true;
const keys = (entry: object) => Object.keys(entry).sort();

describe('a part of each resource', () => {
  it('_summary=true: what R4 marks, tagged, without narrative, answers and files', async () => {
    const { matches } = await search('QuestionnaireResponse?_summary=true');
    expect(matches).toHaveLength(3);
    for (const match of matches) {
      expect(subsetted(match)).toBe(true);
      expect(keys(match)).toEqual([
        'author',
        'authored',
        'basedOn',
        'id',
        'identifier',
        'meta',
        'questionnaire',
        'resourceType',
        'source',
        'status',
        'subject',
      ]);
    }
    const { matches: forms } = await search('Questionnaire?_summary=true');
    for (const form of forms)
      expect([form.url, form.item, subsetted(form)]).toEqual([expect.anything(), undefined, true]);
  });

  it('_summary=text: narrative and what is mandatory', async () => {
    const { matches } = await search('CarePlan?_summary=text');
    expect(matches.map(keys)).toEqual([['id', 'intent', 'meta', 'resourceType', 'status', 'subject', 'text']]);
  });

  it('_summary=data: everything but the narrative', async () => {
    const [whole] = (await search('CarePlan')).matches;
    const [data] = (await search('CarePlan?_summary=data')).matches;
    const { text: _text, meta: _meta, ...rest } = { ...whole, text: undefined };
    const { meta: _tagged, ...part } = { ...data };
    expect(part).toEqual(rest);
    expect(whole).toHaveProperty('text');
    expect(data && subsetted(data)).toBe(true);
  });

  it('_summary=false is all of it, untagged', async () => {
    const [whole] = (await search('CarePlan?_summary=false')).matches;
    expect(whole).toHaveProperty('activity');
    expect(whole && subsetted(whole)).toBe(false);
  });

  it.each([
    ['Observation?_elements=value,effective', ['effectiveDateTime', 'valueInteger'], ['subject', 'text', 'category']],
    ['Observation?_elements=value[x]', ['valueInteger'], ['effectiveDateTime']],
    ['Observation?_elements=Observation.subject,code.coding', ['subject', 'code'], ['valueInteger', 'text']],
    ['Task?_elements=id', ['status', 'intent'], ['code', 'for', 'input']],
    ['Task?_elements=for&_elements=code', ['for', 'code', 'status'], ['input']],
    ['CarePlan?_elements=nothing-of-it', ['status', 'subject'], ['title']],
  ])('%s: what is named, what is mandatory, and the tag', async (query, present, absent) => {
    const strange = query.includes('nothing-of-it');
    const { matches } = await search(strange ? 'CarePlan?_elements=nothingOfIt' : query);
    const [first] = query.startsWith('Observation')
      ? matches.filter((match) => 'valueInteger' in match || !present.includes('valueInteger'))
      : matches;
    expect(first && subsetted(first)).toBe(true);
    for (const name of [...present, 'id', 'meta', 'resourceType', 'status']) expect(first).toHaveProperty(name);
    for (const name of absent) expect(first).not.toHaveProperty(name);
  });

  it('of a read as of a search, with the same version', async () => {
    const whole = await get(`CarePlan/${plan.planId}`);
    const part = await get(`CarePlan/${plan.planId}?_elements=title`);
    expect(part.headers.get('etag')).toBe(whole.headers.get('etag'));
    expect(keys(z.object({}).loose().parse(part.body))).toEqual([
      'id',
      'intent',
      'meta',
      'resourceType',
      'status',
      'subject',
      'title',
    ]);
    expect((await get(`CarePlan/${plan.planId}?_summary=all`)).status).toBe(400);
    expect((await get('Questionnaire/self-monitoring?_summary=text')).body).not.toHaveProperty('item');
  });

  it('keeps its parameters from page to page', async () => {
    const first = await search('Task?_summary=true&_count=4&_sort=-modified&_pretty=true');
    const next = first.link.find(({ relation }) => relation === 'next')?.url ?? '';
    for (const text of ['_summary=true', '_count=4', '_sort=-modified', '_pretty=true']) {
      expect(next).toContain(text);
      expect(first.link[0]?.url).toContain(text);
    }
    const second = await search(next.slice(`${publicUrl}/fhir/north/`.length));
    expect(second.matches.length).toBeGreaterThan(0);
    expect(second.matches.every(subsetted)).toBe(true);
    const elements = await search('Task?_elements=for&_count=1');
    expect(elements.link.find(({ relation }) => relation === 'next')?.url).toContain('_elements=for');
  });

  it('leaves what comes along whole under _elements, and not under _summary', async () => {
    const query = 'QuestionnaireResponse?_count=1&_include=QuestionnaireResponse:based-on';
    expect((await search(`${query}&_elements=subject`)).included.map(subsetted)).toEqual([false]);
    expect((await search(`${query}&_summary=true`)).included.map(subsetted)).toEqual([true]);
  });
});

it('_total=estimate counts, none does not', async () => {
  expect((await search('Task?_total=estimate&_count=1')).total).toBe(10);
  expect((await search('Task?_total=accurate&_count=1')).total).toBe(10);
  expect((await search('Task?_total=none&_count=1')).total).toBeUndefined();
});

describe('the questionnaire of a response', () => {
  it('comes along, each once, in the version that was answered', async () => {
    const { included, matches } = await search('QuestionnaireResponse?_include=QuestionnaireResponse:questionnaire');
    expect(matches).toHaveLength(3);
    expect(included).toMatchObject([{ resourceType: 'Questionnaire', id: 'self-monitoring', version: '1.0.0' }]);
    const typed = await search('QuestionnaireResponse?_include=QuestionnaireResponse:questionnaire:Questionnaire');
    expect(typed.included).toHaveLength(1);
    const library = await search('CarePlan?_include=CarePlan:instantiates-canonical');
    expect(library.included.map((entry) => entry.resourceType)).toEqual(['PlanDefinition']);
  });

  it('needs the scope for it, as a Flag that a Task points to does', async () => {
    const call = async (scope: string, query: string) =>
      doors.call('GET', `/fhir/north/${query}`, { token: await doors.token('north', scope) });
    const logs = 'QuestionnaireResponse?_include=QuestionnaireResponse:questionnaire';
    expect((await call('system/QuestionnaireResponse.rs', logs)).status).toBe(403);
    expect((await call('system/QuestionnaireResponse.rs system/Questionnaire.rs', logs)).status).toBe(200);
    const flags = await call('system/Task.rs system/QuestionnaireResponse.rs', 'Task?_include=Task:focus');
    expect([flags.status, flags.text]).toEqual([403, expect.stringContaining('system/Flag.rs')]);
  });
});

describe('_sort', () => {
  const walk = async (query: string, between: () => Promise<void> = async () => {}): Promise<string[]> => {
    const ids: string[] = [];
    let path: string | undefined = query;
    while (path !== undefined) {
      const page: Awaited<ReturnType<typeof search>> = await search(path);
      ids.push(...page.matches.map(({ id }) => id));
      path = page.link.find(({ relation }) => relation === 'next')?.url.slice(`${publicUrl}/fhir/north/`.length);
      if (path !== undefined) await between();
    }
    return ids;
  };

  it.each([
    ['Observation', 'date', 'effectiveDateTime'],
    ['QuestionnaireResponse', 'authored', 'authored'],
    ['Task', 'authored-on', 'authoredOn'],
    ['Task', 'modified', 'lastModified'],
    ['Goal', 'start-date', 'startDate'],
    ['CarePlan', 'date', 'created'],
    ['Task', 'period', 'none'],
    ['Observation', '_lastUpdated', 'none'],
  ])('%s by %s, both ways, a page of any size, each resource once', async (type, param, element) => {
    const all = (await search(`${type}?_count=200`)).matches;
    const timeOf = new Map(all.map((entry) => [entry.id, Date.parse(String(entry[element]))]));
    for (const sort of [param, `-${param}`]) {
      const whole = await walk(`${type}?_sort=${sort}&_count=200`);
      expect([...whole].sort()).toEqual(all.map(({ id }) => id).sort());
      for (const count of [1, 3]) expect(await walk(`${type}?_sort=${sort}&_count=${count}`)).toEqual(whole);
      const times = whole.map((id) => timeOf.get(id) ?? Number.NaN).filter((time) => !Number.isNaN(time));
      const ordered = [...times].sort((a, b) => (sort.startsWith('-') ? b - a : a - b));
      expect(times).toEqual(ordered);
    }
  });

  it('holds its place when something comes in between', async () => {
    const before = await walk('Task?_sort=-authored-on&_count=200');
    let serial = 0;
    const walked = await walk('Task?_sort=-authored-on&_count=2', async () => {
      if (serial < 2) await sendPlan(doors, token, { sourceId: `between-${++serial}`, patientId: 'ada' });
    });
    expect(new Set(walked).size).toBe(walked.length);
    expect(before.every((id) => walked.includes(id))).toBe(true);
  });

  it('is of one order: a cursor of another is refused, and a made-up one', async () => {
    const { link } = await search('Task?_sort=-modified&_count=1');
    const cursor =
      new URL(link.find(({ relation }) => relation === 'next')?.url ?? '').searchParams.get('_cursor') ?? '';
    const forge = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');
    for (const query of [
      `_sort=modified&_cursor=${cursor}`,
      `_sort=-authored-on&_cursor=${cursor}`,
      `_cursor=${cursor}`,
      `_sort=modified&_cursor=${forge(['modified', '9999-99-99T00:00:00.000000Z', 'x'])}`,
      `_sort=modified&_cursor=${forge(['modified', 'infinity', 'x'])}`,
      `_sort=modified&_cursor=${forge(['modified', '', 'a\u0000'])}`,
      `_sort=modified&_cursor=${forge(['modified', '2026-01-01T00:00:00.000000Z', ''])}`,
      `_sort=modified&_cursor=${forge({ modified: 1 })}`,
    ]) {
      expect((await get(`Task?${query}`)).status, query).toBe(400);
    }
  });

  it('orders what comes with the program, too', async () => {
    const up = await walk('Questionnaire?_sort=date');
    expect(await walk('Questionnaire?_sort=-date')).toEqual([...up].reverse());
    expect((await get('Questionnaire?_sort=title')).status).toBe(400);
  });
});

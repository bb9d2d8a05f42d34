import { randomUUID } from 'node:crypto';
import type { Bundle, FhirResource, Observation, Questionnaire, QuestionnaireResponse, Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { after, before, first, newAnswers, oldAnswers, second, walkUrl } from '../kinds/walk-diary.ts';
import { type AppWithSources, openAppWithSources } from './app/open-app-with-sources.ts';
import { publicUrl } from './open-doors.ts';
import { patient, type Tab } from './smart/open-app.ts';

const planShape = z.object({
  plan: z.object({ id: z.string() }),
  assignments: z.array(
    z.object({ id: z.string(), key: z.string(), questionnaire: z.string(), businessStatus: z.string() }),
  ),
  occurrences: z.array(z.object({ id: z.string(), assignmentId: z.string() })),
});
type Plan = z.output<typeof planShape>;
const problem = z.object({
  code: z.string(),
  issues: z.array(z.looseObject({ path: z.string().optional() })).optional(),
});

const [morning, soon] = ['2026-03-02T16:00:00.000Z', '2026-03-02T16:10:00.000Z'];
const performedAt = '2026-03-02T10:00:00-05:00';
let app: AppWithSources;
let sarah: Tab;
/** Made before the second version was there: their steps answer the first. */
let running: Plan;
let waiting: Plan;
/** Made after: one that is logged, and one whose occurrences wait. */
let fresh: Plan;
let next: Plan;
let [logged, begun, drafted]: string[] = [];

const api = (method: string, path: string, body?: unknown) => app.source('gamma', method, `/api/v1${path}`, body);
const alpha = (method: string, path: string, body?: unknown) => app.source('alpha', method, `/api/v1${path}`, body);
const idOf = (body: unknown) => z.looseObject({ id: z.string() }).parse(body).id;
const stepOf = (plan: Plan, key = 'a') => plan.assignments.find((assignment) => assignment.key === key);
const step = (plan: Plan, key = 'a') => stepOf(plan, key)?.id ?? '';

async function makePlan(title: string): Promise<Plan> {
  const walk = { kind: 'walk-diary', schedule: { type: 'event', event: 'walk', count: 9, text: 'nine walks' } };
  const window = { start: '2026-03-01', end: '2026-04-12' };
  const assignments = [
    { ...walk, key: 'a', title: 'A short walk', unlock: { type: 'at-start' } },
    {
      ...{ ...walk, key: 'b', title: 'A long walk' },
      unlock: { type: 'after', after: 'a', criterion: { type: 'behaviour-done' } },
    },
  ].map((assignment) => ({ ...assignment, schedule: { ...assignment.schedule, window } }));
  const answer = await alpha('POST', '/plans', { sourceId: title, patientId: 'sarah', title, assignments });
  expect(answer.status, answer.text).toBe(201);
  return planShape.parse(answer.body);
}

async function readPlan(plan: Plan): Promise<Plan> {
  return planShape.parse((await api('GET', `/plans/${plan.plan.id}`)).body);
}

function log(plan: Plan, answers: object, more: object = {}) {
  const body = { sourceId: randomUUID(), performedAt, status: 'completed', answers, ...more };
  return alpha('POST', `/assignments/${step(plan)}/logs`, body);
}

async function fhir<R extends FhirResource>(path: string): Promise<R> {
  const answer = await app.source('gamma', 'GET', `/fhir/north/${path}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body as R;
}
const found = async (path: string) =>
  ((await fhir<Bundle<FhirResource>>(path)).entry ?? []).flatMap(({ resource }) => resource ?? []);
const response = (id: string) => fhir<QuestionnaireResponse>(`QuestionnaireResponse/${id}`);
const measuresOf = async (id: string) =>
  (await found(`Observation?derived-from=QuestionnaireResponse/${id}&_count=50`)) as Observation[];
const fields = (body: unknown) => {
  const { code, issues = [] } = problem.parse(body);
  return [code, ...issues.map(({ path, linkId }) => path ?? linkId)];
};

beforeAll(async () => {
  app = await openAppWithSources();
  app.doors.test.install(before);
  app.doors.test.setTime('2026-03-01T15:00:00.000Z');
  [running, waiting] = [await makePlan('Walks'), await makePlan('Other walks')];
  app.doors.test.setTime(morning);
  sarah = await app.signIn(patient);
  logged = idOf((await log(running, oldAnswers)).body);
  begun = idOf((await log(running, { weather: 'fog' }, { status: 'in-progress' })).body);
  drafted = randomUUID();
  const draft = { assignmentId: step(running), performedAt, answers: { mood: 'bad', weather: 'rain' }, withheld: [] };
  const kept = await app.call(sarah, 'PUT', `/app/v1/drafts/${drafted}`, draft);
  expect(kept.status, kept.text).toBe(200);

  app.doors.test.install(after);
  app.doors.test.setTime(soon);
  [fresh, next] = [await makePlan('New walks'), await makePlan('Next walks')];
});
afterAll(() => app.close());

describe('a running plan when its questionnaire gets a second version', () => {
  it('keeps the version that its steps were made with, those that are locked yet too; a new one gets the new version', async () => {
    const versions = async (plan: Plan) => (await readPlan(plan)).assignments.map(({ questionnaire }) => questionnaire);
    expect(await versions(running)).toEqual([first, first]);
    expect(await versions(fresh)).toEqual([second, second]);
    for (const [plan, canonical] of [
      [running, first],
      [fresh, second],
    ] as const) {
      const { input = [] } = await fhir<Task>(`Task/${step(plan)}`);
      expect(input.flatMap(({ valueCanonical }) => valueCanonical ?? [])).toEqual([canonical]);
    }
  });

  it('takes new logs by that version, and nothing that only another asks', async () => {
    const taken = await log(running, { ...oldAnswers, tension: 55 });
    expect([taken.status, (await response(idOf(taken.body))).questionnaire]).toEqual([201, first]);
    const refused = await log(running, newAnswers);
    expect([refused.status, ...fields(refused.body)]).toEqual([
      ...[422, 'invalid-answer', 'expected', 'went', 'strain', 'distance', 'mood'],
    ]);
    expect(fields((await log(running, { ...oldAnswers, mood: 'mixed' })).body)).toEqual(['invalid-answer', 'mood']);
  });

  it('lets a log from before be amended, and finds its measures again', async () => {
    const [measure] = await measuresOf(logged ?? '');
    const answer = await alpha('PATCH', `/logs/${logged}`, { answers: { ...oldAnswers, tension: 40, weather: 'sun' } });
    expect(answer.status, answer.text).toBe(200);
    const { questionnaire, status, item = [] } = await response(logged ?? '');
    expect([questionnaire, status]).toEqual([first, 'amended']);
    expect(item.map(({ linkId }) => linkId)).toEqual(['walked', 'tension', 'mood', 'weather', 'note']);
    expect(item.find(({ linkId }) => linkId === 'note')?.text).toBe('What was it like?');
    const [again, ...none] = await measuresOf(logged ?? '');
    expect([again?.id, again?.status, again?.valueInteger ?? again?.valueQuantity?.value, none]).toEqual([
      ...[measure?.id, 'amended', 40, []],
    ]);
    const refused = await alpha('PATCH', `/logs/${logged}`, { answers: { ...oldAnswers, distance: 3 } });
    expect(fields(refused.body)).toEqual(['invalid-answer', 'distance']);
  });

  it('lets drafts from before be finished: a source’s, and one of the patient in a form that was open all the while', async () => {
    const whole = await alpha('POST', `/logs/${begun}/complete`, { answers: oldAnswers });
    expect([whole.status, (await response(begun ?? '')).questionnaire], whole.text).toEqual([200, first]);
    const saved = { assignmentId: step(running), performedAt, answers: { ...oldAnswers, mood: 'good' }, withheld: [] };
    expect((await app.call(sarah, 'PUT', `/app/v1/drafts/${drafted}`, saved)).status).toBe(200);
    const { assignmentId: _step, ...body } = { ...saved, id: drafted };
    const sent = await app.call(sarah, 'POST', `/app/v1/assignments/${step(running)}/logs`, body);
    expect(sent.status, sent.text).toBeLessThan(300);
    expect(await response(drafted ?? '')).toMatchObject({ questionnaire: first, status: 'completed' });
    const stale = { ...body, id: randomUUID(), answers: newAnswers };
    const refused = await app.call(sarah, 'POST', `/app/v1/assignments/${step(running)}/logs`, stale);
    expect([refused.status, fields(refused.body)[0]]).toEqual([422, 'invalid-answer']);
  });

  it('unlocks by the behaviour item of each version', async () => {
    for (const [plan, answers] of [
      [running, { ...oldAnswers, walked: true }],
      [fresh, { ...newAnswers, went: true }],
    ] as const) {
      expect(stepOf(await readPlan(plan), 'b')?.businessStatus).toBe('locked');
      expect((await log(plan, answers)).status).toBe(201);
      expect(stepOf(await readPlan(plan), 'b')?.businessStatus).toBe('assigned');
    }
  });

  it('maps, predicts and asks for risk by each version', async () => {
    const codes = async (id: string) => (await measuresOf(id)).map(({ code }) => code.coding?.[0]?.code).sort();
    expect(await codes(logged ?? '')).toEqual(['suds-peak']);
    const { body } = await log(fresh, { ...newAnswers, unsafe: true });
    expect(await codes(idOf(body))).toEqual(['practice-attempts', 'suds-peak']);
    const signals = await api('GET', '/safety-signals?patientId=sarah&status=open');
    expect(signals.text).toContain('not-safe-now');
    const early = idOf((await log(fresh, { expected: 'rain' }, { status: 'in-progress' })).body);
    await alpha('PATCH', `/logs/${early}`, { answers: { expected: 'rain', went: true } });
    const changed = await alpha('PATCH', `/logs/${early}`, { answers: { expected: 'sun', went: true } });
    expect(fields(changed.body)[0]).toBe('prediction-locked');
  });

  it('is told in a report by the lines of each version', async () => {
    const text = async (plan: Plan) => {
      const { body } = await alpha('POST', `/plans/${plan.plan.id}/reports`, { sourceId: randomUUID() });
      return z.looseObject({ text: z.string() }).parse(body).text;
    };
    const [told, toldAnew] = [await text(running), await text(fresh)];
    expect(told).toMatch(/Weather (sun|fog)/);
    expect(told).toContain('Note: "It was long"');
    expect(told).not.toMatch(/Strain|Noticed|Set out/);
    expect(toldAnew).toContain('Set out 2 times');
    expect(toldAnew).toContain('Noticed: "A blackbird"');
    expect(toldAnew).not.toMatch(/Tension|Weather|Note:/);
  });

  it('is shown by the app with both versions, each with what reads it', async () => {
    const page = (await app.call(sarah, 'GET', '/app/v1/patient')).body as {
      kinds: { slug: string; questionnaire: string; behaviourLinkId?: string; summary: { label: string }[] }[];
      questionnaires: Record<string, Questionnaire>;
    };
    const read = page.kinds.filter(({ slug }) => slug === 'walk-diary');
    expect(read.map(({ questionnaire, behaviourLinkId }) => [questionnaire, behaviourLinkId])).toEqual([
      [first, 'walked'],
      [second, 'went'],
    ]);
    expect(page.questionnaires[first]?.item?.map(({ linkId }) => linkId)).toContain('weather');
    expect(page.questionnaires[second]?.item?.map(({ linkId }) => linkId)).not.toContain('weather');
  });
});

describe('our FHIR endpoint', () => {
  it('reads each version under an id of its own, and the first under the one that it always had', async () => {
    expect(await fhir('Questionnaire/walk-diary')).toMatchObject({ url: walkUrl, version: '1.0.0' });
    expect(await fhir('Questionnaire/walk-diary-1.1.0')).toMatchObject({ url: walkUrl, version: '1.1.0' });
    const none = await app.source('gamma', 'GET', '/fhir/north/Questionnaire/walk-diary-1.0.0');
    expect(none.status).toBe(404);
  });

  it.each([
    [`url=${walkUrl}`, ['1.0.0', '1.1.0']],
    [`url=${walkUrl}&version=1.0.0`, ['1.0.0']],
    [`url=${walkUrl}&version=1.1.0`, ['1.1.0']],
    [`url=${walkUrl}|1.0.0`, ['1.0.0']],
    [`url=${walkUrl}|1.1.0`, ['1.1.0']],
    [`url=${walkUrl}|1.1.0&version=1.0.0`, []],
    [`url=${walkUrl}|2.0.0`, []],
    [`url=${walkUrl}|`, []],
    ['version=1.1.0', ['1.1.0']],
    ['_id=walk-diary,walk-diary-1.1.0', ['1.0.0', '1.1.0']],
    ['name=WalkDiary&version=1.1.0', ['1.1.0']],
  ])('finds Questionnaire?%s', async (query, versions) => {
    const questionnaires = (await found(`Questionnaire?${query}`)) as Questionnaire[];
    expect(questionnaires.map(({ version }) => version).sort()).toEqual(versions);
  });

  it('finds responses by version, and includes exactly the version that each names', async () => {
    const by = async (canonical: string) => {
      const path = `QuestionnaireResponse?_count=50&questionnaire=${canonical}&_include=QuestionnaireResponse:questionnaire`;
      const all = await found(path);
      const of = <R extends FhirResource>(type: R['resourceType']) =>
        all.filter((one) => one.resourceType === type) as R[];
      return [
        new Set(of<QuestionnaireResponse>('QuestionnaireResponse').map(({ questionnaire }) => questionnaire)),
        of<Questionnaire>('Questionnaire').map(({ version }) => version),
      ];
    };
    expect(await by(first)).toEqual([new Set([first]), ['1.0.0']]);
    expect(await by(second)).toEqual([new Set([second]), ['1.1.0']]);
    expect(await by(walkUrl)).toEqual([new Set([first, second]), ['1.0.0', '1.1.0']]);
    expect(await by(`${walkUrl}|2.0.0`)).toEqual([new Set(), []]);
  });

  it('tells in the API which version new steps get', async () => {
    const { kinds } = z
      .looseObject({ kinds: z.array(z.looseObject({ slug: z.string(), questionnaire: z.string() })) })
      .parse((await api('GET', '/kinds')).body);
    expect(kinds.filter(({ slug }) => slug === 'walk-diary').map(({ questionnaire }) => questionnaire)).toEqual([
      second,
    ]);
  });
});

describe('a response that a form filler sends to an occurrence', () => {
  const item = (answers: Record<string, boolean | string>) =>
    Object.entries(answers).map(([linkId, value]) => ({
      linkId,
      answer: [typeof value === 'boolean' ? { valueBoolean: value } : { valueString: value }],
    }));
  const send = async (plan: Plan, questionnaire: string | undefined, more: object = {}) => {
    const due = plan.occurrences.find(({ assignmentId }) => assignmentId === step(plan))?.id;
    const { input = [] } = await fhir<Task>(`Task/${due}`);
    const address = input.flatMap(({ valueUrl }) => valueUrl ?? [])[0]?.slice(publicUrl.length) ?? '';
    const body = { resourceType: 'QuestionnaireResponse', status: 'in-progress', ...more };
    return app.doors.call('POST', address, { body: questionnaire === undefined ? body : { ...body, questionnaire } });
  };
  const where = ({ body }: { body: unknown }) =>
    z
      .looseObject({ issue: z.array(z.looseObject({ expression: z.array(z.string()), diagnostics: z.string() })) })
      .parse(body)
      .issue.map(({ expression, diagnostics }) => [expression[0], diagnostics]);
  const copy = (version?: string) => ({
    contained: [
      { resourceType: 'Questionnaire', id: 'q', url: walkUrl, status: 'active', ...(version && { version }) },
    ],
  });

  it.each([
    ['the version of the Task', first, {}],
    ['no version', walkUrl, {}],
    ['a copy of that version', '#q', copy('1.0.0')],
    ['a copy without a version', '#q', copy()],
  ])('is taken as one of the first version when it names %s', async (_what, questionnaire, more) => {
    const sent = await send(waiting, questionnaire, { item: item({ weather: 'fog' }), ...more });
    expect(sent.status, sent.text).toBeLessThan(300);
    expect(sent.headers.get('location')).toContain('QuestionnaireResponse/');
    const [, id = ''] = /QuestionnaireResponse\/([^/]+)/.exec(sent.headers.get('location') ?? '') ?? [];
    const { rows } = await app.doors.test.database.query<{ q: string }>(
      `select body->>'questionnaire' as q from log where id = $1`,
      [id],
    );
    expect(rows).toEqual([{ q: first }]);
  });

  it.each([
    ['the version after', second, {}],
    ['a version that there is not', `${walkUrl}|9.9.9`, {}],
    ['a copy of the version after', '#q', copy('1.1.0')],
    ['nothing', undefined, {}],
  ])('is refused by its field when it names %s', async (_what, questionnaire, more) => {
    const sent = await send(waiting, questionnaire, { item: item({ weather: 'fog' }), ...more });
    expect(sent.status).toBe(400);
    const [[expression, diagnostics] = []] = where(sent);
    expect(expression).toBe('QuestionnaireResponse.questionnaire');
    if (questionnaire !== undefined) expect(diagnostics).toContain(first);
  });

  it('is read by the version of its own Task: what another asks is refused where it stands', async () => {
    const taken = await send(next, second, { item: item({ expected: 'rain' }) });
    expect(taken.status, taken.text).toBeLessThan(300);
    const refused = await send(next, second, { item: item({ weather: 'fog' }) });
    expect([refused.status, where(refused)[0]?.[0]]).toEqual([422, 'QuestionnaireResponse.item[0]']);
    expect((await send(next, first, { item: item({ weather: 'fog' }) })).status).toBe(400);
  });
});

describe('a service that is put back to the version before', () => {
  it('says which questionnaire it lacks, and goes on with all that it has', async () => {
    app.doors.test.install(before);
    const refused = await log(fresh, newAnswers);
    expect([refused.status, fields(refused.body)[0]]).toEqual([404, 'unknown-artefact']);
    expect(refused.text).toContain(second);
    expect((await log(running, oldAnswers)).status).toBe(201);
    const shown = await app.call(sarah, 'GET', '/app/v1/patient');
    expect([shown.status, shown.text.includes(`"${second}"`)]).toEqual([200, true]);
    expect((shown.body as { questionnaires: object }).questionnaires).not.toHaveProperty([second]);
    app.doors.test.install(after);
    expect((await log(fresh, newAnswers)).status).toBe(201);
  });
});

import type { FhirResource, Questionnaire, QuestionnaireResponse, Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { first, newAnswers, second, walkUrl } from '../kinds/walk-diary.ts';
import { publicUrl } from './open-doors.ts';
import { openWalks, step, type WalkPlan } from './open-walks.ts';

const { app, api, log, fhir, found, waiting, fresh, next } = await openWalks();
beforeAll(async () => {
  expect((await log(fresh, newAnswers)).status).toBe(201);
});
afterAll(() => app.close());

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
    ['_id=walk-diary,walk-diary-1.1.0', ['1.0.0', '1.1.0']],
    ['name=WalkDiary&version=1.1.0', ['1.1.0']],
  ])('finds Questionnaire?%s', async (query, versions) => {
    const questionnaires = (await found(`Questionnaire?${query}`)) as Questionnaire[];
    expect(questionnaires.map(({ version }) => version).sort()).toEqual(versions);
  });

  it('finds by its version alone whatever kind has one of that number', async () => {
    const questionnaires = (await found('Questionnaire?version=1.1.0')) as Questionnaire[];
    expect(questionnaires.map(({ url }) => url)).toContain(walkUrl);
    expect(new Set(questionnaires.map(({ version }) => version))).toEqual(new Set(['1.1.0']));
  });

  it('finds responses by version, and includes exactly the version that each names', async () => {
    const by = async (canonical: string) => {
      const path = `QuestionnaireResponse?_count=50&questionnaire=${canonical}&_include=QuestionnaireResponse:questionnaire`;
      const all = await found(path);
      const of = <R extends FhirResource>(type: R['resourceType']) =>
        all.filter((resource) => resource.resourceType === type) as R[];
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
  const send = async (plan: WalkPlan, questionnaire: string | undefined, more: object = {}) => {
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

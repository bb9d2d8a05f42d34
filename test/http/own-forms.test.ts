import { randomUUID } from 'node:crypto';
import type { Bundle, FhirResource, Observation, Questionnaire, QuestionnaireResponse, Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cardUrl, withCard } from '../kinds/own/target-card.ts';
import { openAppWithSources } from './app/open-app-with-sources.ts';
import { publicUrl } from './open-doors.ts';
import { fieldsIn, idOf, performedAt } from './open-walks.ts';
import { patient } from './smart/open-app.ts';

const step = z.looseObject({
  ...{ id: z.string(), questionnaire: z.string(), revision: z.number() },
  form: z
    .object({
      version: z.number(),
      settings: z.record(z.string(), z.unknown()),
      own: z.record(z.string(), z.array(z.object({ id: z.string(), text: z.string() }))),
    })
    .optional(),
});
const planShape = z.looseObject({
  plan: z.looseObject({ id: z.string() }),
  assignments: z.array(step),
  occurrences: z.array(z.looseObject({ id: z.string(), ordinal: z.number(), status: z.string() })),
});
type Plan = z.output<typeof planShape>;

const app = await openAppWithSources({}, { reach: 'own' });
app.doors.test.install(withCard);
app.doors.test.setTime('2026-03-01T15:00:00.000Z');
afterAll(() => app.close());

type Client = 'alpha' | 'beta' | 'gamma';
const api = (client: Client, method: string, path: string, body?: unknown) =>
  app.source(client, method, `/api/v1${path}`, body);
const fhir = (client: Client, path: string, scope?: string) =>
  app.source(client, 'GET', `/fhir/north/${path}`, undefined, scope);
const found = ({ body }: { body: unknown }) =>
  ((body as Bundle<FhirResource>).entry ?? []).flatMap(({ resource }) => resource ?? []);
const window = { start: '2026-03-01', end: '2026-04-12' };
const schedule = { type: 'event', event: 'day', count: 9, text: 'nine days', window };
const card = (form: unknown) => ({
  ...{ key: 'a', kind: 'target-card', title: 'Card', schedule, unlock: { type: 'at-start' } },
  ...(form === undefined ? {} : { form }),
});
const names = (...texts: readonly string[]) => ({ own: { targets: texts.map((text) => ({ text })) } });
async function makePlan(client: Client, patientId: string, form: unknown): Promise<Plan> {
  const title = randomUUID();
  const answer = await api(client, 'POST', '/plans', { sourceId: title, patientId, title, assignments: [card(form)] });
  expect(answer.status, answer.text).toBe(201);
  return planShape.parse(answer.body);
}
const firstOf = ({ assignments: [first] }: Plan) => first ?? { id: '', questionnaire: '', revision: 0 };
const formId = (plan: Plan, version = 1) => `${firstOf(plan).id}.form-${version}`;
const change = (client: Client, plan: Plan, revision: number, form: unknown) =>
  api(client, 'PATCH', `/assignments/${firstOf(plan).id}`, { basedOn: revision, actor: 'Practitioner/17', form });
const log = (client: Client, plan: Plan, answers: object, more: object = {}) =>
  api(client, 'POST', `/assignments/${firstOf(plan).id}/logs`, {
    ...{ sourceId: randomUUID(), performedAt, status: 'completed', answers },
    ...more,
  });

let [sarahs, anas, betas]: Plan[] = [];
const plans = () => {
  if (sarahs === undefined || anas === undefined || betas === undefined) throw new Error('no plans were made');
  return { sarahs, anas, betas };
};
beforeAll(async () => {
  sarahs = await makePlan('alpha', 'sarah', names('Cutting', 'Drinking'));
  anas = await makePlan('alpha', 'ana', names('Gambling'));
  betas = await makePlan('beta', 'sarah', undefined);
  app.doors.test.setTime('2026-03-02T16:00:00.000Z');
});

describe('a step with a form of its own', () => {
  it('names it, and shows what is chosen', () => {
    const { sarahs, anas, betas } = plans();
    const { id, questionnaire, form } = firstOf(sarahs);
    expect(questionnaire).toBe(`${cardUrl}-${id}|1`);
    expect(form).toEqual({
      ...{ version: 1, settings: { columns: 'all', 'urge-told': 5 } },
      own: {
        targets: [
          { id: 'n1', text: 'Cutting' },
          { id: 'n2', text: 'Drinking' },
        ],
        helps: [],
      },
    });
    expect(firstOf(anas).form?.own.targets).toEqual([{ id: 'n1', text: 'Gambling' }]);
    expect(firstOf(betas).form?.own.targets).toEqual([{ id: 'urge-one', text: 'the urge you spoke about' }]);
  });

  it('tells any form filler by its Task what to fill in, whole', async () => {
    const { sarahs } = plans();
    const task = (await fhir('gamma', `Task/${sarahs.occurrences[0]?.id}`)).body as Task;
    const [canonical = ''] = (task.input ?? []).flatMap(({ valueCanonical }) => valueCanonical ?? []);
    expect(canonical).toBe(firstOf(sarahs).questionnaire);
    const [form, ...others] = found(await fhir('gamma', `Questionnaire?url=${canonical}`)) as Questionnaire[];
    expect(others).toEqual([]);
    expect(form).toMatchObject({ version: '1', derivedFrom: [`${cardUrl}|1.0.0`], status: 'active' });
    expect(JSON.stringify(form)).toContain('How strong was the urge: Drinking?');
    expect(form?.meta?.security).toMatchObject([{ code: 'MH' }]);
  });

  it('tells of the kind what may be named and chosen', async () => {
    const { kinds } = z
      .looseObject({ kinds: z.array(z.looseObject({ slug: z.string() })) })
      .parse((await api('gamma', 'GET', '/kinds')).body);
    expect(kinds.find(({ slug }) => slug === 'target-card')).toMatchObject({
      ownParts: [{ name: 'targets', least: 1, most: 3 }, { name: 'helps' }],
      settings: [
        { name: 'columns', byDefault: 'all', options: [{ code: 'all' }, { code: 'short' }, { code: 'bare' }] },
        { name: 'urge-told', number: { least: 1, most: 5, byDefault: 5, whole: true } },
      ],
    });
  });

  it.each([
    [
      'two at fault',
      { own: { targets: [], rungs: [] } },
      ['assignments[0].form.own.rungs', 'assignments[0].form.own.targets'],
    ],
    ['a text beyond', names('x'.repeat(201)), ['assignments[0].form.own.targets[0].text']],
    ['the same twice', names('Cutting', 'cutting'), ['assignments[0].form.own.targets[1].text']],
    ['a wrong option', { settings: { columns: 'nine' } }, ['assignments[0].form.settings.columns']],
  ])('is refused by its fields: %s', async (_what, form, fields) => {
    const title = randomUUID();
    const body = { sourceId: title, patientId: 'sarah', title, assignments: [card(form)] };
    const refused = await api('alpha', 'POST', '/plans', body);
    expect([refused.status, ...fieldsIn(refused.body)]).toEqual([400, 'invalid-request', ...fields]);
  });

  it('has names without what no system holds', async () => {
    const plan = await makePlan('alpha', 'sarah', names('Cut\u0007ting\u000bat night'));
    expect(firstOf(plan).form?.own.targets).toEqual([{ id: 'n1', text: 'Cutting at night' }]);
  });
});

describe('who may read it', () => {
  it('is who made the plan, or sees the tenant', async () => {
    const { sarahs, anas, betas } = plans();
    for (const plan of [sarahs, anas, betas])
      expect((await fhir('gamma', `Questionnaire/${formId(plan)}`)).status).toBe(200);
    expect((await fhir('alpha', `Questionnaire/${formId(sarahs)}`)).status).toBe(200);
    expect((await fhir('beta', `Questionnaire/${formId(sarahs)}`)).status).toBe(404);
    expect((await fhir('alpha', `Questionnaire/${formId(betas)}`)).status).toBe(404);
    const urls = (client: Client) =>
      fhir(client, `Questionnaire?_count=100`).then((answer) =>
        (found(answer) as Questionnaire[]).map(({ url = '' }) => url).filter((url) => url.startsWith(`${cardUrl}-`)),
      );
    expect(await urls('beta')).toEqual([`${cardUrl}-${firstOf(betas).id}`]);
    expect(await urls('alpha')).toContain(`${cardUrl}-${firstOf(anas).id}`);
    expect(await urls('alpha')).not.toContain(`${cardUrl}-${firstOf(betas).id}`);
  });

  it('is nobody whose token reads Questionnaires alone: that is enough for what comes with the program', async () => {
    const { sarahs } = plans();
    const alone = 'system/Questionnaire.rs';
    expect((await fhir('gamma', `Questionnaire/${formId(sarahs)}`, alone)).status).toBe(404);
    expect(found(await fhir('gamma', `Questionnaire?url=${firstOf(sarahs).questionnaire}`, alone))).toEqual([]);
    expect((await fhir('gamma', 'Questionnaire/target-card', alone)).status).toBe(200);
    const both = `${alone} system/Task.rs`;
    expect((await fhir('gamma', `Questionnaire/${formId(sarahs)}`, both)).status).toBe(200);
  });

  it('is nobody of another tenant', async () => {
    const { sarahs } = plans();
    const token = await app.sourceToken('gamma');
    const elsewhere = await app.doors.call('GET', `/fhir/south/Questionnaire/${formId(sarahs)}`, { token });
    expect(elsewhere.status).toBe(403);
  });

  it('pages through them after what comes with the program, each once', async () => {
    const pages: Questionnaire[][] = [];
    const totals: (number | undefined)[] = [];
    for (let next: string | undefined = 'Questionnaire?_count=2&_total=accurate'; next !== undefined; ) {
      const { body } = await fhir('gamma', next);
      const bundle = body as Bundle;
      pages.push(found({ body }) as Questionnaire[]);
      totals.push(bundle.total);
      const url: string | undefined = bundle.link?.find(({ relation }) => relation === 'next')?.url;
      next = url?.slice(url.indexOf('Questionnaire?'));
    }
    const own = pages.map((page) => page.filter(({ id = '' }) => id.includes('.form-')).map(({ id = '' }) => id));
    const { sarahs, anas, betas } = plans();
    expect(own.flat()).toEqual(expect.arrayContaining([sarahs, anas, betas].map((plan) => formId(plan))));
    expect(own.every((page) => page.length <= 2)).toBe(true);
    // what comes with the program is on the first page, and whole
    expect(pages.slice(1).flat().length).toBe(own.slice(1).flat().length);
    const ids = pages.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(totals)).toEqual(new Set([ids.length]));
    const count = (await fhir('gamma', 'Questionnaire?_summary=count')).body as Bundle;
    expect(count.total).toBe(ids.length);
  });
});

describe('names that change while the plan runs', () => {
  const targets = async (plan: Plan) => {
    const answer = planShape.parse((await api('gamma', 'GET', `/plans/${plan.plan.id}`)).body);
    return firstOf(answer);
  };

  it('keep their series: renamed between two logs, taken out, named again', async () => {
    const plan = await makePlan('alpha', 'sarah', names('Cutting', 'Drinking'));
    const first = await log('alpha', plan, { done: true, 'urge.n1': 4, 'urge.n2': 2 });
    expect(first.status, first.text).toBe(201);
    const renamed = await change('alpha', plan, 1, {
      own: { targets: [{ id: 'n1', text: 'Hurting myself' }, { text: 'Drinking' }] },
    });
    expect(renamed.status, renamed.text).toBe(200);
    expect(step.parse(renamed.body)).toMatchObject({ questionnaire: `${cardUrl}-${firstOf(plan).id}|2`, revision: 2 });
    // the same again is no second version
    const again = await change('alpha', plan, 1, {
      own: { targets: [{ id: 'n1', text: 'Hurting myself' }, { text: 'Drinking' }] },
    });
    expect(step.parse(again.body).form?.version).toBe(2);
    const second = await log('alpha', plan, { done: true, 'urge.n1': 3, 'urge.n2': 2 });
    const without = await change('alpha', plan, 2, {
      own: { targets: [{ id: 'n1', text: 'Hurting myself' }, { text: 'Gambling' }] },
    });
    expect(step.parse(without.body).form?.own.targets).toEqual([
      { id: 'n1', text: 'Hurting myself' },
      { id: 'n3', text: 'Gambling' },
    ]);
    const refused = await log('alpha', plan, { done: true, 'urge.n2': 2 });
    expect([refused.status, ...fieldsIn(refused.body)]).toEqual([422, 'invalid-answer', 'urge.n2']);
    const back = await change('alpha', plan, 3, names('Hurting myself', 'Drinking'));
    expect(step.parse(back.body).form).toMatchObject({
      ...{ version: 4, own: { targets: [{ id: 'n1' }, { id: 'n2', text: 'Drinking' }] } },
    });
    const urges = async (id: string) =>
      (
        found(await fhir('gamma', `Observation?derived-from=QuestionnaireResponse/${id}&_count=50`)) as Observation[]
      ).map(({ identifier, code, valueInteger, valueQuantity }) => [
        ...[identifier?.[0]?.value?.split('#')[1], code.text, valueInteger ?? valueQuantity?.value],
      ]);
    expect(await urges(idOf(first.body))).toContainEqual(['urge.n1', 'SUDS peak: Cutting', 4]);
    expect(await urges(idOf(second.body))).toContainEqual(['urge.n1', 'SUDS peak: Hurting myself', 3]);
    const responses = await Promise.all(
      [first, second].map(async ({ body }) => (await fhir('gamma', `QuestionnaireResponse/${idOf(body)}`)).body),
    );
    expect(responses.map((response) => (response as QuestionnaireResponse).questionnaire)).toEqual(
      [1, 2].map((version) => `${cardUrl}-${firstOf(plan).id}|${version}`),
    );
    // each version stays
    for (const version of [1, 2, 3, 4])
      expect((await fhir('alpha', `Questionnaire/${formId(plan, version)}`)).status).toBe(200);
    expect((await targets(plan)).form?.version).toBe(4);
  });

  it('are finished in the form in which they were begun, or which is named', async () => {
    const plan = await makePlan('alpha', 'sarah', names('Cutting', 'Drinking'));
    const begun = idOf((await log('alpha', plan, { 'urge.n2': 2 }, { status: 'in-progress' })).body);
    expect((await change('alpha', plan, 1, names('Cutting'))).status).toBe(200);
    const whole = await api('alpha', 'POST', `/logs/${begun}/complete`, { answers: { done: true, 'urge.n2': 3 } });
    expect(whole.status, whole.text).toBe(200);
    const [first, second] = [1, 2].map((version) => `${cardUrl}-${firstOf(plan).id}|${version}`);
    const late = await log('alpha', plan, { done: true, 'urge.n2': 1 }, { questionnaire: first });
    expect(late.status, late.text).toBe(201);
    expect(late.body).toMatchObject({ questionnaire: first });
    expect((await log('alpha', plan, { done: true, 'urge.n1': 1 })).body).toMatchObject({ questionnaire: second });
    const foreign = await log('alpha', plan, { done: true }, { questionnaire: firstOf(plans().sarahs).questionnaire });
    expect([foreign.status, ...fieldsIn(foreign.body)]).toEqual([400, 'invalid-request', 'questionnaire']);
  });

  it('are answered by a form filler in the version that it was handed', async () => {
    const plan = await makePlan('alpha', 'sarah', names('Cutting', 'Drinking'));
    const task = (await fhir('gamma', `Task/${plan.occurrences[0]?.id}`)).body as Task;
    const address = (task.input ?? []).flatMap(({ valueUrl }) => valueUrl ?? [])[0]?.slice(publicUrl.length) ?? '';
    expect((await change('alpha', plan, 1, names('Cutting'))).status).toBe(200);
    const now = (await fhir('gamma', `Task/${plan.occurrences[0]?.id}`)).body as Task;
    const url = `${cardUrl}-${firstOf(plan).id}`;
    expect((now.input ?? []).flatMap(({ valueCanonical }) => valueCanonical ?? [])).toEqual([`${url}|2`]);
    const send = (questionnaire: string, linkId: string) =>
      app.doors.call('POST', address, {
        body: {
          ...{ resourceType: 'QuestionnaireResponse', status: 'completed', questionnaire },
          item: [
            { linkId: 'done', answer: [{ valueBoolean: true }] },
            { linkId: 'target.n2', item: [{ linkId, answer: [{ valueInteger: 2 }] }] },
          ],
        },
      });
    expect((await send(`${url}|3`, 'urge.n2')).status).toBe(400);
    expect((await send(`${url}|2`, 'urge.n2')).status).toBe(422);
    expect((await send(firstOf(plans().anas).questionnaire, 'urge.n2')).status).toBe(400);
    const taken = await send(`${url}|1`, 'urge.n2');
    expect(taken.status, taken.text).toBe(201);
    expect(taken.body).toMatchObject({ questionnaire: `${url}|1`, status: 'completed' });
  });

  it('brings along with a response the version that it answers, to who may read it', async () => {
    const { sarahs } = plans();
    const logged = idOf((await log('alpha', sarahs, { done: true, 'urge.n1': 1 })).body);
    const path = `QuestionnaireResponse?_id=${logged}&_include=QuestionnaireResponse:questionnaire`;
    expect(found(await fhir('gamma', path)).map(({ id }) => id)).toEqual([logged, formId(sarahs)]);
    const without = 'system/Questionnaire.rs system/QuestionnaireResponse.rs';
    expect(found(await fhir('gamma', path, without)).map(({ id }) => id)).toEqual([logged]);
  });
});

describe('in the app', () => {
  it('the patient’s page has each form that their plans name, and none of another’s', async () => {
    const { sarahs, anas } = plans();
    const session = await app.signIn(patient);
    const { body } = await app.call(session, 'GET', '/app/v1/patient');
    const page = z
      .looseObject({
        kinds: z.array(z.looseObject({ slug: z.string(), questionnaire: z.string() })),
        questionnaires: z.record(z.string(), z.unknown()),
      })
      .parse(body);
    const mine = firstOf(sarahs).questionnaire;
    expect(Object.keys(page.questionnaires)).toContain(mine);
    expect(page.kinds.find(({ questionnaire }) => questionnaire === mine)).toMatchObject({
      ...{ slug: 'target-card', ownParts: [{ name: 'targets' }, { name: 'helps' }] },
    });
    expect(JSON.stringify(body)).not.toContain(firstOf(anas).id);
    expect(JSON.stringify(body)).not.toContain('Gambling');
  });

  it('a draft is written in the form that the page shows, also when that was changed meanwhile', async () => {
    const plan = await makePlan('alpha', 'sarah', names('Cutting', 'Drinking'));
    const session = await app.signIn(patient);
    const shown = firstOf(plan).questionnaire;
    expect((await change('alpha', plan, 1, names('Cutting'))).status).toBe(200);
    const said = { assignmentId: firstOf(plan).id, performedAt, answers: { 'urge.n2': 3 }, withheld: [] };
    const path = `/app/v1/drafts/${randomUUID()}`;
    expect((await app.call(session, 'PUT', path, said)).status).toBe(422);
    const kept = await app.call(session, 'PUT', path, { ...said, questionnaire: shown });
    expect(kept.status, kept.text).toBe(200);
    expect(kept.body).toMatchObject({ log: { questionnaire: shown } });
  });
});

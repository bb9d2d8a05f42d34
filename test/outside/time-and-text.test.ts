import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BackendClient, CallFailed } from '../../src/cli/backend-client.ts';
import { awaitDelivery } from '../../src/cli/demo/await-delivery.ts';
import { playSarah } from '../../src/cli/demo/play-sarah.ts';
import { unheldTexts } from '../../src/foundation/plain-text.ts';
import { type House, openHouse } from '../start/open-house.ts';

/** The running service, beside an EHR that takes R4's rules for texts by the letter. */
let house: House;
let api: BackendClient;
const tenant = 'sandbox';

beforeAll(async () => {
  house = await openHouse();
  api = house.api(tenant);
  const strict = await fetch(`${house.ehr}/control/site/native`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ traits: ['strict-strings'] }),
  });
  expect(await strict.json()).toMatchObject({ traits: ['strict-strings'] });
  await setClock('2026-03-02T15:00:00Z');
}, 120_000);
afterAll(() => house.close());

const setClock = (set: string) => api.request('POST', '/sandbox/clock', { tenant, set });
const entry = z.looseObject({ id: z.string() });
const planView = z.looseObject({
  plan: entry,
  assignments: z.array(entry),
  occurrences: z.array(entry),
  logs: z.array(entry),
});
const bundle = z.looseObject({ entry: z.array(z.object({ resource: z.looseObject({ id: z.string() }) })).default([]) });

const step = (title: string, more: object = {}) => ({
  ...{ key: '1', kind: 'self-monitoring', title, unlock: { type: 'at-start' } },
  ...{ schedule: { type: 'once', by: '2026-03-20' }, ...more },
});
async function newPlan(body: object) {
  const given = { patientId: 'sarah', title: 'Speaking up', period: { start: '2026-03-02' }, ...body };
  return planView.parse((await api.request('POST', '/api/v1/plans', given)).body);
}
async function refusal(asked: Promise<unknown>): Promise<{ status: number; fields: string[] }> {
  const failed = await asked.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failed instanceof CallFailed)) throw new Error('it was taken');
  const { issues } = z.object({ issues: z.array(z.object({ path: z.string().default('') })) }).parse(failed.body);
  return { status: failed.status, fields: issues.map(({ path }) => path) };
}
const found = async (query: string) =>
  bundle.parse((await api.request('GET', `/fhir/${tenant}/${query}`)).body).entry.map(({ resource }) => resource);

describe('texts as people paste them', () => {
  // enketo-express#148, LinuxForHealth#2605, medplum#5629, superlog#117: what came in such texts, and what it broke
  it.each([
    ['a soft line break', 'Say one thing\u000bin the meeting', 'Say one thing in the meeting'],
    ['a page break', 'Ask\fone question', 'Ask one question'],
    ['an end of text', 'Ask one question\u0003', 'Ask one question'],
    ['NUL', 'Ask\u0000 one question', 'Ask one question'],
    ['half an emoji', 'Well done \ud83d', 'Well done'],
    ['what XML cannot write', 'Ask\uffff one question', 'Ask one question'],
    ['another script, emoji and a line separator', 'שאלה אחת 😀\u2028', 'שאלה אחת 😀'],
  ])('reach the chart with the rest of their plan: %s', async (name, title, held) => {
    const { plan, assignments } = await newPlan({
      ...{
        title,
        description: `${title}\u0007`,
        assignments: [step(title, { instructions: `First.\u000bThen.${title}` })],
      },
      goals: [{ description: title }],
    });
    const rows = await awaitDelivery(api, plan.id, 60_000);
    expect(
      rows.map(({ state }) => state),
      name,
    ).toEqual(rows.map(() => 'landed'));
    expect(await found(`CarePlan?_id=${plan.id}`)).toMatchObject([{ title: held }]);
    const [task] = await found(`Task?_id=${assignments[0]?.id}`);
    expect(task?.description).toBe(held);
    expect(JSON.stringify(task)).toContain('First.\\nThen.');
    expect([...unheldTexts(task)]).toEqual([]);
  });

  it('are refused by their field where they are an id, a code or blank, and nothing is made', async () => {
    const before = (await found('CarePlan?_summary=false')).length;
    const good = { patientId: 'sarah', title: 'x', period: { start: '2026-03-02' }, assignments: [step('x')] };
    const coding = { system: 'https://codes.example', code: 'a\u0007b' };
    const asks: [object, string][] = [
      [{ sourceId: 'plan\u0000-1' }, 'sourceId'],
      [{ sourceId: '\u00a0 ' }, 'sourceId'],
      [{ title: ' \u000b\u200b' }, 'title'],
      [{ patientId: 'sa\u0000rah' }, 'patientId'],
      [{ libraryPlan: 'x\u001f' }, 'libraryPlan'],
      [{ goals: [{ description: 'x', measure: coding }] }, 'goals[0].measure.code'],
      [{ goals: [{ description: 'x', measure: { ...coding, code: 'a  b' } }] }, 'goals[0].measure.code'],
      [{ assignments: [step('\ud800')] }, 'assignments[0].title'],
    ];
    for (const [change, field] of asks) {
      expect(await refusal(api.request('POST', '/api/v1/plans', { ...good, ...change }))).toEqual({
        ...{ status: 400, fields: [field] },
      });
    }
    expect((await found('CarePlan?_summary=false')).length).toBe(before);
  });

  it('sent again with the same characters are the same command', async () => {
    const { plan, assignments } = await newPlan({
      sourceId: 'again',
      assignments: [step('Say\u000bit')],
      title: 'T\u0007',
    });
    expect((await newPlan({ sourceId: 'again', assignments: [step('Say\u000bit')], title: 'T\u0007' })).plan.id).toBe(
      plan.id,
    );
    // and without them it is also what it was
    expect((await newPlan({ sourceId: 'again', assignments: [step('Say it')], title: 'T' })).plan.id).toBe(plan.id);
    const path = `/api/v1/assignments/${assignments[0]?.id}`;
    const log = { sourceId: 'again', performedAt: '2026-03-02T09:30:00-05:00', status: 'completed' };
    const answers = { situation: 'standup\u000bin the\u0003 morning', 'belief-before': 80, 'suds-peak': 60 };
    const barrier = { sourceId: 'again', code: 'fear', text: 'they look\u0000 at me\ud83d' };
    const ids: string[] = [];
    for (const _ of [1, 2]) {
      const logged = entry.parse((await api.request('POST', `${path}/logs`, { ...log, answers })).body);
      const said = entry.parse((await api.request('POST', `${path}/barriers`, barrier)).body);
      const told = await api.request('POST', `${path}/feedback`, {
        sourceId: 'again',
        author: 'patient',
        text: 'Thanks\u001a!',
      });
      ids.push([logged.id, said.id, entry.parse(told.body).id].join());
      expect(logged).toMatchObject({ answers: { situation: 'standup\nin the morning' } });
      expect(said).toMatchObject({ text: 'they look at me' });
      expect(told.body).toMatchObject({ text: 'Thanks!' });
    }
    expect(new Set(ids).size).toBe(1);
    const rows = await awaitDelivery(api, plan.id, 60_000);
    expect(rows.filter(({ state }) => state !== 'landed')).toEqual([]);
  });

  it('that a patient keeps private stay private', async () => {
    const { assignments } = await newPlan({ assignments: [step('Private')] });
    const secret = 'only\u000bmine';
    const answered = await api.request('POST', `/api/v1/assignments/${assignments[0]?.id}/logs`, {
      ...{
        performedAt: '2026-03-02T09:30:00-05:00',
        answers: { situation: secret, 'suds-peak': 60, 'belief-before': 1 },
      },
      withheld: ['situation'],
    });
    expect(JSON.stringify(answered.body)).not.toContain('mine');
    const { id } = entry.parse(answered.body);
    expect(JSON.stringify(await found(`QuestionnaireResponse?_id=${id}`))).not.toContain('mine');
  });

  it('from a form filler are held alike', async () => {
    const { occurrences, plan } = await newPlan({ assignments: [step('By a form')] });
    const [task] = await found(`Task?_id=${occurrences[0]?.id}`);
    const endpoint = /"(http[^"]+\/response\/[^"]+)"/.exec(JSON.stringify(task))?.[1] ?? '';
    const answer = (linkId: string, text: string) => ({ linkId, text: 'What\u000b?', answer: [{ valueString: text }] });
    const post = (change: object) =>
      fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/fhir+json' },
        body: JSON.stringify({
          ...{ resourceType: 'QuestionnaireResponse', status: 'completed' },
          questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.1.0',
          subject: { reference: 'Patient/sarah' },
          item: [
            answer('situation', 'over\u000bthe phone \ud83d'),
            { linkId: 'belief-before', answer: [{ valueInteger: 70 }] },
            { linkId: 'during', item: [{ linkId: 'suds-peak', answer: [{ valueInteger: 40 }] }] },
          ],
          ...change,
        }),
      });
    const wrong = await post({ source: { reference: 'Practitioner/a\u0000' } });
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('QuestionnaireResponse.source.reference');
    const first = await post({});
    expect(first.status, await first.clone().text()).toBe(201);
    expect(await first.text()).toContain('over\\nthe phone');
    expect((await post({})).status).toBe(200);
    expect((await awaitDelivery(api, plan.id, 60_000)).filter(({ state }) => state !== 'landed')).toEqual([]);
  });

  it('of our own are never such: Sarah’s whole case lands at that EHR', async () => {
    const { planId } = await playSarah(api, tenant, () => {});
    const rows = await awaitDelivery(api, planId, 120_000);
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter(({ state }) => state !== 'landed')).toEqual([]);
  });
}, 240_000);

describe('a day in a search', () => {
  // HAPI#1334 and blaze#1498: Seattle's and Berlin's evenings were found under the next day, or not at all
  it.each([
    ['authored-on=2026-02-10', 1],
    ['authored-on=2026-02-11', 0],
    ['authored-on=eq2026-02', 1],
    ['authored-on=ne2026-02-10', 0],
    ['authored-on=ge2026-02-10&authored-on=le2026-02-10', 1],
    ['authored-on=gt2026-02-10', 0],
    ['authored-on=lt2026-02-11', 1],
    ['authored-on=sa2026-02-09', 1],
    ['authored-on=eb2026-02-11', 1],
    ['authored-on=ap2026-02-10', 1],
    ['_lastUpdated=2026-02-10', 1],
    ['_lastUpdated=2026-02-11', 0],
    // with its zone it is not moved, and without one it is the clinic's
    ['authored-on=2026-02-11T04:30Z', 1],
    ['authored-on=2026-02-10T23:30', 1],
    ['authored-on=2026-02-10T23:31', 0],
  ])('is the clinic’s, in New York at half past eleven in the evening: Task?%s', async (query, count) => {
    const id = await eveningTask();
    expect((await found(`Task?_id=${id}&${query}`)).length).toBe(count);
  });

  it.each([
    ['date=2026-02-10', 0],
    ['date=sa2026-02-09', 1],
    ['date=sa2026-02-10', 0],
    ['date=ge2026-02-10', 1],
    ['date=eb2026-02-21', 1],
    ['date=eb2026-02-20', 0],
    ['date=2026-02', 1],
    ['date=2026', 1],
  ])('finds a plan by its first and last day: CarePlan?%s', async (query, count) => {
    const planId = await eveningPlan();
    expect((await found(`CarePlan?_id=${planId}&${query}`)).length).toBe(count);
  });

  it('finds what was logged on the day when clocks changed, at both of its ends', async () => {
    await setClock('2026-03-20T15:00:00Z');
    const { assignments } = await newPlan({ assignments: [step('Over the change')] });
    const logged = entry.parse(
      (
        await api.request('POST', `/api/v1/assignments/${assignments[0]?.id}/logs`, {
          ...{
            performedAt: '2026-03-08T23:59:59-04:00',
            answers: { situation: 'x', 'suds-peak': 5, 'belief-before': 1 },
          },
        })
      ).body,
    );
    const on = async (day: string) =>
      (await found(`Observation?derived-from=QuestionnaireResponse/${logged.id}&date=${day}`)).length;
    expect([await on('2026-03-07'), (await on('2026-03-08')) > 0, await on('2026-03-09')]).toEqual([0, true, 0]);
  });

  let evening: Promise<{ planId: string; taskId: string }> | undefined;
  const eveningPlan = async () => (await madeEvening()).planId;
  const eveningTask = async () => (await madeEvening()).taskId;
  function madeEvening() {
    evening ??= makeEvening();
    return evening;
  }
  async function makeEvening() {
    await setClock('2026-02-11T04:30:00Z');
    const { plan, assignments } = await newPlan({
      period: { start: '2026-02-10', end: '2026-02-20' },
      assignments: [step('Evening', { schedule: { type: 'once', by: '2026-02-15' } })],
    });
    return { planId: plan.id, taskId: assignments[0]?.id ?? '' };
  }
}, 60_000);

describe('a homework day', () => {
  it('never comes for the end of a plan that is for ever', async () => {
    await setClock('2026-03-02T15:00:00Z');
    const { plan, occurrences } = await newPlan({
      period: { start: '2026-03-02', end: '9999-12-31' },
      assignments: [step('Whenever', { schedule: { type: 'once', by: '9999-12-31' } })],
    });
    expect(plan).toMatchObject({ status: 'active' });
    expect(occurrences).toMatchObject([{ status: 'due' }]);
    await setClock('2027-03-02T15:00:00Z');
    const { body } = await api.request('GET', `/api/v1/plans/${plan.id}`);
    expect(planView.parse(body)).toMatchObject({ plan: { status: 'active' }, occurrences: [{ status: 'due' }] });
  });

  it('lasts until four where the patient is, on the night when clocks change too', async () => {
    // a clinician who cannot sleep plans at half past one: it is still Saturday's homework day
    await setClock('2026-03-08T06:30:00Z');
    const given = {
      patientId: 'sarah',
      title: 'Night',
      assignments: [step('Tonight', { schedule: { type: 'once', by: '2026-03-07' } })],
    };
    const { plan } = planView.parse((await api.request('POST', '/api/v1/plans', given)).body);
    expect(plan).toMatchObject({ period: { start: '2026-03-07' } });
    const status = async (at: string) => {
      await setClock(at);
      const { body } = await api.request('GET', `/api/v1/plans/${plan.id}`);
      return z.looseObject({ status: z.string() }).parse(planView.parse(body).occurrences[0]).status;
    };
    expect(await status('2026-03-08T07:59:00Z')).toBe('due');
    expect(await status('2026-03-08T08:00:00Z')).toBe('overdue');
    // the grace is a day too, and not 24 h
    expect(await status('2026-03-09T07:59:00Z')).toBe('overdue');
    expect(await status('2026-03-09T08:00:00Z')).toBe('missed');
  });
}, 60_000);

import { randomUUID } from 'node:crypto';
import type { Questionnaire, Task } from 'fhir/r4';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { after, before, first, newAnswers, oldAnswers, second } from '../kinds/walk-diary.ts';
import { fieldsIn, idOf, openWalks, performedAt, step, stepOf, type WalkPlan } from './open-walks.ts';

const { app, sarah, api, alpha, log, fhir, running, fresh, logged, begun, drafted, readPlan, response, measuresOf } =
  await openWalks();
afterAll(() => app.close());

describe('a running plan when its questionnaire gets a second version', () => {
  it('keeps the version that its steps were made with, those that are locked yet too; a new one gets the new version', async () => {
    const versions = async (plan: WalkPlan) =>
      (await readPlan(plan)).assignments.map(({ questionnaire }) => questionnaire);
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
    expect([refused.status, ...fieldsIn(refused.body)]).toEqual([
      ...[422, 'invalid-answer', 'expected', 'went', 'strain', 'distance', 'mood'],
    ]);
    expect(fieldsIn((await log(running, { ...oldAnswers, mood: 'mixed' })).body)).toEqual(['invalid-answer', 'mood']);
  });

  it('lets a log from before be amended, and finds its measures again', async () => {
    const [measure] = await measuresOf(logged);
    const answer = await alpha('PATCH', `/logs/${logged}`, { answers: { ...oldAnswers, tension: 40, weather: 'sun' } });
    expect(answer.status, answer.text).toBe(200);
    const { questionnaire, status, item = [] } = await response(logged);
    expect([questionnaire, status]).toEqual([first, 'amended']);
    expect(item.map(({ linkId }) => linkId)).toEqual(['walked', 'tension', 'mood', 'weather', 'note']);
    expect(item.find(({ linkId }) => linkId === 'note')?.text).toBe('What was it like?');
    const [again, ...none] = await measuresOf(logged);
    expect([again?.id, again?.status, again?.valueInteger ?? again?.valueQuantity?.value, none]).toEqual([
      ...[measure?.id, 'amended', 40, []],
    ]);
    const refused = await alpha('PATCH', `/logs/${logged}`, { answers: { ...oldAnswers, distance: 3 } });
    expect(fieldsIn(refused.body)).toEqual(['invalid-answer', 'distance']);
  });

  it('lets drafts from before be finished: a source’s, and one of the patient in a form that was open all the while', async () => {
    const whole = await alpha('POST', `/logs/${begun}/complete`, { answers: oldAnswers });
    expect([whole.status, (await response(begun)).questionnaire], whole.text).toEqual([200, first]);
    const saved = { assignmentId: step(running), performedAt, answers: { ...oldAnswers, mood: 'good' }, withheld: [] };
    expect((await app.call(sarah, 'PUT', `/app/v1/drafts/${drafted}`, saved)).status).toBe(200);
    const { assignmentId: _step, ...body } = { ...saved, id: drafted };
    const sent = await app.call(sarah, 'POST', `/app/v1/assignments/${step(running)}/logs`, body);
    expect(sent.status, sent.text).toBeLessThan(300);
    expect(await response(drafted)).toMatchObject({ questionnaire: first, status: 'completed' });
    const stale = { ...body, id: randomUUID(), answers: newAnswers };
    const refused = await app.call(sarah, 'POST', `/app/v1/assignments/${step(running)}/logs`, stale);
    expect([refused.status, fieldsIn(refused.body)[0]]).toEqual([422, 'invalid-answer']);
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
    expect(await codes(logged)).toEqual(['suds-peak']);
    const { body } = await log(fresh, { ...newAnswers, unsafe: true });
    expect(await codes(idOf(body))).toEqual(['practice-attempts', 'suds-peak']);
    const signals = await api('GET', '/safety-signals?patientId=sarah&status=open');
    expect(signals.text).toContain('not-safe-now');
    const early = idOf((await log(fresh, { expected: 'rain' }, { status: 'in-progress' })).body);
    await alpha('PATCH', `/logs/${early}`, { answers: { expected: 'rain', went: true } });
    const changed = await alpha('PATCH', `/logs/${early}`, { answers: { expected: 'sun', went: true } });
    expect(fieldsIn(changed.body)[0]).toBe('prediction-locked');
  });

  it('is told in a report by the lines of each version', async () => {
    const text = async (plan: WalkPlan) => {
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

describe('a service that is put back to the version before', () => {
  it('says which questionnaire it lacks, and goes on with all that it has', async () => {
    app.doors.test.install(before);
    const refused = await log(fresh, newAnswers);
    expect([refused.status, fieldsIn(refused.body)[0]]).toEqual([404, 'unknown-artefact']);
    expect(refused.text).toContain(second);
    expect((await log(running, oldAnswers)).status).toBe(201);
    const shown = await app.call(sarah, 'GET', '/app/v1/patient');
    expect([shown.status, shown.text.includes(`"${second}"`)]).toEqual([200, true]);
    expect((shown.body as { questionnaires: object }).questionnaires).not.toHaveProperty([second]);
    app.doors.test.install(after);
    expect((await log(fresh, newAnswers)).status).toBe(201);
  });
});

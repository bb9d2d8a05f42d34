import { randomUUID } from 'node:crypto';
import type { Bundle, FhirResource, Observation, QuestionnaireResponse } from 'fhir/r4';
import { expect } from 'vitest';
import { z } from 'zod';
import { after, before, oldAnswers } from '../kinds/walk-diary.ts';
import { openAppWithSources } from './app/open-app-with-sources.ts';
import { patient } from './smart/open-app.ts';

const planShape = z.object({
  plan: z.object({ id: z.string() }),
  assignments: z.array(
    z.object({ id: z.string(), key: z.string(), questionnaire: z.string(), businessStatus: z.string() }),
  ),
  occurrences: z.array(z.object({ id: z.string(), assignmentId: z.string() })),
});
export type WalkPlan = z.output<typeof planShape>;
const problem = z.object({
  code: z.string(),
  issues: z.array(z.looseObject({ path: z.string().optional() })).optional(),
});

const [morning, soon] = ['2026-03-02T16:00:00.000Z', '2026-03-02T16:10:00.000Z'];
export const performedAt = '2026-03-02T10:00:00-05:00';

export const idOf = (body: unknown): string => z.looseObject({ id: z.string() }).parse(body).id;

/** The code of a refusal, and the fields or linkIds that it names. */
export function fieldsIn(body: unknown): readonly unknown[] {
  const { code, issues = [] } = problem.parse(body);
  return [code, ...issues.map(({ path, linkId }) => path ?? linkId)];
}

/** A step of a plan by its key, and its id. */
export const stepOf = (plan: WalkPlan, key = 'a') => plan.assignments.find((assignment) => assignment.key === key);
export const step = (plan: WalkPlan, key = 'a') => stepOf(plan, key)?.id ?? '';

/**
 * The doors, with plans of walk diaries on both sides of the day on which their questionnaire got its second version. Each plan
 * has a step `a`, and a step `b` that the behaviour of `a` unlocks.
 */
export async function openWalks() {
  const app = await openAppWithSources();
  const api = (method: string, path: string, body?: unknown) => app.source('gamma', method, `/api/v1${path}`, body);
  const alpha = (method: string, path: string, body?: unknown) => app.source('alpha', method, `/api/v1${path}`, body);
  const makePlan = async (title: string): Promise<WalkPlan> => {
    const window = { start: '2026-03-01', end: '2026-04-12' };
    const schedule = { type: 'event', event: 'walk', count: 9, text: 'nine walks', window };
    const walk = { kind: 'walk-diary', schedule };
    const unlock = { type: 'after', after: 'a', criterion: { type: 'behaviour-done' } };
    const assignments = [
      { ...walk, key: 'a', title: 'A short walk', unlock: { type: 'at-start' } },
      { ...walk, key: 'b', title: 'A long walk', unlock },
    ];
    const answer = await alpha('POST', '/plans', { sourceId: title, patientId: 'sarah', title, assignments });
    expect(answer.status, answer.text).toBe(201);
    return planShape.parse(answer.body);
  };
  const log = (plan: WalkPlan, answers: object, more: object = {}) => {
    const body = { sourceId: randomUUID(), performedAt, status: 'completed', answers, ...more };
    return alpha('POST', `/assignments/${step(plan)}/logs`, body);
  };
  const fhir = async <R extends FhirResource>(path: string): Promise<R> => {
    const answer = await app.source('gamma', 'GET', `/fhir/north/${path}`);
    expect(answer.status, answer.text).toBe(200);
    return answer.body as R;
  };
  const found = async (path: string) =>
    ((await fhir<Bundle<FhirResource>>(path)).entry ?? []).flatMap(({ resource }) => resource ?? []);

  app.doors.test.install(before);
  app.doors.test.setTime('2026-03-01T15:00:00.000Z');
  const [running, waiting] = [await makePlan('Walks'), await makePlan('Other walks')];
  app.doors.test.setTime(morning);
  const sarah = await app.signIn(patient);
  const logged = idOf((await log(running, oldAnswers)).body);
  const begun = idOf((await log(running, { weather: 'fog' }, { status: 'in-progress' })).body);
  const drafted = randomUUID();
  const draft = { assignmentId: step(running), performedAt, answers: { mood: 'bad', weather: 'rain' }, withheld: [] };
  const kept = await app.call(sarah, 'PUT', `/app/v1/drafts/${drafted}`, draft);
  expect(kept.status, kept.text).toBe(200);

  app.doors.test.install(after);
  app.doors.test.setTime(soon);
  const [fresh, next] = [await makePlan('New walks'), await makePlan('Next walks')];
  return {
    ...{ app, sarah, api, alpha, log, fhir, found },
    /** Made before: one that is logged, and one whose occurrences wait. */
    ...{ running, waiting },
    /** Made after, likewise. */
    ...{ fresh, next },
    /** Of the running plan: a log, a source's draft, and one that the patient has open in the app. */
    ...{ logged, begun, drafted },
    readPlan: async ({ plan }: WalkPlan) => planShape.parse((await api('GET', `/plans/${plan.id}`)).body),
    response: (id: string) => fhir<QuestionnaireResponse>(`QuestionnaireResponse/${id}`),
    measuresOf: async (id: string) =>
      (await found(`Observation?derived-from=QuestionnaireResponse/${id}&_count=50`)) as Observation[],
  };
}

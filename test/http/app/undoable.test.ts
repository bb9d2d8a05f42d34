import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { clinician, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan, type ShownPlan, stepOf } from './app-homework.ts';
import { type AppWithSources, openAppWithSources } from './open-app-with-sources.ts';

/** A withdrawal can be undone for ten minutes, and wherever one goes the page knows of it. */
const made = '2026-03-02T16:00:00.000Z';
const until = '2026-03-02T16:10:00.000Z';
let app: AppWithSources;
let therapist: Tab;
let plan: ShownPlan;

beforeAll(async () => {
  app = await openAppWithSources();
});
beforeEach(async () => {
  app.doors.test.setTime(made);
  therapist = await app.signIn(clinician);
  plan = await assignPlan(app, therapist);
});
afterAll(() => app.close());

const step = () => stepOf(plan, '1').id;
const move = async (event: object) => {
  const answer = await app.call(therapist, 'POST', `/app/v1/assignments/${step()}/moves`, event);
  expect(answer.status).toBe(200);
  return (answer.body as { plan: { undoable?: unknown } }).plan.undoable;
};
const withdraw = () => move({ event: 'withdraw', reason: 'too big for now' });
const seenBy = async (tab: Tab) => {
  const { body } = await app.call(tab, 'GET', '/app/v1/patient');
  const { plans } = body as { plans: { plan: { id: string }; undoable?: unknown }[] };
  return plans.find((view) => view.plan.id === plan.plan.id)?.undoable;
};

it('is told with the answer, on the next page and after a reload, until it is undone', async () => {
  const undoable = [{ assignmentId: step(), until }];
  expect(await withdraw()).toEqual(undoable);
  expect(await seenBy(therapist)).toEqual(undoable);
  expect(await move({ event: 'undo-withdraw' })).toBeUndefined();
  expect(await seenBy(therapist)).toBeUndefined();
});

it.each([
  ['to the last moment', until, true],
  ['and not a second longer', '2026-03-02T16:10:01.000Z', false],
])('is told for ten minutes, %s', async (_how, time, told) => {
  await withdraw();
  app.doors.test.setTime(time);
  expect((await seenBy(therapist)) !== undefined).toBe(told);
});

it('is told to the launch that made it alone', async () => {
  await withdraw();
  expect(await seenBy(await app.signIn(clinician))).toBeUndefined();
  expect(await seenBy(await app.signIn(patient))).toBeUndefined();
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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

interface Shown {
  readonly plan: { readonly id: string };
  readonly undoable?: unknown;
  readonly barriers: readonly { readonly id: string; readonly talkedOverAt?: string; readonly talkedOver?: unknown }[];
  readonly feedback: readonly { readonly id: string; readonly readAt?: string }[];
}
const planIn = ({ status, body }: { readonly status: number; readonly body: unknown }): Shown => {
  expect(status).toBeLessThan(300);
  return (body as { plan: Shown }).plan;
};
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

/** What is noted by one press: that a barrier was talked over, that a message was read. */
describe.each([
  {
    act: 'talked over',
    begin: async () => {
      const said = await app.call(await app.signIn(patient), 'POST', `/app/v1/assignments/${step()}/barriers`, {
        code: 'fear',
        text: 'They all look at me',
      });
      const [barrier] = planIn(said).barriers;
      return { id: barrier?.id ?? '', path: `/app/v1/barriers/${barrier?.id}/talked-over`, body: {} };
    },
    named: (id: string) => ({ barrierId: id, until }),
    isNoted: (view: Shown) => view.barriers[0]?.talkedOverAt !== undefined,
  },
  {
    act: 'marked as read',
    begin: async () => {
      const said = await app.call(await app.signIn(patient), 'POST', `/app/v1/assignments/${step()}/feedback`, {
        text: 'May I do it on Friday?',
      });
      const [message] = planIn(said).feedback;
      return { id: message?.id ?? '', path: `/app/v1/feedback/${message?.id}/read`, body: { byHand: true } };
    },
    named: (id: string) => ({ feedbackId: id, until }),
    isNoted: (view: Shown) => view.feedback[0]?.readAt !== undefined,
  },
])('what was $act', ({ begin, named, isNoted }) => {
  it('is undone wherever one goes, as if it had not been noted, and can be noted again', async () => {
    const { id, path, body } = await begin();
    const noted = planIn(await app.call(therapist, 'POST', path, body));
    expect([isNoted(noted), noted.undoable]).toEqual([true, [named(id)]]);
    expect(await seenBy(therapist)).toEqual([named(id)]);
    const after = planIn(await app.call(therapist, 'DELETE', path));
    expect([isNoted(after), after.undoable]).toEqual([false, undefined]);
    // twice is once
    expect((await app.call(therapist, 'DELETE', path)).status).toBe(409);
    expect(isNoted(planIn(await app.call(therapist, 'POST', path, body)))).toBe(true);
  });

  it.each([
    ['to the last moment', until, 200],
    ['and not a second longer', '2026-03-02T16:10:01.000Z', 409],
  ])('is undone for ten minutes, %s', async (_how, time, status) => {
    const { path, body } = await begin();
    await app.call(therapist, 'POST', path, body);
    app.doors.test.setTime(time);
    expect((await app.call(therapist, 'DELETE', path)).status).toBe(status);
    expect((await seenBy(therapist)) === undefined).toBe(true);
  });

  it('is of the launch that noted it alone: who notes it again has nothing to undo', async () => {
    const { id, path, body } = await begin();
    const other = await app.signIn(clinician);
    await app.call(therapist, 'POST', path, body);
    expect(planIn(await app.call(other, 'POST', path, body)).undoable).toBeUndefined();
    expect((await app.call(other, 'DELETE', path)).status).toBe(409);
    expect((await app.call(await app.signIn(patient), 'DELETE', path)).status).toBe(403);
    expect(await seenBy(therapist)).toEqual([named(id)]);
  });
});

it('is no act that a message was seen with its page: nothing is offered for it', async () => {
  const said = await app.call(await app.signIn(patient), 'POST', `/app/v1/assignments/${step()}/feedback`, {
    text: 'Thank you',
  });
  const [message] = planIn(said).feedback;
  const read = planIn(await app.call(therapist, 'POST', `/app/v1/feedback/${message?.id}/read`, {}));
  expect([read.feedback[0]?.readAt, read.undoable]).toEqual([made, undefined]);
});

it('says to staff who talked it over, and to the patient only that it was', async () => {
  const said = await app.call(await app.signIn(patient), 'POST', `/app/v1/assignments/${step()}/barriers`, {
    code: 'no-time',
  });
  const path = `/app/v1/barriers/${planIn(said).barriers[0]?.id}/talked-over`;
  const [barrier] = planIn(await app.call(therapist, 'POST', path, {})).barriers;
  expect(barrier?.talkedOver).toEqual({ by: plan.plan.author });
  const { body } = await app.call(await app.signIn(patient), 'GET', '/app/v1/patient');
  const own = (body as { plans: Shown[] }).plans.find((view) => view.plan.id === plan.plan.id)?.barriers[0];
  expect([own?.talkedOverAt, own?.talkedOver]).toEqual([made, undefined]);
});

import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import type { PlanState } from '../../src/homework/model.ts';
import { button, type OpenedView, openView } from './open-view.tsx';
import { type } from './render.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

const [plan] = situations.firstDay.plans;

async function planPage(state: PlanState): Promise<OpenedView> {
  const opened = await openView({ ...situations.firstDay, role: 'clinician', plans: [state] }, { name: 'plan' });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.text().includes('More for this plan'));
  return opened;
}
/** What was asked besides what the pages read. */
const changes = (opened: OpenedView) =>
  opened.service.calls.filter(({ method, path }) => method !== 'GET' && path.startsWith('/app/v1/'));

/** Her first step, done in two sessions, none of which has begun. */
const inSessions: PlanState = {
  ...plan,
  assignments: plan.assignments.map((step) =>
    step.key === '1'
      ? { ...step, schedules: [{ schedule: { type: 'sessions', count: 2 }, from: step.authoredOn }] }
      : step,
  ),
  occurrences: [],
};

it('a session is begun by its button, said to have begun, and not offered while it goes on', async () => {
  const opened = await planPage(inSessions);
  const { id = '' } = inSessions.assignments.find(({ key }) => key === '1') ?? {};
  await opened.press('Start a session');
  await opened.until(() => opened.text().includes('A session of step 1 has begun.'));
  expect(changes(opened)).toEqual([{ method: 'POST', path: `/app/v1/assignments/${id}/sessions`, body: {} }]);
  expect(opened.service.plans()[0]?.occurrences).toMatchObject([{ assignmentId: id, ordinal: 1, status: 'due' }]);
  expect(button(opened.shown.box, 'Start a session')).toBeUndefined();
});

it('days off are sent as they were entered, and stand in the plan', async () => {
  const opened = await planPage(plan);
  await opened.press('More for this plan');
  await opened.press('Change this plan');
  await opened.until(() => opened.shown.box.querySelector('dialog form') !== null);
  await opened.press('Add days off');
  const field = (words: string) => {
    const labels = [...opened.shown.box.querySelectorAll<HTMLLabelElement>('dialog label')];
    const label = labels.find(({ textContent }) => textContent?.startsWith(words));
    return opened.shown.box.querySelector(`[id="${label?.htmlFor}"]`);
  };
  type(field('First day off'), '2026-03-12');
  type(field('Last day off'), '2026-03-11');
  const send = () =>
    act(async () => button(opened.shown.box.querySelector('dialog') ?? document, 'Change this plan')?.click());
  await send();
  expect(opened.text()).toContain('The last day off is before the first one.');
  expect(changes(opened)).toEqual([]);
  type(field('Last day off'), '2026-03-15');
  type(field('Reason'), ' With her sister ');
  await send();
  await opened.until(() => opened.text().includes('The plan is changed.'));
  const daysOff = [{ from: '2026-03-12', to: '2026-03-15', reason: 'With her sister' }];
  expect(changes(opened)).toMatchObject([
    { method: 'PATCH', path: `/app/v1/plans/${plan.plan.id}`, body: { daysOff } },
  ]);
  expect(opened.service.plans()[0]?.plan.daysOff).toEqual(daysOff);
});

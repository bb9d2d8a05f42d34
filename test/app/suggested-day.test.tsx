import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { PlanState } from '../../src/homework/model.ts';
import { button, type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

/** The day that stands in a form already is one that the form takes: today is Wed, Mar 25. */
let view: OpenedView | undefined;
afterEach(() => view?.close());

const plan = situations.atTheVisit.plans[0] as PlanState;

/** Her plan with this last day; 4c was to be done by yesterday. */
function ending(end: string | undefined) {
  const { end: _end, ...period } = plan.plan.period;
  const assignments = plan.assignments.map((step) =>
    step.key === '4c'
      ? { ...step, schedules: [{ schedule: { type: 'once', by: '2026-03-24' } as const, from: step.authoredOn }] }
      : step,
  );
  const its = { ...plan.plan, period: { ...period, ...(end === undefined ? {} : { end }) } };
  return { ...situations.atTheVisit, plans: [{ ...plan, plan: its, assignments }] };
}

const forms = [
  ['Add a step', 'this plan'],
  ['Make a smaller step before step 4b', 'step 4b'],
  ['Unlock step 4c', 'step 4c'],
] as const;

describe('the day that a form begins with', () => {
  it.each(
    forms.flatMap(([words, of]) => [
      { words, of, end: '2026-03-27', day: '2026-03-27' },
      { words, of, end: '2026-03-25', day: '2026-03-25' },
      { words, of, end: '2026-05-01', day: '2026-04-01' },
      { words, of, end: undefined, day: '2026-04-01' },
      // nothing fits: the form says so when it is sent
      { words, of, end: '2026-03-20', day: '2026-04-01' },
    ]),
  )('$words, in a plan that ends $end: $day', async ({ words, of, end, day }) => {
    const opened = await openView(ending(end), { name: 'plan' });
    view = opened;
    await opened.until(() => opened.shown.box.querySelector('.ladder') !== null);
    if (button(opened.shown.box, words) === undefined) await opened.press(`More for ${of}`);
    const entry = [...opened.shown.box.querySelectorAll<HTMLElement>('button, [role="menuitem"]')].find(
      ({ textContent }) => textContent?.includes(words),
    );
    await act(async () => entry?.click());
    await opened.until(() => opened.shown.box.querySelector('dialog input[type=date]') !== null);
    expect(opened.shown.box.querySelector<HTMLInputElement>('dialog input[type=date]')?.value).toBe(day);
  });
});

import { afterEach, expect, it } from 'vitest';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

const asks =
  'No step is open, and none opens by itself. Make a smaller step or unlock one below; or close the plan, under “More”.';

it('the plan page leads to the locked step that is left, and does not put closing the plan first', async () => {
  const opened = await openView(situations.atTheVisit, { name: 'plan' });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.text().includes(asks));
  const buttons = [...opened.shown.box.querySelectorAll('.plan-actions .buttons > button')];
  expect(buttons.map(({ textContent }) => textContent)).toEqual(['Assign another plan']);
  expect(opened.text()).not.toContain('Nothing is left to do');
});

const [sarah] = situations.atTheVisit.plans;
/** Nothing in it is locked any more, and what stood in the way was not talked over. */
const allOver = {
  ...sarah,
  assignments: sarah.assignments.map((step) =>
    step.status === 'draft' ? { ...step, status: 'cancelled' as const, businessStatus: 'withdrawn' as const } : step,
  ),
};

it.each([
  ['a step is locked', sarah, 'unlock one below'],
  ['all steps are over', allOver, 'is to be talked over first'],
])('of one who has died nothing is asked but to close it: %s', async (_what, plan, asked) => {
  for (const standing of [undefined, { state: 'current', confirmed: false, deceased: {} }]) {
    const situation = { ...situations.atTheVisit, plans: [plan], ...(standing === undefined ? {} : { standing }) };
    const opened = await openView(situation as never, { name: 'plan' });
    view = opened;
    await opened.until(() => opened.shown.box.querySelector('.plan-actions') !== null);
    expect(opened.text().includes(asked)).toBe(standing === undefined);
    if (standing !== undefined) expect(opened.text()).toContain('Close this plan');
    await opened.close();
  }
  view = undefined;
});

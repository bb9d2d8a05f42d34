import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { PlanState } from '../../src/homework/model.ts';
import { button, type OpenedView, openView } from './open-view.tsx';
import { type } from './render.tsx';
import { situations } from './situations.ts';

/** The words of a step can be changed when its day is over, as the service takes them; another day has to be one that can be. */
let view: OpenedView | undefined;
afterEach(() => view?.close());

const plan = situations.overdue.plans[0] as PlanState;
const ending = (end: string): PlanState => ({
  ...plan,
  plan: { ...plan.plan, period: { ...plan.plan.period, end } },
});

async function changing(state: PlanState): Promise<{ opened: OpenedView; dialog: HTMLElement }> {
  const { now } = situations.overdue;
  const opened = await openView({ ...situations.atTheVisit, now, plans: [state] }, { name: 'plan' });
  view = opened;
  await opened.until(() => opened.shown.box.querySelector('.ladder') !== null);
  await opened.press('More for step 4b');
  const entry = [...opened.shown.box.querySelectorAll<HTMLElement>('[role="menuitem"]')].find(({ textContent }) =>
    textContent?.includes('Change this step'),
  );
  await act(async () => entry?.click());
  await opened.until(() => opened.shown.box.querySelector('dialog form') !== null);
  return { opened, dialog: opened.shown.box.querySelector('dialog') as HTMLElement };
}
const field = (dialog: HTMLElement, words: string) => {
  const label = [...dialog.querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(words));
  return dialog.querySelector<HTMLInputElement>(`[id="${label?.htmlFor}"]`);
};
const send = (dialog: HTMLElement) => act(async () => button(dialog, 'Change this step')?.click());

describe('a step whose day is over, or after the last day of its plan', () => {
  it.each([
    ['its day was yesterday', plan],
    ['the plan ended before it', ending('2026-03-20')],
  ])('is reworded: %s', async (_why, state) => {
    const { opened, dialog } = await changing(state);
    type(field(dialog, 'Title'), 'Say one small thing');
    await send(dialog);
    expect(dialog.textContent).not.toMatch(/This day has passed|The plan ends before/);
    await opened.until(() => opened.text().includes('Step 4b is changed.'));
    const [changed] = opened.service.plans();
    expect(changed?.assignments.find(({ key }) => key === '4b')?.title).toBe('Say one small thing');
  });

  it.each([
    ['2026-03-20', plan, 'This day has passed.'],
    ['2026-03-30', ending('2026-03-28'), 'The plan ends before this day.'],
  ])('takes no other day that can’t be: %s', async (day, state, words) => {
    const { opened, dialog } = await changing(state);
    type(field(dialog, 'By'), day);
    await send(dialog);
    expect(dialog.textContent).toContain(words);
    expect(opened.service.calls.some(({ method }) => method === 'PATCH')).toBe(false);
  });
});

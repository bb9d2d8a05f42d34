import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import { button, type OpenedView, openView } from './open-view.tsx';
import { type } from './render.tsx';
import { situations } from './situations.ts';

/** What was wrong with a form is not said any more once it is right. */
let view: OpenedView | undefined;
afterEach(() => view?.close());

it.each([
  ['Make a smaller step before step 4b', 'step 4b', 'Put it before', 'Why?'],
  ['Withdraw', 'step 4c', 'Withdraw', 'Why?'],
  ['Excuse', 'step 4b', 'Excuse', 'Why?'],
] as const)('%s: that a reason is missing', async (words, of, finish, label) => {
  const opened = await openView({ ...situations.atTheVisit, plans: situations.opinionDue.plans }, { name: 'plan' });
  view = opened;
  await opened.until(() => opened.shown.box.querySelector('.ladder') !== null);
  const entry = () =>
    [...opened.shown.box.querySelectorAll<HTMLElement>('button, [role="menuitem"]')].find(({ textContent }) =>
      textContent?.includes(words),
    );
  if (entry() === undefined) await opened.press(`More for ${of}`);
  await act(async () => entry()?.click());
  await opened.until(() => opened.shown.box.querySelector('dialog form') !== null);
  const dialog = opened.shown.box.querySelector('dialog') as HTMLElement;
  expect(dialog.textContent).not.toContain('Please give a reason');
  await act(async () => dialog.querySelector<HTMLElement>('button[type=submit]')?.click());
  expect(button(dialog, finish)?.type).toBe('submit');
  expect(dialog.textContent).toContain('Please give a reason');
  const asked = [...dialog.querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(label));
  const box = dialog.querySelector<HTMLTextAreaElement>(`[id="${asked?.htmlFor}"]`);
  type(box, 'We talked about it');
  expect(dialog.textContent).not.toContain('Please give a reason');
  expect(box?.getAttribute('aria-invalid')).toBeNull();
});

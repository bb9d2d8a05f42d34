import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import { button, type OpenedView, openView } from './open-view.tsx';
import { click, type } from './render.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

const [plan] = situations.opinionDue.plans ?? [];
const step = plan?.assignments.find(({ key }) => key === '4b');

async function openForm(): Promise<OpenedView> {
  const opened = await openView(situations.opinionDue, { name: 'step', assignmentId: step?.id });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => button(opened.shown.box, 'Something is in the way') !== undefined);
  await opened.press('Something is in the way');
  await opened.until(() => opened.shown.box.querySelector('.barrier-form') !== null);
  return opened;
}
const told = (opened: OpenedView) => opened.service.calls.filter(({ path }) => path.endsWith('/barriers'));

it('what is in the way is told once, however often the button is pressed', async () => {
  const opened = await openForm();
  click(opened.shown.box.querySelector('.barrier-form input[type=radio]'));
  type(opened.shown.box.querySelector('.barrier-form textarea'), 'They talk so fast');
  await act(async () => button(opened.shown.box, 'Tell my clinician')?.click());
  await act(async () => button(opened.shown.box, 'Tell my clinician')?.click());
  await opened.until(() => opened.shown.box.querySelector('.barrier-form') === null);
  expect(told(opened).map(({ body }) => body)).toEqual([{ code: expect.any(String), text: 'They talk so fast' }]);
});

it('nothing is told before one is chosen, and the form says so', async () => {
  const opened = await openForm();
  await act(async () => button(opened.shown.box, 'Tell my clinician')?.click());
  expect(opened.shown.box.querySelector('.barrier-form')?.textContent).toContain('Please choose what comes closest.');
  expect(told(opened)).toEqual([]);
  click(opened.shown.box.querySelector('.barrier-form input[type=radio]'));
  expect(opened.shown.box.querySelector('.barrier-form')?.textContent).not.toContain('Please choose');
});

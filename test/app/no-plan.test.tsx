import { afterEach, expect, it } from 'vitest';
import { button, type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

const died = (at?: string) => ({ state: 'current', confirmed: false, deceased: at === undefined ? {} : { at } });

it.each([
  ['who may assign one', {}, 'No homework yet for', true],
  ['who may only read', { canWrite: false }, 'No homework yet for', false],
  ['of one who has died', { standing: died() }, 'No homework for', false],
  ['of one who has died, the EHR says when', { standing: died('2026-02-24T00:00:00.000Z') }, 'No homework for', false],
] as const)('a patient without homework, %s', async (_who, more, heading, offered) => {
  const opened = await openView({ ...situations.noPlanYet, ...more } as never);
  view = opened;
  await opened.until(() => opened.shown.box.querySelector('.card.empty h1') !== null);
  const card = opened.shown.box.querySelector('.card.empty') as HTMLElement;
  expect(card.querySelector('h1')?.textContent).toContain(heading);
  expect(button(card, 'Assign a plan') !== undefined).toBe(offered);
  expect(card.textContent?.includes('Choose a plan')).toBe(offered);
});

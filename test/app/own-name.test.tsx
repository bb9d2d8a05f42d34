import { afterEach, describe, expect, it } from 'vitest';
import { SignedInApp } from '../../smart-app/src/session/signed-in-app.tsx';
import { type OpenedView, openView, waitFor } from './open-view.tsx';
import { render } from './render.tsx';
import { situations } from './situations.ts';
import { answering, shapes } from './wrong-shapes.ts';

let view: OpenedView | undefined;
let reloaded: ReturnType<typeof render> | undefined;
afterEach(async () => {
  reloaded?.leave();
  reloaded = undefined;
  await view?.close();
  view = undefined;
});

/** Opens the app, and then once more as a reload does: from what the tab has kept. */
async function reload(situation: (typeof situations)[keyof typeof situations], words: string): Promise<HTMLElement> {
  view = await openView(situation);
  const { shown, text, until } = view;
  await until(() => text().includes(words));
  shown.leave();
  reloaded = render(<SignedInApp signedIn={undefined} />);
  return reloaded.box;
}
const nameIn = (box: HTMLElement) => box.querySelector('.user-name')?.textContent ?? undefined;
const kept = () => Object.entries({ ...sessionStorage, ...localStorage }).join(' ');

describe('who is signed in stands above a page that was reloaded', () => {
  it.each([
    ['a patient', situations.firstDay, 'To do', 'Sarah Whitfield'],
    ['a clinician', situations.atTheVisit, 'Since', 'Dr Ada Okafor'],
    ['a coordinator', situations.coordinator, 'Who needs a call', 'Maja Lindqvist'],
    ['who looks after the connection', situations.connection, 'Connection to', 'Noor Haddad'],
  ] as const)('%s, by their name, which the browser does not keep', async (_who, situation, words, name) => {
    const box = await reload(situation, words);
    await waitFor(
      () => nameIn(box) === name,
      () => box.textContent ?? '',
    );
    expect(kept()).not.toContain(name);
  });

  it.each(shapes)('and is left out, with the page as it is, where the service answers %s', async (shape) => {
    view = await openView(situations.firstDay);
    const { shown, text, until, instead } = view;
    await until(() => text().includes('To do'));
    shown.leave();
    instead(answering('GET', '/app/v1/own-name', shape));
    reloaded = render(<SignedInApp signedIn={undefined} />);
    const { box } = reloaded;
    await waitFor(
      () => box.querySelector('main:not([aria-busy]) h1') !== null,
      () => box.textContent ?? '',
    );
    expect(nameIn(box)).toBeUndefined();
    expect(box.textContent).toContain('To do');
    expect(box.textContent).not.toMatch(/could not|undefined|\[object/);
  });
});

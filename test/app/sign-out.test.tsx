import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { joinOtherTabs } from '../../smart-app/src/session/other-tabs.ts';
import { type StoredSession, storedSession } from '../../smart-app/src/session/session-store.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { type as typeInto } from './render.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const words = 'From the bus';
const dialog = (opened: OpenedView) => opened.shown.box.querySelector('dialog');
const isOut = (opened: OpenedView) => opened.text().includes('You are signed out');
const ended = (opened: OpenedView) => opened.service.calls.filter(({ method }) => method === 'DELETE');

async function writing(saved: boolean): Promise<OpenedView> {
  const step = situations.firstDay.plans[0]?.assignments.find(({ status }) => status !== 'draft');
  const opened = await openView(situations.firstDay, { name: 'log', assignmentId: step?.id });
  view = opened;
  if (!saved)
    opened.instead(({ path }) => (path.startsWith('/app/v1/drafts') ? Response.json({}, { status: 503 }) : undefined));
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.shown.box.querySelector('#q-situation') !== null);
  typeInto(opened.shown.box.querySelector('#q-situation'), words);
  await act(async () => undefined);
  return opened;
}

describe('signing out', () => {
  it('asks when something was not sent, and staying keeps all of it', async () => {
    const opened = await writing(false);
    await opened.press('Sign out');
    await opened.until(() => dialog(opened) !== null);
    expect(dialog(opened)?.textContent).toContain('it is on this device only. Signing out deletes it.');
    expect(dialog(opened)?.contains(document.activeElement)).toBe(true);
    await opened.press('Stay');
    await opened.until(() => dialog(opened) === null);
    expect(opened.shown.box.querySelector<HTMLTextAreaElement>('#q-situation')?.value).toBe(words);
    expect(ended(opened)).toEqual([]);
    expect(storedSession()).toBeDefined();

    await opened.press('Sign out');
    await opened.until(() => dialog(opened) !== null);
    await opened.press('Sign out and delete it');
    await opened.until(() => isOut(opened));
    expect(ended(opened)).toHaveLength(1);
    expect(storedSession()).toBeUndefined();
  });

  it('asks nothing when all that was written stands at the service', async () => {
    const opened = await writing(true);
    await opened.press('Sign out');
    await opened.until(() => isOut(opened));
    expect(dialog(opened)).toBeNull();
    expect(opened.service.plans()[0]?.logs[0]?.items[0]?.answers[0]?.value).toBe(words);
  });
});

describe('other tabs of the same browser', () => {
  const session = (role: string, reference: string) =>
    ({ role, user: { reference }, tenant: { id: 'sandbox' } }) as unknown as StoredSession;
  const tab = (of: StoredSession, unsent = false) => {
    const told = { out: 0 };
    const onSignedOut = (): void => {
      told.out += 1;
    };
    return { told, ...joinOtherTabs(of, { unsent: () => unsent, onSignedOut }) };
  };

  it('of the same patient are asked for what was not sent and are signed out; nobody else is', async () => {
    const own = tab(session('patient', 'Patient/sarah'));
    const second = tab(session('patient', 'Patient/sarah'), true);
    const others = [
      tab(session('patient', 'Patient/marcus'), true),
      tab(session('clinician', 'Patient/sarah'), true),
      tab({ ...session('patient', 'Patient/sarah'), tenant: { id: 'elsewhere' } } as StoredSession, true),
    ];
    expect(await own.haveUnsent()).toBe(true);
    second.leave();
    const third = tab(session('patient', 'Patient/sarah'));
    expect(await own.haveUnsent()).toBe(false);
    own.signOut();
    await expect.poll(() => third.told.out).toBe(1);
    expect([own, second, ...others].map(({ told }) => told.out)).toEqual([0, 0, 0, 0, 0]);
    for (const each of [own, third, ...others]) each.leave();
  });

  it('of a clinician, of whom each chart has its own sign-in, stay', async () => {
    const [own, second] = [
      tab(session('clinician', 'Practitioner/a'), true),
      tab(session('clinician', 'Practitioner/a'), true),
    ];
    expect(await own.haveUnsent()).toBe(false);
    own.signOut();
    expect(second.told.out).toBe(0);
  });
});

import { act } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pageOpened } from '../../smart-app/src/session/use-page-of.ts';
import { type Instead, type OpenedView, openView } from './open-view.tsx';
import { otherDevice } from './other-device.ts';
import { type } from './render.tsx';
import { situations } from './situations.ts';

const [firstDay] = situations.firstDay.plans;
const step = firstDay.assignments.find(({ key }) => key === '1')?.id ?? '';
const minute = 60_000;
let opened: OpenedView | undefined;
/** Whether each look at what the page shows was said to be by itself. */
let looks: boolean[];
const visibility = vi.spyOn(document, 'visibilityState', 'get');
// it is fetched after the first paint: that it is there is not what is tested
beforeAll(() => import('../../smart-app/src/service/keep-fresh.ts'));
beforeEach(() => {
  visibility.mockReturnValue('visible');
  looks = [];
});
afterEach(async () => {
  vi.useRealTimers();
  await opened?.close();
  opened = undefined;
});

const view = () => {
  if (opened === undefined) throw new Error('nothing is open');
  return opened;
};
const isLook: (path: string) => boolean = (path) => /^\/app\/v1\/(patient|roster)(\?|$)/.test(path);
/** Counts the looks, and answers them in the service's place, where something is to be answered. */
const answering = (answer: Instead = () => undefined): void =>
  view().instead((call) => {
    if (!isLook(call.path)) return undefined;
    looks.push(call.byItself);
    return answer(call);
  });
const isLoaded = (box: Element) => box.querySelector('header') !== null && box.querySelector('main h1') !== null;
async function open(situation: Parameters<typeof openView>[0], page?: object): Promise<void> {
  // its clock is set on by hand, and its timers run as they do
  vi.useFakeTimers({ toFake: ['Date'] });
  opened = await openView(situation, page);
  answering();
  const { shown, until } = opened;
  await until(() => isLoaded(shown.box));
}
/** Comes back to the page, after a while: as soon as it listens, it asks. */
async function comeBack(): Promise<void> {
  const before = looks.length;
  await view().until(() => {
    vi.setSystemTime(Date.now() + 5_000);
    window.dispatchEvent(new Event('focus'));
    return looks.length > before;
  });
}
const news = () => document.querySelector('.safety-news');
const told = () => news()?.textContent ?? '';

describe('a safety signal that comes while a page is left open', () => {
  it('is announced where nothing was said before, and takes no focus; who looks at it comes to it', async () => {
    await open(situations.atTheVisit);
    const place = news();
    expect([place?.getAttribute('role'), told()]).toEqual(['alert', '']);
    const tab = view().shown.box.querySelector('button');
    tab?.focus();
    const other = await otherDevice(view().service);
    await other('POST', '/safety-signals', { rule: 'harm-by-others' });
    await comeBack();
    await view().until(() => told() !== '');
    expect(told()).toMatch(/^ ?A safety signal has come: .*harm/i);
    // another place would be announced by no screen reader
    expect(news()).toBe(place);
    expect(document.activeElement).toBe(tab);
    expect(view().text()).toContain('A safety signal is open');
    await view().press('Look at it');
    expect(document.activeElement?.id).toBe('safety');
    expect(told()).toBe('');
  });

  it('is told beside one that nobody has looked at yet, until it is closed', async () => {
    await open(situations.atTheVisit);
    const other = await otherDevice(view().service);
    const { signal } = await other('POST', '/safety-signals', { rule: 'self-harm-thoughts' });
    await comeBack();
    await view().until(() => told().includes(signal.words));
    const { signal: second } = await other('POST', '/safety-signals', { rule: 'harm-to-others' });
    await comeBack();
    await view().until(() => told().includes(second.words));
    expect(told()).toContain(signal.words);
    await other('POST', `/safety-signals/${signal.id}/close`, { reason: 'Talked' });
    await comeBack();
    await view().until(() => !told().includes(signal.words));
    expect(told()).toContain(second.words);
    await other('POST', `/safety-signals/${second.id}/close`, { reason: 'Talked' });
    await comeBack();
    await view().until(() => told() === '');
  });

  it('is none where the page was opened with it', async () => {
    await open(situations.safetyOpen);
    await view().until(() => view().text().includes('A safety signal is open'));
    await comeBack();
    await comeBack();
    expect(told()).toBe('');
  });
});

it('is announced on the list as well, with whose it is', async () => {
  await open(situations.coordinator);
  await view().until(() => view().shown.box.querySelector('tbody tr') !== null);
  const list = await (await otherDevice(view().service))('GET', '/roster?sort=urgency');
  const calm = { ...list, counts: { ...list.counts, safety: 0 } };
  calm.rows = list.rows.map((row: object) => ({ ...row, openSignals: 0 }));
  answering(() => new Response(JSON.stringify(calm)));
  await comeBack();
  const [row, ...others] = calm.rows;
  const worse = { ...calm, counts: { ...calm.counts, safety: 1 }, rows: [{ ...row, openSignals: 1 }, ...others] };
  answering(() => new Response(JSON.stringify(worse)));
  await comeBack();
  await view().until(() => told() !== '');
  expect(news()?.getAttribute('role')).toBe('alert');
  expect(told()).toContain(`A safety signal has come: ${row.name}`);
  answering(() => new Response(JSON.stringify(calm)));
  await comeBack();
  await view().until(() => told() === '');
});

describe('what a page shows is brought up to date', () => {
  it('round a form that is half written: its words, the caret and the place on the page stay', async () => {
    await open(situations.firstDay, { name: 'log', assignmentId: step });
    const fieldOf = () => view().shown.box.querySelector<HTMLTextAreaElement>('#q-situation');
    await view().until(() => fieldOf() !== null);
    const field = fieldOf();
    type(field, 'In the corridor');
    field?.focus();
    field?.setSelectionRange(3, 6);
    const scrolled = [vi.spyOn(window, 'scrollTo'), vi.spyOn(Element.prototype, 'scrollIntoView')];
    const other = await otherDevice(view().service);
    await other('POST', `/assignments/${step}/barriers`, { code: 'forgot' });
    await comeBack();
    await comeBack();
    expect(fieldOf()).toBe(field);
    expect(document.activeElement).toBe(field);
    expect([field?.value, field?.selectionStart, field?.selectionEnd]).toEqual(['In the corridor', 3, 6]);
    for (const spy of scrolled) expect(spy).not.toHaveBeenCalled();
    for (const spy of scrolled) spy.mockRestore();
  });

  const json = (status: number, body: unknown) => () =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
  const notNewest = 'This may not be the newest';
  it.each<[string, Instead, string]>([
    ['says that the sign-in has ended', json(401, { code: 'session-expired', detail: 'x' }), 'Your sign-in has ended'],
    ['is refused', json(503, { code: 'internal', detail: 'x' }), notNewest],
    ['is another program’s', json(200, { hello: 'world' }), notNewest],
    ['lacks a part', json(200, { now: '2026-03-02T16:10:00.000Z', patient: {}, plans: [{}] }), notNewest],
    ['is a café’s sign-in page', () => new Response('<html>Welcome', { status: 200 }), notNewest],
    [
      'does not come',
      () => {
        throw new TypeError('Failed to fetch');
      },
      'No connection at the moment',
    ],
  ])('and stands as it was where the answer %s', async (_what, answer, words) => {
    await open(situations.firstDay);
    const main = () => view().shown.box.querySelector('main');
    const [element, cards] = [main(), main()?.querySelectorAll('article').length];
    answering(answer);
    await comeBack();
    await view().until(() => view().text().includes(words));
    expect(main()).toBe(element);
    expect(main()?.querySelectorAll('article')).toHaveLength(cards ?? 0);
    expect(view().text()).not.toMatch(/could not be loaded|Something went wrong/);
    const others = ['Your sign-in has ended', notNewest, 'No connection at the moment'].filter((one) => one !== words);
    for (const other of others) expect(view().text()).not.toContain(other);
    if (words === 'Your sign-in has ended') return;
    // the next answer that comes takes the notice away
    answering();
    await comeBack();
    await view().until(() => !view().text().includes(words));
  });
});

describe('how often a page asks that is left open', () => {
  /** Opens it with all of its timers in hand. */
  async function openStill(situation: Parameters<typeof openView>[0]): Promise<void> {
    opened = await openView(situation);
    answering();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const listening = vi.spyOn(window, 'addEventListener');
    const { box } = opened.shown;
    const isKept = () => isLoaded(box) && listening.mock.calls.some(([event]) => event === pageOpened);
    const since = performance.now();
    while (!isKept() && performance.now() - since < 10_000)
      await act(() => new Promise((resolve) => setImmediate(resolve)));
    listening.mockRestore();
    looks = [];
  }
  const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
  /** So that no answer waits for a connection while the clock goes on. */
  const refused = () => new Response('{}', { status: 503 });

  it('is once a minute, by itself, and also while something is on its way to the chart no storm', async () => {
    const [first] = situations.atTheVisit.ledger;
    await openStill({ ...situations.atTheVisit, ledger: first === undefined ? [] : [{ ...first, state: 'pending' }] });
    const newest = await (await otherDevice(view().service))('GET', '/patient');
    looks = [];
    answering(() => new Response(JSON.stringify(newest)));
    // ten looks at what is on its way, at most, besides
    for (let passed = 1; passed <= 20; passed += 1) await pass(minute);
    expect(looks.length).toBeGreaterThanOrEqual(20);
    expect(looks.length).toBeLessThanOrEqual(30);
    expect(looks).not.toContain(false);
  });

  it('is three times in ten minutes while it is refused, less and less often, and never after it is left', async () => {
    await openStill(situations.firstDay);
    answering(refused);
    await pass(10 * minute);
    expect(looks).toEqual([true, true, true]);
    await pass(50 * minute);
    expect(looks.length).toBeLessThanOrEqual(9);
    const before = looks.length;
    opened?.shown.leave();
    for (const event of ['focus', 'online', 'popstate', pageOpened]) window.dispatchEvent(new Event(event));
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(60 * minute);
    expect(looks).toHaveLength(before);
  });

  it('is never while it cannot be seen', async () => {
    await openStill(situations.firstDay);
    visibility.mockReturnValue('hidden');
    answering(refused);
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('online'));
    await pass(60 * minute);
    expect(looks).toEqual([]);
  });

  it('is never after the sign-in has ended', async () => {
    await openStill(situations.firstDay);
    answering(() => new Response('{"code":"session-expired"}', { status: 401 }));
    await pass(minute);
    expect(looks).toEqual([true]);
    window.dispatchEvent(new Event('focus'));
    await pass(60 * minute);
    expect(looks).toHaveLength(1);
  });
});

import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { arrange } from '../../smart-app/src/clinician/action.ts';
import { button, type OpenedView, openView } from './open-view.tsx';
import { click, type } from './render.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

const visit = situations.atTheVisit;

async function planPage(situation: Parameters<typeof openView>[0] = visit): Promise<OpenedView> {
  const opened = await openView(situation, { name: 'plan' });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.shown.box.querySelector('.ladder') !== null);
  return opened;
}

const rung = ({ shown }: OpenedView, key: string): HTMLElement => {
  const rungs = [...shown.box.querySelectorAll<HTMLElement>('.rung')];
  const found = rungs.find((entry) => entry.querySelector('.rung-key')?.textContent === key);
  if (found === undefined) throw new Error(`no step ${key}`);
  return found;
};
const more = (box: HTMLElement) => box.querySelector<HTMLElement>('.menu-opener');
const words = (nodes: Iterable<Element>) =>
  [...nodes].map(({ textContent }) => textContent?.replace(/(?: (?:on|to|for|before))? step \w+$/, ''));
const buttonsOf = (box: HTMLElement) => words(box.querySelectorAll('.step-actions > .buttons > button'));

function menuOf(box: HTMLElement) {
  click(more(box));
  const items = [...box.querySelectorAll('[role=menuitem]')];
  const told = { words: words(items), apart: words(items.filter(({ className }) => className === 'apart')) };
  click(more(box));
  return told;
}

describe('what can be done with a step', () => {
  it('is two buttons at most and a menu, in which withdrawing stands last and apart, never beside unlocking', async () => {
    const opened = await planPage();
    const rungs = [...opened.shown.box.querySelectorAll<HTMLElement>('.rung')];
    expect(rungs.length).toBeGreaterThan(5);
    for (const box of rungs) {
      const buttons = buttonsOf(box);
      expect(buttons.length).toBeLessThanOrEqual(2);
      expect(buttons).not.toContain('Withdraw');
      const menu = menuOf(box);
      expect(menu.apart).toEqual(menu.words.filter((entry) => entry === 'Withdraw'));
      if (menu.apart.length > 0) expect(menu.words.at(-1)).toBe('Withdraw');
      expect(new Set([...buttons, ...menu.words]).size).toBe(buttons.length + menu.words.length);
    }
    expect(buttonsOf(rung(opened, '4c'))[0]).toBe('Unlock');
    expect(menuOf(rung(opened, '4c')).words).toEqual([
      ...['Note a barrier', 'Make a smaller step', 'Change this step', 'Withdraw'],
    ]);
  });

  it.each<[string, Parameters<typeof openView>[0], string]>([
    ['a safety signal is open', situations.safetyOpen, 'Nothing unlocks while a safety signal is open.'],
    [
      'the plan is on hold',
      { ...visit, plans: visit.plans.map((state) => ({ ...state, plan: { ...state.plan, status: 'on-hold' } })) },
      'Nothing unlocks while the plan is on hold.',
    ],
  ])(
    'is not unlocking while %s, which would be refused; and the page says so, and asks for none',
    async (_, given, why) => {
      // no step but the locked one: the plan asks what is to be done
      const plans = (given.plans ?? []).map((state) => ({
        ...state,
        assignments: state.assignments.filter(({ status }) => status === 'completed' || status === 'draft'),
      }));
      for (const situation of [given, { ...given, plans }]) {
        const opened = await planPage(situation);
        const lock = rung(opened, '4c');
        expect(buttonsOf(lock)).not.toContain('Unlock');
        expect(menuOf(lock).words).not.toContain('Unlock');
        expect(menuOf(lock).words).toContain('Change this step');
        expect(opened.text()).toContain(why);
        expect(opened.text()).not.toContain('unlock one below');
        await opened.close();
      }
      expect((await planPage()).text()).not.toContain('Nothing unlocks');
    },
  );

  it.each([
    [
      ['seldom', 'first', 'often', 'often'],
      [1, 2],
      [0, 3],
    ],
    [['often', 'first', 'first'], [1, 2], [0]],
    [['seldom', 'seldom'], [], [0, 1]],
  ] as const)('%j are buttons %j and entries %j', (offers, asButtons, inMenu) => {
    const offered = offers.map((offer, ordinal) => ({
      offer,
      action: { ordinal } as { ordinal: number; apart?: true },
    }));
    const { buttons, more: rest } = arrange(offered);
    expect(buttons.map(({ action }) => action.ordinal)).toEqual(asButtons);
    expect(rest.map(({ ordinal }) => ordinal)).toEqual(inMenu);
  });

  it('what takes away is no button, however near it would be, and comes last', () => {
    const { buttons, more: rest } = arrange([
      { offer: 'first', action: { name: 'withdraw', apart: true } as const },
      { offer: 'seldom', action: { name: 'pause' } },
    ] as const);
    expect(buttons).toEqual([]);
    expect(rest.map(({ name }) => name)).toEqual(['pause', 'withdraw']);
  });

  it('is nothing for who may only read', async () => {
    const opened = await planPage({ ...visit, canWrite: false });
    expect(opened.shown.box.querySelectorAll('.step-actions, .menu, .plan-actions button')).toHaveLength(0);
    expect(rung(opened, '4c').textContent).toContain(
      'Stays locked, because step 4b is missed. It opens only by hand now.',
    );
  });
});

describe('what was done', () => {
  // the step's own stands last in it, after those of its barriers
  const said = (box: ParentNode) => [...box.querySelectorAll('[role=status].said')].at(-1)?.textContent;

  it('is said beside the step, in a place that was there before, and what is gone leaves the focus to it', async () => {
    const opened = await planPage();
    const box = rung(opened, '4c');
    const place = box.querySelector('[role=status].said');
    expect(place?.textContent).toBe('');
    await opened.press('Unlock step 4c');
    type(box.querySelector('dialog textarea'), 'She is ready');
    type(box.querySelector('dialog input[type=date]'), '2026-04-08');
    click(box.querySelector('dialog button[type=submit]'));
    await opened.until(() => said(box) !== '');
    expect(box.querySelector('[role=status].said')).toBe(place);
    expect(said(box)).toBe('Step 4c is unlocked. The patient sees it as something to do now.');
    expect(document.activeElement).toBe(place);
    expect(opened.service.plans()[0]?.assignments.at(-1)?.businessStatus).toBe('assigned');
    expect(box.textContent).toContain('You unlocked it on Wed, Mar 25: “She is ready”');
    expect(box.textContent?.match(/She is ready/g)).toHaveLength(1);
  });

  it('is not said when it was not done', async () => {
    const opened = await planPage();
    const box = rung(opened, '4c');
    await opened.press('Unlock step 4c');
    type(box.querySelector('dialog textarea'), 'She is ready');
    opened.service.refuse('/app/v1/assignments', 503, 'database-unreachable');
    click(box.querySelector('dialog button[type=submit]'));
    await opened.until(() => opened.text().includes('Something went wrong on our side'));
    expect(said(box)).toBe('');
    expect(box.querySelector('dialog')).not.toBeNull();
  });

  it.each([
    [
      '4a',
      'Give feedback',
      async (box: HTMLElement) => type(box.querySelector('dialog textarea'), 'Well done'),
      'Sent. The patient finds it under “Messages”.',
    ],
    [
      '4b',
      'Note a barrier',
      async (box: HTMLElement) => click(box.querySelector('dialog input[type=radio]')),
      'Noted at step 4b, as not talked over yet.',
    ],
    [
      '4c',
      'Withdraw',
      async (box: HTMLElement) => type(box.querySelector('dialog textarea'), 'Too big'),
      'Step 4c is withdrawn. The patient no longer sees it as something to do.',
    ],
  ])('step %s: %s', async (key, act, fill, expected) => {
    const opened = await planPage();
    const box = rung(opened, key);
    const button = [...box.querySelectorAll<HTMLElement>('.step-actions button')].find(({ textContent }) =>
      textContent?.startsWith(act),
    );
    if (button === undefined) {
      click(more(box));
      click(
        [...box.querySelectorAll('[role=menuitem]')].find(({ textContent }) => textContent?.startsWith(act)) ?? null,
      );
    } else click(button);
    await fill(box);
    click(box.querySelector('dialog button[type=submit]'));
    await opened.until(() => said(box) !== '');
    expect(said(box)).toContain(expected);
    expect(box.querySelector('dialog')).toBeNull();
  });

  it('a barrier that was talked over is said there, and the step keeps the focus', async () => {
    const opened = await planPage();
    const box = rung(opened, '4b');
    await opened.press('Talked over');
    const note = box.querySelector('.rung-barrier') as HTMLElement;
    await opened.until(() => said(note) !== '');
    expect(said(note)).toBe('Noted: “fear” was talked over.');
    expect(note.textContent).toContain('You talked it over on Wed, Mar 25.');
    expect(document.activeElement).toBe(note.querySelector('[role=status].said'));
  });

  it('closing the plan is said at its head', async () => {
    const opened = await planPage();
    const { box } = opened.shown;
    click(more(box.querySelector<HTMLElement>('.plan-actions') ?? box));
    click([...box.querySelectorAll('[role=menuitem]')].find((item) => item.textContent === 'Close this plan') ?? null);
    click(opened.shown.box.querySelector('dialog button[type=submit]'));
    await opened.until(() => opened.text().includes('This plan is completed'));
    expect(opened.shown.box.querySelector('.page-head ~ .said')?.textContent).toContain('The plan is closed.');
    expect(opened.shown.box.querySelectorAll('.step-actions')).toHaveLength(0);
  });
});

describe('a step that is over', () => {
  const open = (box: HTMLElement) => box.querySelector<HTMLDetailsElement>('.rung-fold')?.open;

  it('is one line, unless something of it waits; all of it is in the page, to be found there', async () => {
    const opened = await planPage();
    expect(['1', '2', '3', '4a', '4b', '4c'].map((key) => [key, open(rung(opened, key))])).toEqual([
      ['1', false],
      ['2', false],
      ['3', false],
      ['4a', false],
      ['4b', true],
      ['4c', true],
    ]);
    expect(rung(opened, '1').querySelector('summary')?.textContent).toContain('Step 1: Notice what happens');
    expect(rung(opened, '1').querySelector('summary')?.textContent).toContain('3 logs');
    expect(rung(opened, '1').querySelector('.instructions')?.textContent).toContain('In your next three team meetings');
  });

  it('is the current one nowhere: the first that is worked on is', async () => {
    const opened = await planPage({ ...visit, now: '2026-03-23T20:00:00.000Z', plans: situations.opinionDue.plans });
    const current = [...opened.shown.box.querySelectorAll('[aria-current=step]')];
    expect(current.map((entry) => entry.querySelector('.rung-key')?.textContent)).toEqual(['4b']);
  });

  it('of a closed plan no step is current', async () => {
    const [state] = visit.plans;
    const closed = { ...state, plan: { ...state.plan, status: 'completed' as const, closedAt: visit.now } };
    const opened = await planPage({ ...visit, plans: [closed] });
    expect(opened.shown.box.querySelectorAll('[aria-current=step]')).toHaveLength(0);
    expect(opened.text()).toContain('This plan is completed');
  });
});

describe('what a step and its confirmation say', () => {
  it('when a step is due is said once', async () => {
    const { opinionDue } = situations;
    const opened = await planPage({ ...visit, now: opinionDue.now, plans: opinionDue.plans });
    expect(rung(opened, '4b').textContent).toMatch(/ · once · (?:due by Mon, Mar 23|due today|due tomorrow)/);
    expect(rung(opened, '4b').textContent).not.toContain('once, by Mon, Mar 23');
    expect(rung(opened, '4c').textContent).toContain('once, by Mon, Mar 30');
  });

  it('only the last act is confirmed', async () => {
    const opened = await planPage(visit);
    await actOn(opened, 'Unlock step 4c', 'She asked for it', 'Unlock');
    await opened.until(() => opened.text().includes('Step 4c is unlocked.'));
    await opened.press('More for this plan');
    await opened.press('Change this plan');
    const dialog = opened.shown.box.querySelector('dialog') ?? document.body;
    type(dialog.querySelector('input[type=text]'), 'Speaking up at work');
    await act(async () => button(dialog, 'Change this plan')?.click());
    await opened.until(() => opened.text().includes('The plan is changed.'));
    expect(opened.text()).not.toContain('Step 4c is unlocked.');
    await opened.press('More for step 4c');
    await actOn(opened, 'Lock again step 4c', 'Too soon', 'Lock again');
    await opened.until(() => opened.text().includes('Step 4c is locked again. Only'));
    expect(opened.text()).not.toContain('The plan is changed.');
  });

  it.each([
    ['2026-03-20', 'This day has passed.'],
    ['2026-05-30', 'The plan ends before this day.'],
  ])('a step is not unlocked until %s, in the words of the other forms', async (day, words) => {
    const opened = await planPage(visit);
    await opened.press('Unlock step 4c');
    const dialog = opened.shown.box.querySelector('dialog');
    type(dialog?.querySelector('textarea') ?? null, 'Ready');
    type(dialog?.querySelector('input[type=date]') ?? null, day);
    await act(async () => button(dialog ?? document.body, 'Unlock')?.click());
    expect(dialog?.textContent).toContain(words);
    expect(opened.service.plans()[0]?.assignments.find(({ key }) => key === '4c')?.businessStatus).toBe('locked');
  });
});

it('the page opens at the current step, but at its head while something there can be undone', async () => {
  const scrolled: Element[] = [];
  const before = HTMLElement.prototype.scrollIntoView;
  HTMLElement.prototype.scrollIntoView = function scroll() {
    scrolled.push(this);
  };
  const scrolledRungs = () => scrolled.filter((element) => element.classList.contains('rung')).length;
  try {
    const opened = await planPage(visit);
    await opened.until(() => scrolledRungs() === 1);
    await opened.press('More for step 4c');
    await actOn(opened, 'Withdraw step 4c', 'Moved away', 'Withdraw');
    await opened.until(() => opened.text().includes('You can undo this'));
    await opened.press('Logs');
    await opened.press('Plan');
    await opened.until(() => opened.shown.box.querySelector('.ladder') !== null);
    await act(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(scrolledRungs()).toBe(1);
  } finally {
    HTMLElement.prototype.scrollIntoView = before;
  }
});

async function actOn(opened: OpenedView, words: string, reason: string, finish: string): Promise<void> {
  await opened.press(words);
  const dialog = opened.shown.box.querySelector('dialog');
  type(dialog?.querySelector('textarea') ?? null, reason);
  await act(async () => button(dialog ?? document.body, finish)?.click());
}

import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { wasAssigned, willAssign } from '../../smart-app/src/words/assign-words.ts';
import { libraryPlans } from '../../src/kinds/library/registry.ts';
import { button, type OpenedView, openView } from './open-view.tsx';
import { place } from './pages-around.tsx';
import { click, type } from './render.tsx';
import { showPlan } from './show-plan.ts';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

async function assigning(situation: Parameters<typeof openView>[0] = situations.noPlanYet): Promise<OpenedView> {
  const opened = await openView(situation, { name: 'assign' });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.shown.box.querySelector('.assign') !== null);
  // what the test before has entered is kept in this tab
  if (button(opened.shown.box, 'Start over') !== undefined) {
    await opened.press('Start over');
    click(opened.shown.box.querySelector('dialog button.primary'));
    await opened.until(() => button(opened.shown.box, 'Start over') === undefined);
  }
  return opened;
}

const line = ({ shown }: OpenedView, key: string) => shown.box.querySelector<HTMLElement>(`#tailor-${key}-line`);
const field = ({ shown }: OpenedView, key: string, name: string) =>
  shown.box.querySelector<HTMLInputElement>(`#tailor-${key}-${name}`);
const isOpen = (opened: OpenedView, key: string) => line(opened, key)?.closest('details')?.open;
const submit = ({ shown }: OpenedView) => click(shown.box.querySelector('form.assign button[type=submit]'));
const bar = ({ shown }: OpenedView) => shown.box.querySelector('.assign-bar')?.textContent;

describe('a plan that ends before one of its steps', () => {
  const status = ({ shown }: OpenedView) => shown.box.querySelector('.assign p[role=status]')?.textContent;
  it.each([
    ['2026-03-10', 'Step 1 goes on until Sun, Mar 15: that is after the plan’s end.'],
    ['2026-03-14', 'Step 1 goes on until Sun, Mar 15'],
    ['2026-03-15', ''],
    ['2026-04-20', ''],
    ['', ''],
    // said by the field itself
    ['2026-02-01', ''],
  ])('says so when its end is set to %s', async (end, words) => {
    const opened = await assigning();
    const input = opened.shown.box.querySelector<HTMLInputElement>('#plan-end');
    type(input, end);
    if (words === '') expect(status(opened)).toBe('');
    else expect(status(opened)).toContain(words);
  });

  it('names each of them, by its own dates', async () => {
    const opened = await assigning();
    type(opened.shown.box.querySelector('#plan-end'), '2026-03-14');
    type(field(opened, '2', 'by'), '2026-03-20');
    expect(status(opened)).toContain('Step 1 goes on until Sun, Mar 15; Step 2 goes on until Fri, Mar 20');
  });
});

describe('a line a step', () => {
  it('says what it is and when, closed, and what was changed of it', async () => {
    const opened = await assigning();
    expect(['1', '2', '3', '4a', '4b', '4c'].map((key) => isOpen(opened, key))).toEqual(Array(6).fill(false));
    expect(line(opened, '1')?.textContent).toContain('next three team meetings, Sun, Mar 1 to Sun, Mar 15');
    expect(line(opened, '2')?.textContent).toContain('once, within 4 days of opening');
    type(field(opened, '2', 'title'), 'Tell Jo');
    type(field(opened, '2', 'by'), '2026-03-20');
    expect(line(opened, '2')?.textContent).toContain('Step 2: Tell Jo');
    expect(line(opened, '2')?.textContent).toContain('Changed: dates, title');
    expect(line(opened, '3')?.textContent).not.toContain('Changed');
    click(line(opened, '4c')?.closest('details')?.querySelector('input[type=checkbox]') ?? null);
    expect(line(opened, '4c')?.textContent).toContain('Left out');
    expect(bar(opened)).toContain('5 steps, 1 left out. Step 1 opens as soon as you assign it.');
  });

  it('is opened by a mistake in it, which takes the focus and says what is wrong; nothing is sent', async () => {
    const opened = await assigning();
    type(field(opened, '1', 'count'), '0');
    type(field(opened, '4b', 'by'), '2026-02-01');
    expect(opened.text()).not.toContain('A whole number');
    submit(opened);
    await opened.until(() => document.activeElement === field(opened, '1', 'count'));
    expect([isOpen(opened, '1'), isOpen(opened, '2'), isOpen(opened, '4b')]).toEqual([true, false, true]);
    expect(field(opened, '1', 'count')?.getAttribute('aria-invalid')).toBe('true');
    const told = field(opened, '1', 'count')?.getAttribute('aria-describedby');
    expect(opened.shown.box.querySelector(`[id="${told}"]`)?.textContent).toBe('A whole number, from 1 to 100.');
    expect(line(opened, '4b')?.textContent).toContain('Needs a look');
    expect(bar(opened)).toContain('2 entries need a look');
    expect(opened.service.plans()).toEqual([]);
    type(field(opened, '1', 'count'), '2');
    type(field(opened, '4b', 'by'), '');
    expect(bar(opened)).toContain('6 steps.');
    submit(opened);
    await opened.until(() => opened.text().includes('Assigned.'));
    expect(opened.service.plans()).toHaveLength(1);
  });

  it('is opened by what the service does not take, which says why', async () => {
    const opened = await assigning();
    // the page itself does not know that step 2 cannot be over before step 1 begins
    type(field(opened, '1', 'from'), '2026-03-10');
    type(field(opened, '2', 'by'), '2026-03-05');
    submit(opened);
    await opened.until(() => document.activeElement === field(opened, '2', 'by'));
    expect(isOpen(opened, '2')).toBe(true);
    expect(bar(opened)).toContain(
      'A day that you chose is before step 1 begins, which opens it. Please choose another.',
    );
    expect(opened.service.plans()).toEqual([]);
    expect(field(opened, '2', 'by')?.value).toBe('2026-03-05');
  });

  it.each([
    ['plan-title', ' ', 'The plan needs a name.'],
    ['plan-start', '', 'Please choose a day.'],
    ['plan-end', '2026-02-01', 'The plan has to end after it begins.'],
  ])('a mistake in %s is told there', async (id, entered, problem) => {
    const opened = await assigning();
    type(opened.shown.box.querySelector(`#${id}`), entered);
    submit(opened);
    await opened.until(() => document.activeElement?.id === id);
    expect(opened.shown.box.querySelector(`#${id}-problem`)?.textContent).toBe(problem);
    expect(opened.service.plans()).toEqual([]);
  });
});

describe('what was entered', () => {
  it('is there again after leaving the page, and gone when it was assigned', async () => {
    const opened = await assigning();
    type(field(opened, '2', 'title'), 'Tell Jo');
    type(opened.shown.box.querySelector('#plan-title'), 'Sarah speaks up');
    await opened.press('Not now');
    await opened.press('Assign a plan');
    await opened.until(() => field(opened, '2', 'title')?.value === 'Tell Jo');
    expect(opened.shown.box.querySelector<HTMLInputElement>('#plan-title')?.value).toBe('Sarah speaks up');
    submit(opened);
    await opened.until(() => opened.text().includes('Assigned.'));
    expect(opened.service.plans()[0]?.assignments[1]?.title).toBe('Tell Jo');
    await opened.press('Assign another plan');
    await opened.until(() => field(opened, '2', 'title') !== null);
    expect(field(opened, '2', 'title')?.value).toBe('Tell one colleague what you think');
  });

  it('is taken back only after asking', async () => {
    const opened = await assigning();
    expect(button(opened.shown.box, 'Start over')).toBeUndefined();
    type(field(opened, '2', 'title'), 'Tell Jo');
    await opened.press('Start over');
    await opened.press('Keep it');
    expect(field(opened, '2', 'title')?.value).toBe('Tell Jo');
    await opened.press('Start over');
    await act(async () => opened.shown.box.querySelector<HTMLElement>('dialog button.primary')?.click());
    await opened.until(() => field(opened, '2', 'title')?.value === 'Tell one colleague what you think');
    expect(button(opened.shown.box, 'Start over')).toBeUndefined();
  });
});

describe('assigning', () => {
  it('says what the patient sees then, in a status that was there before', async () => {
    const opened = await assigning();
    submit(opened);
    await opened.until(() => opened.text().includes('Assigned.'));
    const said = [...opened.shown.box.querySelectorAll('[role=status].said')].map(({ textContent }) => textContent);
    expect(said.filter((words) => words !== '')).toEqual([
      'Assigned. Sarah Whitfield sees one thing to do now in this plan: step 1, “Notice what happens in three meetings”, due by Sun, Mar 15. 5 steps are still locked.',
    ]);
  });

  it('is not said when it did not happen, and what was entered stays', async () => {
    const opened = await assigning();
    type(field(opened, '2', 'title'), 'Tell Jo');
    opened.service.refuse('/app/v1/plans', 503, 'database-unreachable');
    submit(opened);
    await opened.until(() => opened.text().includes('Something went wrong on our side'));
    expect(opened.text()).not.toContain('Assigned.');
    expect(field(opened, '2', 'title')?.value).toBe('Tell Jo');
  });

  it('is not open to who may only read', async () => {
    const opened = await assigning({ ...situations.noPlanYet, canWrite: false });
    expect(button(opened.shown.box, 'Assign to')?.disabled).toBe(true);
  });
});

describe('for a patient who has the plan already', () => {
  it('says so before it is assigned a second time', async () => {
    const opened = await assigning(situations.atTheVisit);
    expect(opened.text()).toContain('Sarah Whitfield has this plan already');
    expect(opened.text()).toContain('“Speaking up in meetings” runs since Sun, Mar 1.');
  });

  it.each([
    ['2026-03-25', 'runs since Wed, Mar 25.'],
    ['2026-03-26', 'begins on Thu, Mar 26.'],
    ['2026-04-06', 'begins on Mon, Apr 6.'],
  ])('one that starts %s %s', async (start, words) => {
    const plans = situations.atTheVisit.plans.map((state) => ({
      ...state,
      plan: { ...state.plan, period: { ...state.plan.period, start } },
    }));
    const opened = await assigning({ ...situations.atTheVisit, plans });
    expect(opened.text()).toContain(`“Speaking up in meetings” ${words} Assigned here,`);
  });

  it('says nothing of it to others', async () => {
    expect((await assigning()).text()).not.toContain('has this plan already');
  });

  it('what was entered and not assigned is hinted at on the plan page, and nothing is where nothing was', async () => {
    const opened = await assigning(situations.atTheVisit);
    await opened.press('Not now');
    await opened.until(() => opened.shown.box.querySelector('.ladder') !== null);
    expect(opened.text()).not.toContain('You have begun to assign');
    await opened.press('Assign another plan');
    type(field(opened, '3', 'title'), '');
    await opened.until(() => bar(opened)?.includes('One entry needs a look') === true);
    expect(bar(opened)).not.toContain('6 steps');
    expect(line(opened, '3')?.textContent).toContain('Needs a look');
    await opened.press('Not now');
    await opened.until(() => opened.text().includes('You have begun to assign “Speaking up in meetings”.'));
  });
});

const steps = libraryPlans[0]?.steps ?? [];
const byHand = steps.map((step) => ({ ...step, unlock: { type: 'by-clinician' } as const }));
const atOnce = steps.map((step) => ({ ...step, unlock: { type: 'at-start' } as const }));

it.each([
  [steps, 6, '6 steps. Step 1 opens as soon as you assign it.'],
  [steps.slice(0, 1), 6, '1 step, 5 left out. Step 1 opens as soon as you assign it.'],
  [byHand, 6, '6 steps. None opens by itself: you unlock the first.'],
  [atOnce.slice(0, 3), 3, '3 steps. Steps 1, 2 and 3 open as soon as you assign it.'],
])('what assigning will do is said before: %#', (used, of, words) => {
  expect(willAssign(used, of)).toBe(words);
});

it('what the patient sees is said of plans in which several steps are open, or none', () => {
  const { now, plans } = situations.atTheVisit;
  const say = (status: 'draft' | 'requested') => {
    const assignments = plans[0].assignments.map((step) => ({ ...step, status }));
    const shown = showPlan({ ...plans[0], assignments, occurrences: [] }, { now, reader: 'clinician', ledger: [] });
    return wasAssigned(shown, 'Sarah', { now, place });
  };
  expect(say('draft')).toBe('Assigned. Sarah sees the plan, and nothing to do in it yet. 6 steps are still locked.');
  expect(say('requested')).toBe(
    'Assigned. Sarah sees 6 things to do now in this plan, the first of them “Notice what happens in three meetings”.',
  );
});

import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Situation } from './fake-service.ts';
import { button, type OpenedView, openView } from './open-view.tsx';
import { type } from './render.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

/** The same homework, as its clinician opens it. */
const asClinician = ({ now, plans = [] }: Situation): Situation => ({ ...situations.atTheVisit, now, plans });

async function planPage(situation: Situation): Promise<OpenedView> {
  const opened = await openView(asClinician(situation), { name: 'plan' });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.text().includes('More for this plan'));
  return opened;
}

/** The form that is open. */
const dialog = (opened: OpenedView): HTMLElement => opened.shown.box.querySelector('dialog') ?? opened.shown.box;
function field(opened: OpenedView, words: string): HTMLInputElement | null {
  const label = [...dialog(opened).querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(words));
  return dialog(opened).querySelector(`[id="${label?.htmlFor}"]`);
}
const step = (opened: OpenedView, key: string) =>
  opened.service.plans()[0]?.assignments.find((assignment) => assignment.key === key);

/** Opens a form by its button, or by its entry in the menu of a step (`step 1`) or of the plan. */
async function openForm(opened: OpenedView, words: string, of = 'this plan'): Promise<void> {
  if (button(opened.shown.box, words) === undefined) await opened.press(`More for ${of}`);
  const entry = [...opened.shown.box.querySelectorAll('button, [role="menuitem"]')].find(({ textContent }) =>
    textContent?.includes(words),
  );
  await act(async () => (entry as HTMLElement | undefined)?.click());
  await opened.until(() => opened.shown.box.querySelector('dialog form') !== null);
}

/** Presses the button that ends the form. */
async function send(opened: OpenedView, words: string): Promise<void> {
  expect(button(dialog(opened), words)?.type).toBe('submit');
  await act(async () => button(dialog(opened), words)?.click());
}

describe('a step of a running plan', () => {
  it('is changed: the form says what changes, what goes with it and what stays, and the page says that it was done', async () => {
    const opened = await planPage(situations.firstDay);
    await openForm(opened, 'Change this step step 1', 'step 1');
    expect(field(opened, 'How many times')?.value).toBe('3');
    type(field(opened, 'How many times'), '2');
    // the library's words go with the number, as when the plan was tailored
    expect(field(opened, 'Title')?.value).toBe('Notice what happens in two meetings');
    expect(dialog(opened).textContent).toContain('2 times instead of 3 times');
    expect(dialog(opened).textContent).toContain('Step 2 goes with it: opens once step 1 has been logged 2 times');
    expect(dialog(opened).textContent).toContain('Nothing that was planned in this step has been logged yet.');
    await send(opened, 'Change this step');
    await opened.until(() => opened.text().includes('Step 1 is changed. What was logged stays as it was.'));
    expect(step(opened, '1')).toMatchObject({
      title: 'Notice what happens in two meetings',
      businessStatus: 'assigned',
    });
    expect(step(opened, '2')?.unlock).toMatchObject({ criterion: { count: 2 } });
    const said = opened.shown.box.querySelector('[role="status"].said')?.textContent;
    expect(opened.text()).toContain(said);
    expect(opened.text()).toMatch(/Changed on .* by you: .*2 times instead of 3 times/);
  });

  it('says how many are done, and stays as it is when nothing was written', async () => {
    const opened = await planPage(situations.opinionDue);
    await openForm(opened, 'Change this step step 4b', 'step 4b');
    await send(opened, 'Change this step');
    expect(dialog(opened).textContent).toContain('Nothing is different yet.');
    type(field(opened, 'By'), '2000-01-01');
    await send(opened, 'Change this step');
    expect(dialog(opened).textContent).toContain('This day has passed.');
    type(field(opened, 'By'), '2030-05-30');
    await send(opened, 'Change this step');
    expect(dialog(opened).textContent).toContain('The plan ends before this day.');
    expect(step(opened, '4b')?.changes).toBeUndefined();
  });

  it('that is over offers no change', async () => {
    const opened = await planPage(situations.atTheVisit);
    await opened.press('More for step 1');
    expect(opened.text()).not.toContain('Change this step step 1');
    await opened.press('More for step 4c');
    expect(opened.text()).toContain('Change this step step 4c');
  });
});

describe('a smaller step', () => {
  it('is the first thing offered where a step was missed, begins with its words, needs a reason, and comes before it', async () => {
    const opened = await planPage(situations.atTheVisit);
    const offered = button(opened.shown.box, 'Make a smaller step before step 4b');
    expect(offered?.className).toContain('secondary');
    await openForm(opened, 'Make a smaller step before step 4b');
    expect(field(opened, 'Title')?.value).toBe(step(opened, '4b')?.title);
    expect(dialog(opened).textContent).toContain('1 missed stays as it is, with the words it had.');
    expect(dialog(opened).textContent).toContain('Make them smaller.');
    type(field(opened, 'Title'), 'Say “I agree with that” once');
    await send(opened, 'Put it before');
    expect(dialog(opened).textContent).toContain('Please give a reason');
    type(field(opened, 'Why?'), 'Too big a jump');
    await send(opened, 'Put it before');
    await opened.until(() => opened.text().includes('Step 4b-1 comes first now.'));
    expect(step(opened, '4b-1')).toMatchObject({ businessStatus: 'assigned', title: 'Say “I agree with that” once' });
    expect(step(opened, '4b')).toMatchObject({ businessStatus: 'locked', unlock: { after: '4b-1' } });
    const relocked = [...opened.shown.box.querySelectorAll('.rung')].find(
      (rung) => rung.querySelector('.rung-key')?.textContent === '4b',
    );
    expect(relocked?.textContent).toMatch(
      /Step 4b-1 comes before it, as a smaller step, and it waits for that one; once, within 7 days of opening instead of once, by Mon, Mar 23\./,
    );
    // why it is locked is said once
    expect(relocked?.textContent?.match(/Opens once step 4b-1/g)).toHaveLength(1);
    expect(opened.text()).toContain('Opened when it was put into the plan, on Wed, Mar 25.');
    expect(opened.text()).toContain('Too big a jump');
  });
});

describe('another step', () => {
  it('is put where it belongs and opens as was said', async () => {
    const opened = await planPage(situations.firstDay);
    await openForm(opened, 'Add a step');
    await send(opened, 'Add this step');
    expect(dialog(opened).textContent).toContain('Please give it a title.');
    expect(dialog(opened).textContent).toContain('Please say what to do.');
    type(field(opened, 'Title'), 'Notice your voice');
    type(field(opened, 'What to do'), 'Once, in any meeting.');
    await send(opened, 'Add this step');
    await opened.until(() => opened.text().includes('The patient sees it as something to do now.'));
    expect(step(opened, '5')).toMatchObject({ title: 'Notice your voice', businessStatus: 'assigned' });
  });
});

describe('a form that is left', () => {
  it.each([
    ['Change this step step 1', 'step 1', 'Title'],
    ['Change this step step 1', 'step 1', 'Why?'],
    ['Make a smaller step before step 1', 'step 1', 'Why?'],
    ['Add a step', 'this plan', 'What to do'],
  ])('%s (of %s): “%s” is kept when it is closed, and forgotten when it is cancelled', async (words, of, name) => {
    const opened = await planPage(situations.firstDay);
    const leave = async (by: string) => {
      const way = [...dialog(opened).querySelectorAll('button')].find(
        (entry) => entry.textContent === by || entry.getAttribute('aria-label') === by,
      );
      await act(async () => way?.click());
      expect(opened.shown.box.querySelector('dialog')).toBeNull();
    };
    await openForm(opened, words, of);
    const first = field(opened, name)?.value;
    type(field(opened, name), 'In our words');
    await leave('Close');
    await openForm(opened, words, of);
    expect(field(opened, name)?.value).toBe('In our words');
    await leave('Cancel');
    await openForm(opened, words, of);
    expect(field(opened, name)?.value).toBe(first);
  });
});

describe('the plan itself', () => {
  it('gets another name and another end', async () => {
    const opened = await planPage(situations.firstDay);
    await openForm(opened, 'Change this plan');
    type(field(opened, 'Name of the plan'), 'Speaking up at work');
    await send(opened, 'Change this plan');
    await opened.until(() => opened.text().includes('The plan is changed. Its steps stay as they are.'));
    expect(opened.shown.box.querySelector('h1')?.textContent).toBe('Speaking up at work');
  });
});

it('the assign page says of later changes what is true', async () => {
  const opened = await openView(situations.noPlanYet, { name: 'assign' });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.text().includes('can be changed later'));
  expect(opened.text()).toContain(
    'Words, times and steps can be changed later, too; what was done by then stays as it was.',
  );
});

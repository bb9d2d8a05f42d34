import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { PlanState } from '../../src/homework/model.ts';
import { button, type OpenedView, openView } from './open-view.tsx';
import { type } from './render.tsx';
import { newerPlan, situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const { atTheVisit, safetyOpen } = situations;
const [sarah] = atTheVisit.plans;
const plan = sarah as PlanState;

async function open(situation: Parameters<typeof openView>[0] = atTheVisit): Promise<OpenedView> {
  const opened = await openView(situation);
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.shown.box.querySelector('.needs-care') !== null);
  return opened;
}

const items = ({ shown }: OpenedView) => [...shown.box.querySelectorAll<HTMLElement>('.care-item')];
const headings = (of: OpenedView) => items(of).map((item) => item.querySelector('h3')?.textContent ?? item.textContent);
const said = ({ shown }: OpenedView) => shown.box.querySelector('.needs-care [role=status]')?.textContent;
const itemOf = (of: OpenedView, words: string): HTMLElement => {
  const found = items(of).find(({ textContent }) => textContent?.includes(words));
  if (found === undefined) throw new Error(`nothing about ${words} in ${headings(of).join(' | ')}`);
  return found;
};
const pressIn = async (box: ParentNode | null, words: string) => {
  if (box === null) throw new Error(`nowhere to press ${words}`);
  await act(async () => button(box, words)?.click());
};
const dialog = ({ shown }: OpenedView) => shown.box.querySelector('dialog');
const field = (box: ParentNode | null, label: string) => {
  const found = [...(box?.querySelectorAll('label') ?? [])].find(({ textContent }) => textContent?.startsWith(label));
  return box?.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[id="${found?.htmlFor}"]`) ?? null;
};

/** What each of Sarah's items is, what is done about it, and what stands there then. */
const acts = [
  {
    about: 'In the way of step 4b',
    async act(of: OpenedView) {
      await pressIn(itemOf(of, 'In the way of step 4b'), 'Talked over');
    },
    call: /^POST \/app\/v1\/barriers\/[^/]+\/talked-over$/,
    says: 'Talked over: “Afraid of being contradicted in front of the team”',
  },
  {
    about: 'A message from the patient on step 4a',
    async act(of: OpenedView) {
      await pressIn(itemOf(of, 'A message from the patient'), 'Answer');
      await of.until(() => dialog(of) !== null);
      expect(dialog(of)?.textContent).toContain('Lighter than I thought. But now I worry');
      type(dialog(of)?.querySelector('textarea') ?? null, 'Then we look at that together');
      await pressIn(dialog(of), 'Send to the patient');
    },
    call: /^POST \/app\/v1\/assignments\/[^/]+\/feedback$/,
    says: 'Your answer was sent to the patient.',
  },
  {
    about: 'A message from the patient on step 4a',
    async act(of: OpenedView) {
      await pressIn(itemOf(of, 'A message from the patient'), 'Mark as read');
    },
    call: /^POST \/app\/v1\/feedback\/[^/]+\/read$/,
    says: 'The message is marked as read.',
  },
  {
    about: 'Step 4c: Lead a small part of the meeting stays locked',
    async act(of: OpenedView) {
      await pressIn(itemOf(of, 'Step 4c'), 'Unlock step 4c');
      await of.until(() => dialog(of) !== null);
      type(dialog(of)?.querySelector('textarea') ?? null, 'She wants to try it');
      await pressIn(dialog(of), 'Unlock');
    },
    call: /^POST \/app\/v1\/assignments\/[^/]+\/moves$/,
    says: 'Step 4c is unlocked.',
  },
] as const;

describe.each([
  { about: 'In the way of step 4b', press: 'Talked over', says: 'counts as not talked over again' },
  { about: 'A message from the patient on step 4a', press: 'Mark as read', says: 'The message is unread again.' },
])('$about: $press', ({ about, press: words, says }) => {
  it('is taken back from the head of the page, and stands in its place again as it was', async () => {
    const opened = await open();
    const before = headings(opened);
    await pressIn(itemOf(opened, about), words);
    await opened.until(() => opened.text().includes('You can undo this for'));
    expect(headings(opened)).not.toEqual(before);
    const undo = [...opened.shown.box.querySelectorAll<HTMLElement>('.notice')].find((notice) =>
      notice.textContent?.includes('You can undo this for'),
    );
    await pressIn(undo ?? null, 'Undo');
    await opened.until(() => opened.text().includes(says));
    expect(headings(opened)).toEqual(before);
    expect(itemOf(opened, about)?.textContent).toContain(words);
    expect(opened.text()).not.toContain('You can undo this for');
    // nor does anything say the contrary, seen or unseen
    expect(said(opened)).toBe('');
  });
});

describe.each(acts)('$about: $says', ({ about, act: doIt, call, says }) => {
  it('is done without leaving the page, said, and stands in its place; focus goes on from there', async () => {
    const opened = await open();
    const at = headings(opened).findIndex((words) => words?.includes(about));
    const others = headings(opened).toSpliced(at, 1);
    await doIt(opened);
    await opened.until(() => said(opened)?.includes(says) === true);
    expect(
      opened.service.calls.map(({ method, path }) => `${method} ${path}`).filter((text) => call.test(text)),
    ).toHaveLength(1);
    expect(opened.shown.box.querySelector('h1')?.textContent).toContain('Since ');
    expect(dialog(opened)).toBeNull();
    expect(items(opened)[at]?.textContent).toContain(says);
    expect(headings(opened).toSpliced(at, 1)).toEqual(others);
    expect(items(opened)[at]?.contains(document.activeElement)).toBe(true);
  });

  it('is not said to be done when the service refuses it, and can be done again', async () => {
    const opened = await open();
    opened.service.refuse('/app/v1/', 500, 'internal');
    await doIt(opened);
    await opened.until(() => opened.shown.box.querySelector('.needs-care [role=alert]') !== null);
    expect(said(opened)).toBe('');
    expect(opened.text()).not.toContain(says);
    expect(headings(opened).some((words) => words?.includes(about))).toBe(true);
    // and works when the service does
    opened.service.mend();
    const again = [...(dialog(opened) ?? itemOf(opened, about)).querySelectorAll('button')].find(({ textContent }) =>
      /^(Talked over|Mark as read|Send to the patient|Unlock)/.test(textContent ?? ''),
    );
    await act(async () => again?.click());
    await opened.until(() => said(opened)?.includes(says) === true);
  });
});

describe('what was done', () => {
  it('is gone when the page is opened anew', async () => {
    const opened = await open();
    await acts[0].act(opened);
    await opened.until(() => said(opened) !== '');
    await opened.press('Plan');
    await opened.until(() => opened.shown.box.querySelector('.needs-care') === null);
    await opened.press('Overview');
    await opened.until(() => opened.shown.box.querySelector('.needs-care') !== null);
    expect(opened.text()).not.toContain('Talked over: ');
    expect(headings(opened).filter((words) => words?.includes('In the way'))).toEqual([]);
  });

  it('an unlock can be taken back while the patient has not looked: the step waits again', async () => {
    const opened = await open();
    await acts[3].act(opened);
    await opened.until(() => said(opened)?.includes('is unlocked') === true);
    await pressIn(itemOf(opened, 'Step 4c is unlocked'), 'Lock again');
    await opened.until(() => dialog(opened) !== null);
    type(dialog(opened)?.querySelector('textarea') ?? null, 'The wrong one');
    await pressIn(dialog(opened), 'Lock again');
    await opened.until(() => said(opened)?.includes('locked again') === true);
    expect(dialog(opened)).toBeNull();
    expect(itemOf(opened, 'was locked again').textContent).toContain('The wrong one');
    expect(button(itemOf(opened, 'was locked again'), 'Unlock step 4c')).toBeDefined();
    expect(document.activeElement?.id).toBe('care');
  });

  it('an unlock can be taken back after another page was looked at, too, and says until when; what is open is named', async () => {
    const opened = await open();
    await acts[3].act(opened);
    await opened.until(() => said(opened)?.includes('is unlocked') === true);
    const again = () =>
      [...opened.shown.box.querySelectorAll('button')].filter(({ textContent }) =>
        textContent?.startsWith('Lock again'),
      );
    expect(again()).toHaveLength(1);
    expect(itemOf(opened, 'Step 4c is unlocked').textContent).toContain('Until the patient has looked at it');
    await opened.press('Messages');
    await opened.until(() => opened.shown.box.querySelector('.needs-care') === null);
    await opened.press('Overview');
    await opened.until(() => opened.shown.box.querySelector('.needs-care') !== null);
    expect(opened.shown.box.querySelector('.open-now')?.textContent).toContain('Step 4c: Lead a small part');
    const item = itemOf(opened, 'was unlocked by hand on Wed, Mar 25');
    expect(item.textContent).toContain('Until the patient has looked at it');
    expect(again()).toHaveLength(1);
    await pressIn(item, 'Lock again');
    await opened.until(() => dialog(opened) !== null);
    type(dialog(opened)?.querySelector('textarea') ?? null, 'The wrong one');
    await pressIn(dialog(opened), 'Lock again');
    await opened.until(() => said(opened)?.includes('locked again') === true);
    expect(itemOf(opened, 'was locked again').textContent).toContain('The wrong one');
    expect(again()).toEqual([]);
    expect(opened.shown.box.querySelector('.open-now')?.textContent).toBe('No step is open now.');
  });

  it('a sheet that is left without a word changes nothing', async () => {
    const opened = await open();
    const before = headings(opened);
    await pressIn(itemOf(opened, 'Step 4c'), 'Unlock step 4c');
    await opened.until(() => dialog(opened) !== null);
    await pressIn(dialog(opened), 'Cancel');
    expect(headings(opened)).toEqual(before);
    expect(said(opened)).toBe('');
  });
});

describe('a step that stays locked because the one before it was too hard', () => {
  it('offers the smaller step before the harder one, and says why that before it was not done', async () => {
    const [state] = atTheVisit.plans;
    const talked = { talkedOverAt: '2026-03-25T18:00:00.000Z', talkedOver: { by: 'Practitioner/dr-okafor' } };
    const barriers = state?.barriers.map((barrier) => ({ ...barrier, ...talked })) ?? [];
    const opened = await open({ ...atTheVisit, plans: state === undefined ? [] : [{ ...state, barriers }] });
    const item = itemOf(opened, 'Step 4c');
    const [first, second] = item.querySelectorAll('.care-action button');
    expect([first?.textContent, second?.textContent]).toEqual(['Make a smaller step before step 4b', 'Unlock step 4c']);
    expect([first?.className, second?.className]).toEqual(['secondary small', 'plain small']);
    expect(item.textContent).toMatch(
      /In the way of step 4b: fear, “\W*Afraid of being contradicted.*You talked it over/,
    );
  });

  it('offers a smaller step before that one, in place; said, and in the plan', async () => {
    const opened = await open();
    await pressIn(itemOf(opened, 'Step 4c'), 'Make a smaller step before step 4b');
    await opened.until(() => dialog(opened)?.querySelector('textarea') != null);
    expect(dialog(opened)?.textContent).toContain('Make a smaller step before step 4b');
    type(field(dialog(opened), 'Title'), 'Say one word');
    type(field(dialog(opened), 'Why?'), 'One word first');
    await pressIn(dialog(opened), 'Put it before');
    await opened.until(() => said(opened)?.includes('comes first now. Step 4b waits for it') === true);
    expect(dialog(opened)).toBeNull();
    expect(opened.shown.box.querySelector('h1')?.textContent).toContain('Since ');
    const item = itemOf(opened, 'comes first now');
    expect(item.contains(document.activeElement)).toBe(true);
    expect(button(item, 'Lock again')).toBeUndefined();
    const made = opened.service.plans()[0]?.assignments.find(({ title }) => title === 'Say one word');
    const hard = opened.service.plans()[0]?.assignments.find(({ key }) => key === '4b');
    expect(made?.status).toBe('requested');
    expect([hard?.status, hard?.unlock]).toMatchObject(['draft', { type: 'after', after: made?.key }]);
  });

  it.each<[string, Partial<PlanState['assignments'][number]>, string]>([
    ['declined', { status: 'rejected', businessStatus: 'declined' }, '4b'],
    ['stopped by the patient', { status: 'cancelled', businessStatus: 'stopped-by-patient' }, '4b'],
    // nothing can come before what is done or was taken out
    ['done, and did not open it', { status: 'completed', businessStatus: 'done' }, '4c'],
    ['withdrawn', { status: 'cancelled', businessStatus: 'withdrawn' }, '4c'],
  ])('when that one was %s', async (_, became, key) => {
    const assignments = plan.assignments.map((step) => (step.key === '4b' ? { ...step, ...became } : step));
    const opened = await open({ ...atTheVisit, plans: [{ ...plan, assignments }] });
    expect(offered(opened).filter((words) => words.startsWith('Make'))).toEqual([
      `Make a smaller step before step ${key}`,
    ]);
  });

  it('also while nothing unlocks, for that is no unlock', async () => {
    const held = { ...plan, plan: { ...plan.plan, status: 'on-hold' } } as const;
    for (const situation of [{ ...atTheVisit, plans: [held] }, safetyOpen]) {
      const opened = await open(situation);
      expect(offered(opened).filter((words) => /^(Make|Unlock)/.test(words))).toEqual([
        'Make a smaller step before step 4b',
      ]);
      await opened.close();
    }
  });
});

describe('with several plans', () => {
  it('what needs care first is first, whichever plan it is of, and acts on its own plan', async () => {
    const opened = await open({ ...atTheVisit, plans: [newerPlan, plan] });
    expect(headings(opened)[0]).toContain('In the way of step 4b');
    expect(items(opened)[0]?.textContent).toContain('Speaking up in meetings');
    const locks = headings(opened).filter((words) => words?.includes('stays locked'));
    expect(locks).toHaveLength(2);
    await pressIn(itemOf(opened, 'Step 2'), 'Unlock step 2');
    await opened.until(() => dialog(opened) !== null);
    type(dialog(opened)?.querySelector('textarea') ?? null, 'A fresh start');
    await pressIn(dialog(opened), 'Unlock');
    await opened.until(() => said(opened)?.includes('Step 2 is unlocked') === true);
    const states = opened.service.plans();
    expect(states.find(({ plan: { id } }) => id === newerPlan.plan.id)?.assignments[1]?.businessStatus).toBe(
      'assigned',
    );
    expect(states.find(({ plan: { id } }) => id === plan.plan.id)?.assignments.at(-1)?.businessStatus).toBe('locked');
  });
});

const refusable = /^(Talked over|Answer|Mark as read|Unlock|Make a smaller|Lock again|Write to|Close the plan|Assign)/;
const offered = (of: OpenedView) =>
  items(of)
    .flatMap((item) => [...item.querySelectorAll('button')])
    .map(({ textContent }) => textContent ?? '')
    .filter((words) => refusable.test(words));

describe('nothing is offered that would be refused', () => {
  it('to somebody who may only read: no button, and who can do it', async () => {
    const opened = await open({ ...atTheVisit, canWrite: false });
    expect(headings(opened).length).toBeGreaterThan(2);
    expect(offered(opened)).toEqual([]);
    expect(itemOf(opened, 'Step 4c').textContent).toContain('Its clinician can unlock it.');
  });

  it('to a coordinator who reads along', async () => {
    const opened = await openView({ ...atTheVisit, role: 'coordinator', roster: situations.coordinator.roster });
    view = opened;
    expect(opened.shown).toBeDefined();
    await opened.press(`Open ${situations.coordinator.roster[0]?.name}`);
    await opened.until(() => opened.shown.box.querySelector('.needs-care') !== null);
    expect(offered(opened)).toEqual([]);
  });

  it('while a safety signal is open: nothing unlocks, and no plan is proposed to be closed', async () => {
    const opened = await open(safetyOpen);
    expect(offered(opened).filter((words) => words.startsWith('Unlock'))).toEqual([]);
    expect(itemOf(opened, 'Step 4c').textContent).toContain('Nothing unlocks while a safety signal is open.');
    expect(opened.text()).toContain('The safety signal above comes first.');
    expect(offered(opened)).toContain('Talked over: fear');
  });

  it('in a plan on hold: nothing unlocks', async () => {
    const opened = await open({ ...atTheVisit, plans: [{ ...plan, plan: { ...plan.plan, status: 'on-hold' } }] });
    expect(offered(opened).filter((words) => words.startsWith('Unlock'))).toEqual([]);
    expect(itemOf(opened, 'Step 4c').textContent).toContain('The plan is on hold.');
  });

  it('in a plan that is over a message can be answered still, and is read then', async () => {
    const closed = { ...plan.plan, status: 'completed', closedAt: '2026-03-25T10:00:00.000Z' } as const;
    const opened = await open({ ...atTheVisit, plans: [{ ...plan, plan: closed }] });
    expect(offered(opened).map((words) => words.replace(/ the message.*/, ''))).toEqual(['Answer', 'Mark as read']);
    await acts[1].act(opened);
    await opened.until(() => said(opened) === acts[1].says);
    await opened.until(
      () =>
        opened.service
          .plans()[0]
          ?.feedback.every(({ readAt, author }) => author !== 'patient' || readAt !== undefined) === true,
    );
  });
});

describe('what needs care', () => {
  it('of a step that the patient declined with a reason is one matter, not two', async () => {
    const declined: PlanState = {
      ...plan,
      assignments: plan.assignments.map((step) =>
        step.key === '4b' ? { ...step, status: 'rejected', businessStatus: 'declined' } : step,
      ),
    };
    const opened = await open({ ...atTheVisit, plans: [declined] });
    expect(itemOf(opened, 'In the way of step 4b').textContent).toContain('Declined.');
    expect(
      headings(opened).filter((words) => words?.includes('4b') === true && !words.includes('stays locked')),
    ).toHaveLength(1);
  });

  it('of one that was declined without any reason asks for a word, until there is one', async () => {
    const declined: PlanState = {
      ...plan,
      assignments: plan.assignments.map((step) =>
        step.key === '4b' ? { ...step, status: 'rejected', businessStatus: 'declined' } : step,
      ),
      barriers: [],
    };
    const opened = await open({ ...atTheVisit, plans: [declined] });
    await pressIn(itemOf(opened, 'Step 4b: Offer a small opinion – declined'), 'Write to the patient');
    await opened.until(() => dialog(opened) !== null);
    type(dialog(opened)?.querySelector('textarea') ?? null, 'What made it too much?');
    await pressIn(dialog(opened), 'Send to the patient');
    await opened.until(() => said(opened)?.includes('Your message about step 4b was sent') === true);
    await opened.press('Plan');
    await opened.press('Overview');
    await opened.until(() => opened.shown.box.querySelector('.needs-care') !== null);
    expect(headings(opened).filter((words) => words?.includes('– declined'))).toEqual([]);
  });

  it('of a plan in which nothing is left to do says so, with what comes next', async () => {
    const over: PlanState = {
      ...plan,
      assignments: plan.assignments.filter(({ key }) => key !== '4c'),
      ...{ barriers: [], feedback: [] },
    };
    const opened = await open({ ...atTheVisit, plans: [over] });
    const item = itemOf(opened, 'Nothing is left to do in the plan');
    await pressIn(item, 'Assign another plan');
    await opened.until(() => opened.text().includes('Go through it together'));
  });
});

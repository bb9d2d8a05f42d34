import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Assignment, PlanState } from '../../src/homework/model.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { type } from './render.tsx';
import { situations } from './situations.ts';

/** What the patient is told of what happened since they last looked, and of what they themselves began. */
let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const [plan] = situations.firstDay.plans;
const [step] = plan.assignments;
if (step === undefined) throw new Error('Sarah has steps');

async function open(plans: readonly PlanState[], page?: object): Promise<OpenedView> {
  view = await openView({ ...situations.firstDay, plans }, page);
  const { shown } = view;
  await view.until(() => shown.box.querySelector('main:not([aria-busy]) h1') !== null);
  return view;
}

describe('a step that the clinician changed', () => {
  const at = '2026-03-01T16:00:00.000Z';
  const event = {
    type: 'event',
    event: 'team meeting',
    text: 'next team meetings',
    window: { start: '2026-03-01', end: '2026-03-10' },
  } as const;
  type Change = NonNullable<Assignment['changes']>[number];
  const told = async (...changes: readonly Change[]): Promise<string> => {
    const changed = plan.assignments.map((each) => (each === step ? { ...each, changes } : each));
    const opened = await open([{ ...plan, assignments: changed }], { name: 'step', assignmentId: step.id });
    await opened.until(() => opened.text().includes('What to do'));
    return (opened.shown.box.querySelector('.step-changed')?.textContent ?? '').replaceAll(/[\u2068\u2069]/g, '');
  };

  it.each<[string, readonly Change[], string]>([
    [
      'its times',
      [{ at, schedule: { from: { ...event, count: 3 }, to: { ...event, count: 2 } } }],
      'Your clinician changed this step on Sun, Mar 1: 2 times instead of 3 times.',
    ],
    [
      'its words',
      [{ at, instructions: { from: 'a', to: 'b' }, rationale: { from: 'a', to: 'b' } }],
      'Your clinician changed this step on Sun, Mar 1: What to do was reworded; Why it is done was reworded.',
    ],
    [
      'its name, and not what staff decide among themselves',
      [
        {
          at,
          title: { from: 'Look', to: 'Notice' },
          unlock: { to: { type: 'by-clinician' } },
          reason: 'too much for her',
        },
      ],
      'Your clinician changed this step on Sun, Mar 1: Title: “Notice” instead of “Look”.',
    ],
    [
      'the last time that something of it was changed that they read',
      [
        { at, instructions: { from: 'a', to: 'b' } },
        { at: '2026-03-02T15:00:00.000Z', step: { from: 2, to: 1 } },
      ],
      'Your clinician changed this step on Sun, Mar 1: What to do was reworded.',
    ],
    ['nothing that they read', [{ at, step: { from: 2, to: 1 } }], ''],
  ])('says what it was: %s', async (_what, changes, words) => {
    expect(await told(...changes)).toBe(words);
  });
});

describe('an answer to a message that was begun', () => {
  const message = {
    ...{ id: 'm1', planId: plan.plan.id, assignmentId: step.id, author: 'Practitioner/dr-okafor', patientId: 'sarah' },
    ...{ text: 'How did the first one go?', sentAt: '2026-03-02T10:00:00.000Z' },
  } as unknown as PlanState['feedback'][number];
  const begun = 'You began to answer a message';

  it('is offered first on what there is to do, until it is sent', async () => {
    const opened = await open([{ ...plan, feedback: [message] }]);
    const { box } = opened.shown;
    expect(opened.text()).not.toContain(begun);
    await opened.press('Messages');
    await opened.press('Answer');
    await opened.until(() => box.querySelector('article textarea') !== null);
    act(() => type(box.querySelector('article textarea'), 'Better than I'));
    await opened.press('To do');
    await opened.until(() => opened.text().includes(begun));
    const first = box.querySelector('article');
    expect(first?.textContent).toContain(begun);
    expect(first?.textContent).toContain('How did the first one go?');
    expect(first?.textContent).toContain('It is not sent yet.');
    await opened.press('Go on with it');
    await opened.until(() => box.querySelector('article textarea') !== null);
    expect(box.querySelector<HTMLTextAreaElement>('article textarea')?.value).toBe('Better than I');
    await opened.press('Send');
    await opened.until(() => opened.service.plans()[0]?.feedback.length === 2);
    await opened.press('To do');
    await opened.until(() => opened.text().includes('Hello'));
    expect(opened.text()).not.toContain(begun);
  });

  it('is not offered once it was emptied again, nor before anything stands in it', async () => {
    const opened = await open([{ ...plan, feedback: [message] }]);
    const { box } = opened.shown;
    await opened.press('Messages');
    await opened.press('Answer');
    await opened.until(() => box.querySelector('article textarea') !== null);
    act(() => type(box.querySelector('article textarea'), '  '));
    await opened.press('To do');
    await opened.until(() => opened.text().includes('Hello'));
    expect(opened.text()).not.toContain(begun);
  });
});

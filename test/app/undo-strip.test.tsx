import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { minutesLeft, UndoStrip } from '../../smart-app/src/clinician/undo-strip.tsx';
import type { Change } from '../../smart-app/src/session/use-patient-homework.ts';
import type { PatientHomework } from '../../src/contract/app/patient-homework.ts';
import { button } from './open-view.tsx';
import { type Rendered, render } from './render.tsx';

const now = '2026-03-25T19:00:00.000Z';
const step = { id: 'step-4c', key: '4c', title: 'Lead a small part of the meeting' };
const homework = (until?: string) =>
  ({
    now,
    plans: [
      { assignments: [step], ...(until === undefined ? {} : { undoable: [{ assignmentId: step.id, until }] }) },
      { assignments: [] },
    ],
  }) as unknown as PatientHomework;
let shown: Rendered | undefined;
const changes: Change[] = [];
const open = (until?: string, answer: () => Promise<undefined> = async () => undefined) => {
  const change = async (made: Change) => {
    changes.push(made);
    return answer();
  };
  shown = render(<UndoStrip homework={homework(until)} change={change} page="since" />);
  return shown.box;
};
beforeEach(() => {
  vi.useFakeTimers();
  // jsdom has no layout to scroll
  HTMLElement.prototype.scrollIntoView ??= () => {};
  changes.length = 0;
});
afterEach(() => {
  shown?.leave();
  vi.useRealTimers();
});

describe('a withdrawal that can be undone', () => {
  it('says for how long, less and less, and nothing when the time is over', async () => {
    const box = open('2026-03-25T19:03:00.000Z');
    expect(box.textContent).toContain('You can undo this for 3 more minutes.');
    await act(async () => vi.advanceTimersByTime(90_000));
    expect(box.textContent).toContain('You can undo this for one more minute.');
    await act(async () => vi.advanceTimersByTime(90_000));
    expect(box.textContent).toBe('');
  });

  it('is undone from wherever one is, and says what became of the step', async () => {
    const box = open('2026-03-25T19:10:00.000Z');
    await act(async () => button(box, 'Undo')?.click());
    const body = { event: 'undo-withdraw' };
    expect(changes).toEqual([{ method: 'POST', path: '/assignments/step-4c/moves', body }]);
    expect(box.querySelector('[role=status]')?.textContent).toContain('is as it was before');
  });

  it('that could not be undone says why, and stays', async () => {
    const box = open('2026-03-25T19:10:00.000Z', () => Promise.reject(new TypeError('no network')));
    await act(async () => button(box, 'Undo')?.click());
    expect(box.querySelector('[role=alert]')?.textContent).not.toBe('');
    expect(box.textContent).not.toContain('is as it was before');
  });

  it.each([
    [undefined, ''],
    ['2026-03-25T18:59:59.000Z', ''],
  ])('is not offered when there is none or its time is over: %s', (until, text) => {
    expect(open(until).textContent).toBe(text);
  });
});

describe('several acts that can be undone', () => {
  const acts = {
    now,
    plans: [
      {
        assignments: [step],
        barriers: [{ id: 'b', code: 'fear', text: 'They might laugh.' }],
        feedback: [{ id: 'm', text: 'OK, Friday coffee.' }],
        undoable: [
          { assignmentId: step.id, until: '2026-03-25T19:03:00.000Z' },
          { feedbackId: 'm', until: '2026-03-25T19:09:00.000Z' },
          { barrierId: 'b', until: '2026-03-25T19:05:00.000Z' },
        ],
      },
    ],
  } as unknown as PatientHomework;
  const change = async () => undefined;

  it('are one strip: the last, and the others folded away, the newest first', () => {
    shown = render(<UndoStrip homework={acts} change={change} page="since" />);
    const { box } = shown;
    expect(box.querySelectorAll('.notice')).toHaveLength(1);
    const lines = [...box.querySelectorAll('.undo-line')].map((line) => line.querySelector('p')?.textContent ?? '');
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      ...['A message was marked as read', 'Noted as talked over', 'A step was withdrawn'],
    ]);
    for (const line of lines) expect(line).not.toMatch(/\.”\.|\.\./);
    expect([...box.querySelectorAll('details .undo-line')]).toHaveLength(2);
    expect(box.querySelector('summary')?.textContent).toBe('2 more to undo');
    const buttons = [...box.querySelectorAll('button')].map(({ textContent }) => textContent);
    expect(new Set(buttons).size).toBe(3);
  });

  it('what was undone is said on the page on which it was, and on no other', async () => {
    shown = render(<UndoStrip homework={acts} change={change} page="since" />);
    const status = () => shown?.box.querySelector('[role=status]')?.textContent;
    await act(async () => button(shown?.box ?? document.body, 'Undo')?.click());
    expect(status()).toBe('The message is unread again.');
    shown.render(<UndoStrip homework={acts} change={change} page="plan" />);
    expect(status()).toBe('');
    shown.render(<UndoStrip homework={acts} change={change} page="since" />);
    expect(status()).toBe('');
  });
});

describe('the time that is left', () => {
  it.each([
    ['2026-03-25T19:10:00.000Z', '10 more minutes'],
    ['2026-03-25T19:09:59.000Z', '9 more minutes'],
    ['2026-03-25T19:01:59.000Z', 'one more minute'],
    ['2026-03-25T19:00:59.000Z', 'less than a minute'],
  ])('until %s is told as %s', (until, words) => expect(minutesLeft(now, until)).toBe(words));
});

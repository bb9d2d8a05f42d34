import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPaperTime } from '../../smart-app/src/clinician/paper-time.ts';
import type { PlanState } from '../../src/homework/model.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { press, type as typeIn } from './render.tsx';
import { situations } from './situations.ts';

const place = { timeZone: 'America/New_York', language: 'en-US' };
const bounds = { planStart: '2026-03-01', now: '2026-03-25T13:00:00.000Z', place };

describe('the time that a paper gives', () => {
  it.each([
    ['with a time', { day: '2026-03-02', time: '10:00' }, '2026-03-02T15:00:00.000Z'],
    ['without one is noon', { day: '2026-03-02', time: '' }, '2026-03-02T17:00:00.000Z'],
    ['without one is now, where noon is to come', { day: '2026-03-25', time: '' }, bounds.now],
    ['on the first day of the plan', { day: '2026-03-01', time: '00:00' }, '2026-03-01T05:00:00.000Z'],
    ['in the hour that summer time leaves out', { day: '2026-03-08', time: '02:30' }, '2026-03-08T07:30:00.000Z'],
  ])('%s', (_what, when, at) => {
    expect(readPaperTime(when, bounds)).toEqual({ at });
  });

  it.each([
    ['nothing', { day: '', time: '10:00' }, 'day', 'Please give the day that the paper says.'],
    ['a day to come', { day: '2026-03-26', time: '' }, 'day', 'This day is to come: today is Wed, Mar 25.'],
    ['a time to come', { day: '2026-03-25', time: '09:01' }, 'time', 'This time is to come.'],
    [
      'the day before the plan',
      { day: '2026-02-28', time: '23:59' },
      'day',
      'This is before the plan began, on Sun, Mar 1.',
    ],
    [
      'a year that was mistyped',
      { day: '0026-03-02', time: '' },
      'day',
      'This is before the plan began, on Sun, Mar 1.',
    ],
  ])('names its field for %s', (_what, when, field, problem) => {
    expect(readPaperTime(when, bounds)).toEqual({ field, problem });
  });
});

describe('a paper log', () => {
  const plan = situations.opinionDue.plans[0] as PlanState;
  const step = plan.assignments.find(({ key }) => key === '4b')?.id ?? '';
  let view: OpenedView;
  const box = () => view.shown.box;
  const input = (id: string) => box().querySelector<HTMLInputElement>(`#${id}`);
  const sent = () => view.service.calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/logs'));
  beforeEach(async () => {
    view = await openView({ ...situations.opinionDue, role: 'clinician' }, { name: 'paper', assignmentId: step });
    await view.until(() => input('paper-day') !== null);
  });
  afterEach(() => view.close());

  it('asks in the transcriber’s words, with boxes for numbers and no date of its own', () => {
    expect(view.text()).toContain('When does the paper say it was?');
    expect(view.text()).toContain('What the paper says');
    expect([input('paper-day')?.value, input('paper-time')?.value]).toEqual(['', '']);
    expect(box().querySelectorAll('input[type=range]')).toHaveLength(0);
    expect(input('q-suds-peak')?.inputMode).toBe('numeric');
    expect(document.getElementById('q-suds-peak-help')?.textContent).toBe('0 to 100');
    expect(view.text()).not.toMatch(/fill this in shortly|Thank you|Tell your therapist|Slide or tap/);
  });

  it('goes through its fields in the order of the paper', () => {
    const order = [...box().querySelectorAll<HTMLElement>('form input:not([type=radio]), form textarea')].map(
      ({ id }) => id,
    );
    expect(order.slice(0, 4)).toEqual(['paper-day', 'paper-time', 'q-situation', 'q-belief-before']);
    input('paper-day')?.focus();
    press(input('paper-day'), 'Enter');
    expect(document.activeElement?.id).toBe('paper-time');
    press(document.activeElement, 'Enter');
    expect(document.activeElement?.id).toBe('q-situation');
    expect(sent()).toEqual([]);
  });

  it('says which time it belongs to once the day is given, and that one of that day is there', () => {
    const told = () => document.getElementById('paper-when')?.textContent ?? '';
    expect(told()).toBe('');
    typeIn(input('paper-day'), '2026-03-23');
    expect(told()).toBe('Mon, Mar 23, 12:00 PM: the one time that was planned.');
    typeIn(input('paper-day'), '2026-03-03');
    expect(told()).toMatch(/: at no time that was planned: it is kept as unplanned\./);
    const [other] = plan.logs.filter(({ assignmentId }) => assignmentId !== step);
    expect(other).toBeDefined();
  });

  it('names the field of a day that cannot be, and sends nothing', async () => {
    typeIn(input('paper-day'), '2026-03-24');
    await view.press('Save and enter the next one');
    expect(document.getElementById('paper-day-problem')?.textContent).toMatch(/^This day is to come/);
    expect(input('paper-day')?.getAttribute('aria-describedby')).toBe('paper-day-problem');
    expect(view.text()).toContain('2 questions need another look');
    expect(sent()).toEqual([]);
  });

  it('is saved by the keyboard alone, and makes room for the next one', async () => {
    typeIn(input('paper-day'), '2026-03-23');
    typeIn(input('paper-time'), '15:30');
    typeIn(input('q-situation'), 'Planning meeting');
    press(box().querySelector('#q-practised input'), 'y');
    typeIn(input('q-suds-peak'), '65');
    await act(async () => {
      input('q-suds-peak')?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }),
      );
    });
    await view.until(() => /One log entered so far/.test(view.text()));
    expect(sent().map(({ body }) => body)).toEqual([
      expect.objectContaining({
        performedAt: '2026-03-23T19:30:00.000Z',
        status: 'completed',
        answers: { situation: 'Planning meeting', practised: true, 'suds-peak': 65 },
      }),
    ]);
    expect(view.service.plans()[0]?.logs.at(-1)).toMatchObject({
      source: { type: 'practitioner' },
      resolution: 'resolved',
    });
    expect([input('paper-day')?.value, input('q-situation')?.value]).toEqual(['', '']);
    expect(document.activeElement?.id).toBe('paper-day');
    typeIn(input('paper-day'), '2026-03-23');
    expect(document.getElementById('paper-when')?.textContent).toBe(
      'Mon, Mar 23, 12:00 PM: this was logged already: it is kept as one more. A log of this day is there already.',
    );
  });

  it('keeps what is typed when it could not be saved', async () => {
    typeIn(input('paper-day'), '2026-03-23');
    typeIn(input('q-situation'), 'Planning meeting');
    press(box().querySelector('#q-practised input'), 'n');
    view.instead(({ path }) => (path.endsWith('/logs') ? new Response('{}', { status: 503 }) : undefined));
    await view.press('Save and finish');
    await view.until(() => box().querySelector('[role=alert]') !== null);
    expect([input('paper-day')?.value, input('q-situation')?.value]).toEqual(['2026-03-23', 'Planning meeting']);
    view.instead(() => undefined);
    await view.press('Save and finish');
    await view.until(() => /Logs/.test(box().querySelector('h1')?.textContent ?? ''));
    expect(new Set(sent().map(({ body }) => (body as { id: string }).id)).size).toBe(1);
  });
});

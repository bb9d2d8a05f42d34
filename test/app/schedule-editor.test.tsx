import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { kindsFound } from '../../smart-app/src/clinician/kind-picker.tsx';
import { firstSchedule, newStepOf, type StepOpens } from '../../smart-app/src/clinician/new-step-of.ts';
import type { StepDraft } from '../../smart-app/src/clinician/step-draft.ts';
import { scheduleDraft, scheduleIn } from '../../smart-app/src/plan/schedule-draft.ts';
import { scheduleWords } from '../../smart-app/src/plan/times.ts';
import { wrongInSchedule } from '../../smart-app/src/plan/wrong-in-schedule.ts';
import type { KindView } from '../../src/contract/app/patient-homework.ts';
import type { Schedule } from '../../src/homework/model.ts';
import { button, type OpenedView, openView } from './open-view.tsx';
import { choose, click, press, type } from './render.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

const days = { today: '2026-03-02', last: '2026-04-12' };
const place = { language: 'en-US', timeZone: 'America/New_York' };
const open = { type: 'open' } as const;

/** Each way in which homework can be asked for, and how it reads. */
const every: readonly (readonly [string, Schedule])[] = [
  ['once, by Fri, Mar 13', { type: 'once', by: '2026-03-13' }],
  ['once, within 5 days of opening', { type: 'once-within', days: 5 }],
  ['once, due at the next visit', { type: 'at-visit' }],
  ['5 times, in sessions', { type: 'sessions', count: 5 }],
  ['every day', { type: 'series', pattern: { type: 'days', every: 1 }, ends: open }],
  [
    'each morning and evening, until Tue, Mar 31; 10 of 14 is good',
    {
      ...{ type: 'series', pattern: { type: 'days', every: 1 }, times: ['morning', 'evening'] },
      ...{ ends: { type: 'on', date: '2026-03-31' }, enough: 10 },
    },
  ],
  [
    'every other day, from Wed, Mar 4, 10 times in all',
    {
      ...{ type: 'series', pattern: { type: 'days', every: 2 }, start: '2026-03-04' },
      ends: { type: 'after', count: 10 },
    },
  ],
  [
    'on Mon and Thu, until the next visit',
    {
      ...{ type: 'series', pattern: { type: 'weekdays', days: ['mon', 'thu'], everyWeeks: 1 } },
      ends: { type: 'next-visit' },
    },
  ],
  [
    '3 times a week, any days; 2 of 3 is good',
    { type: 'series', pattern: { type: 'per-week', count: 3 }, ends: open, enough: 2 },
  ],
];

describe('a schedule, as it is written and read', () => {
  it.each(every)('%s', (words, schedule) => {
    expect(scheduleWords(schedule, place)).toBe(words);
    // what is opened and not touched says what it said
    expect(scheduleIn(scheduleDraft(schedule, days))).toEqual(schedule);
    expect(wrongInSchedule(scheduleDraft(schedule, days), days)).toEqual({});
  });

  const blank = scheduleDraft({ type: 'once', by: '2026-03-09' }, days);
  it.each([
    [{ how: 'days', every: '0' }, 'every'],
    [{ how: 'days', every: '1.5' }, 'every'],
    [{ how: 'weekdays', weekdays: [] }, 'weekdays'],
    [{ how: 'weekdays', everyWeeks: '' }, 'everyWeeks'],
    [{ how: 'per-week', perWeek: '22' }, 'perWeek'],
    [{ how: 'per-week', perWeek: '3', enough: '4' }, 'enough'],
    [{ how: 'days', parts: ['morning', 'evening'], enough: '15' }, 'enough'],
    [{ how: 'days', ends: 'on', endsOn: '' }, 'endsOn'],
    [{ how: 'days', ends: 'on', endsOn: '2026-04-13' }, 'endsOn'],
    [{ how: 'days', ends: 'on', endsOn: '2026-03-10', from: '2026-03-11' }, 'endsOn'],
    [{ how: 'days', from: '2026-04-13', ends: 'open' }, 'from'],
    [{ how: 'days', ends: 'after', endsAfter: '' }, 'endsAfter'],
    [{ how: 'sessions', sessions: '101' }, 'sessions'],
    [{ how: 'once', by: '2026-03-01' }, 'by'],
  ] as const)('%o: the field %s is named', (to, field) => {
    expect(Object.keys(wrongInSchedule({ ...blank, ...to }, days))).toEqual([field]);
  });
  it('takes as good enough all that a week has, and nothing said', () => {
    expect(wrongInSchedule({ ...blank, how: 'days', parts: ['morning', 'evening'], enough: '14' }, days)).toEqual({});
    expect(wrongInSchedule({ ...blank, how: 'days', enough: '' }, days)).toEqual({});
  });
});

describe('another step, in a rhythm of its own', () => {
  const dialog = (opened: OpenedView): HTMLElement => opened.shown.box.querySelector('dialog') ?? opened.shown.box;
  const label = (opened: OpenedView, words: string) =>
    [...dialog(opened).querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(words));
  const field = (opened: OpenedView, words: string): HTMLInputElement | null =>
    dialog(opened).querySelector(`[id="${label(opened, words)?.htmlFor}"]`);
  const select = (opened: OpenedView, words: string): HTMLSelectElement | null =>
    dialog(opened).querySelector(`[id="${label(opened, words)?.htmlFor}"]`);

  async function openAddStep(): Promise<OpenedView> {
    const opened = await openView({ ...situations.firstDay, role: 'clinician' }, { name: 'plan' });
    view = opened;
    expect(opened.shown).toBeDefined();
    await opened.press('More for this plan');
    await opened.press('Add a step');
    await opened.until(() => opened.shown.box.querySelector('dialog form') !== null);
    return opened;
  }

  it('says in words what it will be, names what is wrong at its field, and is sent as it was said', async () => {
    const opened = await openAddStep();
    type(field(opened, 'Title'), 'Breathe');
    type(field(opened, 'What to do'), 'Ten minutes.');
    choose(select(opened, 'How often'), 'days');
    choose(select(opened, 'Goes on until'), 'open');
    click(label(opened, 'Morning')?.querySelector('input') ?? null);
    click(label(opened, 'Evening')?.querySelector('input') ?? null);
    type(field(opened, 'Good enough in a week'), '15');
    await act(async () => button(dialog(opened), 'Add this step')?.click());
    const enough = field(opened, 'Good enough in a week');
    expect(enough?.getAttribute('aria-invalid')).toBe('true');
    expect(
      enough
        ?.getAttribute('aria-describedby')
        ?.split(' ')
        .map((id) => document.getElementById(id)?.textContent),
    ).toEqual(['Of 14. Empty: nothing is said of it', 'A week has 14 at most. Leave it empty to say nothing.']);
    type(enough, '10');
    expect(dialog(opened).querySelector('.schedule-said')?.textContent).toBe(
      'In words: Each morning and evening; 10 of 14 is good.',
    );
    choose(select(opened, 'Opens'), 'standing');
    await act(async () => button(dialog(opened), 'Add this step')?.click());
    const sent = () =>
      opened.service.calls.findLast(({ method, path }) => method === 'POST' && path.endsWith('/assignments'));
    await opened.until(() => sent() !== undefined);
    expect(sent()?.body).toMatchObject({
      title: 'Breathe',
      standing: true,
      unlock: { type: 'at-start' },
      schedule: {
        ...{ type: 'series', pattern: { type: 'days', every: 1 }, times: ['morning', 'evening'] },
        ...{ ends: { type: 'open' }, enough: 10 },
      },
    });
  });

  it('has a kind that is found by its letters, and chosen by Enter or from the list alone', async () => {
    const opened = await openAddStep();
    const [find, kind] = [field(opened, 'Find a kind'), select(opened, 'Kind')];
    const first = kind?.value;
    type(find, 'diary');
    expect(kind?.value).toBe(first);
    expect(field(opened, 'What to do')?.value).toBe('');
    expect([...(kind?.options ?? [])].map(({ value }) => value)).toEqual([first, 'diary-card', 'sleep-diary']);
    press(find, 'Enter');
    expect(kind?.value).toBe('sleep-diary');
    expect(field(opened, 'What to do')?.value).toContain('Fill it in each morning');
    expect(select(opened, 'Opens')?.value).toBe('standing');
    // the form is not sent by it, and stands there still
    expect(dialog(opened).querySelector('.problem')).toBeNull();
    choose(kind, 'diary-card');
    expect(field(opened, 'What to do')?.value).not.toContain('each morning');
    // nothing is chosen by what finds nothing
    type(find, 'xyz');
    press(find, 'Enter');
    expect(kind?.value).toBe('diary-card');
  });

  it('keeps what was named in the form of a kind while another is looked at', async () => {
    const opened = await openAddStep();
    const targets = () => [...dialog(opened).querySelectorAll<HTMLInputElement>('.form-choice input[type="text"]')];
    choose(select(opened, 'Kind'), 'diary-card');
    const before = targets()[0]?.value;
    type(targets()[0] ?? null, 'Calling in sick');
    choose(select(opened, 'Kind'), 'sleep-diary');
    expect(targets().map(({ value }) => value)).not.toContain('Calling in sick');
    choose(select(opened, 'Kind'), 'diary-card');
    expect(before).not.toBe('Calling in sick');
    expect(targets()[0]?.value).toBe('Calling in sick');
  });
});

const kind = (slug: string, title: string, more: Partial<KindView> = {}): KindView => ({
  ...{ slug, title, summary: [], questionnaire: `https://example.org/${slug}|1.0.0` },
  ...more,
});

describe('the kind of a new step', () => {
  // the card stands after the diary: what is found first is not what stands first
  const kinds = [
    kind('sleep-diary', 'Sleep diary', {
      defaults: { lateGraceHours: 24, instructions: 'In the morning.', rationale: 'The weekly mean.' },
    }),
    kind('diary-card', 'Diary card', {
      defaults: {
        ...{ lateGraceHours: 168, instructions: 'Fill in the card.', rationale: 'It sets the agenda.' },
        ...{ schedule: { type: 'series', pattern: { type: 'days', every: 1 }, ends: open }, standing: true },
      },
    }),
    kind('walk', 'A walk', {
      defaults: {
        ...{ lateGraceHours: 24, instructions: 'Walk.', rationale: 'It helps.', unlockedByClinician: true },
        schedule: { type: 'series', pattern: { type: 'per-week', count: 3 }, ends: open },
      },
    }),
    kind('phq-9', 'PHQ-9', { family: 'outcome-measure' }),
  ];

  it('is found by the first letters of a word, the first word first', () => {
    const found = (text: string) => kindsFound(kinds, text).map(({ slug }) => slug);
    expect(found('dia')).toEqual(['diary-card', 'sleep-diary']);
    expect(found('SLE')).toEqual(['sleep-diary']);
    expect(found('phq 9')).toEqual(['phq-9']);
    expect(found('iary')).toEqual([]);
    expect(found(' ')).toHaveLength(4);
  });

  const blank: StepDraft = {
    ...{ title: '', instructions: '', rationale: '' },
    ...scheduleDraft(firstSchedule(days), days),
  };
  const chosen = (was: string, is: string, draft: StepDraft, opens: StepOpens = 'now') => {
    const { words, ...rest } = newStepOf(kinds, { was, is, draft, opens, days });
    return { opens, ...rest, draft: { ...draft, ...words } };
  };

  it('brings its words, its rhythm and its place beside the ladder, and leaves alone what was written', () => {
    const card = chosen('sleep-diary', 'diary-card', { ...blank, title: 'My own title' });
    expect(card.draft).toMatchObject({ title: 'My own title', instructions: 'Fill in the card.' });
    expect(card.draft).toMatchObject({ how: 'days', ends: 'open' });
    expect(card.opens).toBe('standing');
    const walk = chosen('diary-card', 'walk', card.draft, card.opens);
    expect(walk.draft).toMatchObject({ title: 'My own title', instructions: 'Walk.', how: 'per-week', perWeek: '3' });
    expect(walk.opens).toBe('clinician');
    // what says nothing of its rhythm is done once within a week, not as the kind before
    const diary = chosen('walk', 'sleep-diary', walk.draft, walk.opens);
    expect(scheduleIn(diary.draft)).toEqual({ type: 'once-within', days: 7 });
    expect(diary.draft.instructions).toBe('In the morning.');
    expect(diary.opens).toBe('now');
  });

  it.each([
    ['another rhythm', { how: 'weekdays', weekdays: ['tue'] }],
    ['the rhythm with one thing changed', { how: 'days', ends: 'open', parts: ['morning'] }],
    ['a day', { how: 'once', by: '2026-03-20' }],
    // the form begins with it; of a card only a clinician can have chosen it
    ['the day that the form suggests', { how: 'once', by: '2026-03-09' }],
    ['what is not right yet', { how: 'days', every: '' }],
  ] as const)('leaves %s alone that a clinician has chosen', (_what, own) => {
    const card = chosen('sleep-diary', 'diary-card', blank);
    const draft = { ...card.draft, ...own };
    const walk = chosen('diary-card', 'walk', draft, 'after');
    expect(walk.draft).toEqual({ ...draft, title: 'A walk', instructions: 'Walk.', rationale: 'It helps.' });
    expect(walk.opens).toBe('after');
  });
});

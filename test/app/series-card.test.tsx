import { afterEach, describe, expect, it } from 'vitest';
import { thisWeek } from '../../smart-app/src/plan/this-week.ts';
import { weekWords } from '../../smart-app/src/words/week-words.ts';
import type { Assignment, PlanState } from '../../src/homework/model.ts';
import type { Series } from '../../src/homework/schedule/schedule.ts';
import { weekOf } from '../../src/homework/schedule/series-days.ts';
import type { Situation } from './fake-service.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { daily, onThursday, seriesNow, threeAWeek, twiceADay, withSeries } from './series-case.ts';
import { showPlan } from './show-plan.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

async function openCard(state: PlanState, more: Partial<Situation> = {}): Promise<OpenedView> {
  const opened = await openView({ ...onThursday(state), ...more });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.text().includes('this week.'));
  return opened;
}
const card = (opened: OpenedView): Element | null => opened.shown.box.querySelector('.due-card');
const buttons = (opened: OpenedView): readonly (string | null)[] =>
  [...(card(opened)?.querySelectorAll('button') ?? [])].map(({ textContent }) => textContent);
const dots = (opened: OpenedView): readonly (string | null | undefined)[] =>
  [...(card(opened)?.querySelectorAll('.dot .hidden-words') ?? [])].map(({ textContent }) => textContent);

describe('homework of every day, on the patient’s page', () => {
  it('asks for today, offers yesterday as later, and is one card however many days were left out', async () => {
    const opened = await openCard(daily);
    expect(opened.shown.box.querySelectorAll('.due-card')).toHaveLength(1);
    expect(card(opened)?.querySelector('.card-top')?.textContent).toContain('today');
    expect(buttons(opened)).toEqual([
      'Write it down: Fill in your card',
      'What and why: Fill in your card',
      'Write it down: yesterday, later: Fill in your card',
      'Write it down: Tue, Mar 17, later: Fill in your card',
    ]);
    // the older day only on wish
    expect(card(opened)?.querySelector('details')?.open).toBe(false);
    expect(opened.text()).toContain('One thing to do.');
  });

  it('shows this week, and says in words how it goes and what is enough', async () => {
    const opened = await openCard(daily);
    expect(dots(opened)).toEqual([
      'Mon, Mar 16: written down',
      'Tue, Mar 17: can still be filled in',
      'yesterday: can still be filled in',
      'today: to do',
      'Fri, Mar 20: to come',
      'Sat, Mar 21: to come',
      'Sun, Mar 22: to come',
    ]);
    expect(card(opened)?.textContent).toContain('1 of 7 this week. 5 of 7 is good.');
  });

  it('begins the week where the clinic does', async () => {
    const opened = await openCard(daily, { weekBegins: 'sun' });
    // nothing was asked on the Sunday before the first card
    expect(dots(opened)).toHaveLength(6);
    expect(dots(opened)[0]).toBe('Mon, Mar 16: written down');
    expect(dots(opened).at(-1)).toBe('Sat, Mar 21: to come');
    expect(card(opened)?.textContent).toContain('1 of 6 this week.');
  });

  it('names the parts of a day, and asks for the one that is left', async () => {
    const opened = await openCard(twiceADay);
    expect(card(opened)?.querySelector('.card-top')?.textContent).toContain('today, evening');
    expect(buttons(opened)[0]).toBe('Write it down: evening: Fill in your card');
    expect(dots(opened).slice(0, 2)).toEqual(['today, morning: written down', 'today, evening: to do']);
  });

  it('counts by the week where any day will do, with one button', async () => {
    const opened = await openCard(threeAWeek);
    expect(card(opened)?.querySelector('.card-top')?.textContent).toContain('this week, any day');
    expect(card(opened)?.textContent).toContain('1 of 3 this week. 2 of 3 is good.');
    expect(buttons(opened)).toEqual(['Write it down: Fill in your card', 'What and why: Fill in your card']);
  });

  it('opens the log of the day that was chosen, and keeps its words apart from today’s', async () => {
    const opened = await openCard(daily);
    await opened.press('Write it down: yesterday, later');
    await opened.until(() => opened.text().includes('It was to be done until'));
    expect(history.state).toMatchObject({ name: 'log', occurrenceId: expect.stringMatching(/\.3$/) });
  });

  it('asks for nothing once today is done, and says so', async () => {
    const opened = await openCard(
      withSeries({ pattern: { type: 'days', every: 1 }, ends: { type: 'open' } }, [
        { day: 2, status: 'overdue' },
        { day: 3, status: 'done' },
      ]),
    );
    expect(card(opened)?.querySelector('.card-top')?.textContent).toContain('nothing more today');
    expect(opened.text()).toContain('Nothing to do just now.');
    expect(buttons(opened)).toContain('Write it down: yesterday, later: Fill in your card');
  });
});

describe('a week', () => {
  it.each([
    ['2026-03-19', 'mon', '2026-03-16'],
    ['2026-03-19', 'sun', '2026-03-15'],
    ['2026-03-15', 'mon', '2026-03-09'],
    ['2026-03-15', 'sun', '2026-03-15'],
    ['2026-03-01', 'sat', '2026-02-28'],
  ] as const)('%s is in the one that begins on %s: %s', (day, begins, first) => {
    expect(weekOf(day, begins)).toBe(first);
  });

  it('has no time to come on days off, after the last day, or on days that are not chosen', () => {
    const pattern = { type: 'weekdays', days: ['fri', 'sat', 'sun'], everyWeeks: 1 } as const;
    const series = { pattern, ends: { type: 'on', date: '2026-03-21' } } as const;
    const state = withSeries(series, [{ day: 2, status: 'missed' }]);
    const days = (of: PlanState, daysOff: readonly { readonly from: string; readonly to: string }[] = []) => {
      const { plan, ...rest } = showPlan(of, { now: seriesNow, reader: 'patient', ledger: [] });
      const [step] = rest.assignments;
      return (
        step &&
        thisWeek({ ...rest, plan: { ...plan, daysOff } }, step, '2026-03-19').times.map(
          ({ day, status }) => `${day} ${status}`,
        )
      );
    };
    expect(days(state)).toEqual(['2026-03-18 missed', '2026-03-20 to-come', '2026-03-21 to-come']);
    const off = [{ from: '2026-03-20', to: '2026-03-20' }];
    expect(days(state, off)).toEqual(['2026-03-18 missed', '2026-03-21 to-come']);
  });

  /** What there is and what is to come in the week of that Thursday, of a series whose Wednesday was done. */
  function week(series: Partial<Series>, more: Partial<Assignment> = {}, plan: Partial<PlanState['plan']> = {}) {
    const begun = '2026-03-11T14:00:00.000Z';
    const schedule: Series = { type: 'series', pattern: daysApart(1), ends: { type: 'open' }, ...series };
    const done = withSeries(schedule, [{ day: 2, status: 'done' }]);
    const own = { unlockedAt: begun, schedules: [{ schedule, from: begun }], ...more };
    const assignments = done.assignments.map((step, index) => (index > 0 ? step : { ...step, ...own }));
    const state = { ...done, assignments, plan: { ...done.plan, ...plan } };
    const view = showPlan(state, { now: seriesNow, reader: 'patient', ledger: [] });
    const [step] = view.assignments;
    const { times = [] } = step === undefined ? {} : thisWeek(view, step, '2026-03-19');
    return times.map(({ day = '', part = '', status }) =>
      [day.slice(-2), part, status === 'to-come' ? '' : status].filter((word) => word !== '').join(' '),
    );
  }
  const daysApart = (every: number) => ({ type: 'days', every }) as const;
  const onDays = (everyWeeks: number) => ({ type: 'weekdays', days: ['fri', 'sun'], everyWeeks }) as const;

  it.each<readonly [string, Partial<Series>, readonly string[]]>([
    ['every day', {}, ['18 done', '20', '21', '22']],
    ['so many times in all, of which one is made', { ends: { type: 'after', count: 3 } }, ['18 done', '20', '21']],
    ['all of which are made', { ends: { type: 'after', count: 1 } }, ['18 done']],
    [
      'in the middle of a day',
      { times: ['evening', 'morning'], ends: { type: 'after', count: 4 } },
      ['18 done', '20 morning', '20 evening', '21 morning'],
    ],
    // from Wednesday of last week on, when the step opened
    ['every other day', { pattern: daysApart(2) }, ['18 done', '21']],
    ['every third day', { pattern: daysApart(3) }, ['18 done', '20']],
    ['every third day, from a day of its own', { pattern: daysApart(3), start: '2026-03-10' }, ['18 done', '22']],
    ['from a day that has not come', { start: '2026-03-22' }, ['18 done', '22']],
    ['on some days of each week', { pattern: onDays(1) }, ['18 done', '20', '22']],
    ['of every other week, which this is not', { pattern: onDays(2) }, ['18 done']],
    ['of every other week, which this is', { pattern: onDays(2), start: '2026-03-02' }, ['18 done', '20', '22']],
    ['until a day', { ends: { type: 'on', date: '2026-03-20' } }, ['18 done', '20']],
    // when that is nobody has told the app
    ['until the next visit', { ends: { type: 'next-visit' } }, ['18 done', '20', '21', '22']],
  ])('has to come, of a series %s: %j', (_what, series, times) => {
    expect(week(series)).toEqual(times);
  });

  it.each<readonly [string, Partial<Assignment>, Partial<PlanState['plan']>]>([
    ['is locked', { status: 'draft', businessStatus: 'locked' }, {}],
    ['is paused', { status: 'on-hold', businessStatus: 'paused' }, {}],
    ['is done', { status: 'completed', businessStatus: 'done' }, {}],
    ['was stopped', { status: 'cancelled', businessStatus: 'stopped-by-patient' }, {}],
    ['was missed', { status: 'failed', businessStatus: 'missed' }, {}],
    ['stands in a plan that is over', {}, { status: 'completed' }],
    ['stands in a plan that has ended yesterday', {}, { period: { start: '2026-03-02', end: '2026-03-18' } }],
  ])('has nothing to come of a step that %s', (_how, more, plan) => {
    expect(week({}, more, plan)).toEqual(['18 done']);
  });

  it('says that enough is enough', () => {
    const series = { type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'open' }, enough: 5 } as const;
    expect(weekWords({ times: [], done: 5, asked: 7 }, series)).toBe('5 of 7 this week. That is good already.');
    expect(weekWords({ times: [], done: 1, asked: 7 }, { ...series, pattern: { type: 'per-week', count: 7 } })).toBe(
      '1 of 7 this week. 5 of 7 is good.',
    );
    expect(weekWords({ times: [], done: 1, asked: 3 }, undefined)).toBe('1 of 3 this week.');
  });
});

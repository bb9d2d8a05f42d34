import { describe, expect, it } from 'vitest';
import type { Occurrence } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import type { DaysOff } from '../../../src/homework/plan/plan.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import type { PartOfDay, Series, SeriesEnd, SeriesPattern, Weekday } from '../../../src/homework/schedule/schedule.ts';
import { anAssignment, aPlan, rules } from '../build-plan.ts';
import { dayByTemporal, dayLaterByTemporal, daysByRrule, instantByTemporal } from './independent-days.ts';

interface Case {
  readonly zone: string;
  /** The day on whose noon the step opens. */
  readonly opens: string;
  /** The plan's last day. */
  readonly until: string;
  readonly pattern: SeriesPattern;
  readonly start?: string;
  readonly ends?: SeriesEnd;
  readonly times?: readonly PartOfDay[];
  readonly daysOff?: readonly DaysOff[];
  readonly weekBegins?: Weekday;
}

/** All that a series made when it was swept only once, long after. */
function madeOf({ zone, opens, until, pattern, start, ends, times, daysOff, weekBegins }: Case): readonly Occurrence[] {
  const schedule: Series = {
    ...{ type: 'series', pattern, ends: ends ?? { type: 'open' } },
    ...(start === undefined ? {} : { start }),
    ...(times === undefined ? {} : { times }),
  };
  const at = instantByTemporal(opens, zone, 12);
  const period = { start: opens, end: until };
  const plan = aPlan([anAssignment({ key: '1', schedule })], { timeZone: zone, period, ...(daysOff && { daysOff }) });
  const tenant = { ...rules, ...(weekBegins && { weekBegins }) };
  const active = activatePlan(designPlan(plan, at), at, tenant);
  return sweep(active, instantByTemporal(dayByTemporal(until, 20), zone), tenant).occurrences;
}

const daily: SeriesPattern = { type: 'days', every: 1 };
const every = (days: number): SeriesPattern => ({ type: 'days', every: days });
const on = (everyWeeks: number, ...days: Weekday[]): SeriesPattern => ({ type: 'weekdays', days, everyWeeks });

// days around both changes of the clock of 2026, month ends, the leap day of 2028, a day that was left out, and years' ends
const stretches: readonly (readonly [zone: string, opens: string, until: string])[] = [
  ['America/New_York', '2026-03-05', '2026-03-22'],
  ['America/New_York', '2026-10-28', '2026-11-14'],
  ['Europe/Berlin', '2026-03-24', '2026-04-12'],
  ['Europe/Berlin', '2026-10-20', '2026-11-08'],
  ['Australia/Lord_Howe', '2026-04-01', '2026-04-19'],
  ['Australia/Lord_Howe', '2026-09-29', '2026-10-18'],
  ['Asia/Kathmandu', '2028-02-25', '2028-03-12'],
  ['Pacific/Apia', '2011-12-26', '2012-01-12'],
  ['Pacific/Apia', '2011-09-20', '2011-10-05'],
  ['America/Santiago', '2026-04-01', '2026-04-20'],
  ['America/Santiago', '2026-09-01', '2026-09-20'],
  ['America/St_Johns', '2006-10-25', '2006-11-10'],
  ['Africa/Casablanca', '2026-02-10', '2026-03-30'],
  ['Asia/Tehran', '2022-03-15', '2022-04-02'],
  ['Pacific/Kiritimati', '2026-12-25', '2027-01-12'],
  ['Etc/GMT+12', '2026-12-25', '2027-01-12'],
  ['America/Nuuk', '2026-03-24', '2026-04-08'],
  ['Antarctica/Troll', '2026-03-24', '2026-04-08'],
];
const shapes: readonly (readonly [name: string, shape: Partial<Case> & Pick<Case, 'pattern'>])[] = [
  ['every day', { pattern: daily }],
  ['every other day', { pattern: every(2) }],
  ['every 5 days, 3 times', { pattern: every(5), ends: { type: 'after', count: 3 } }],
  ['on Mon, Wed and Fri', { pattern: on(1, 'fri', 'mon', 'wed') }],
  ['every other week on Tue and Sat', { pattern: on(2, 'tue', 'sat') }],
  [
    'every other week on Sat, Sun and Mon, weeks from Sunday',
    { pattern: on(2, 'sat', 'sun', 'mon'), weekBegins: 'sun' },
  ],
  [
    'every other week on Sat, Sun and Mon, weeks from Saturday',
    { pattern: on(2, 'sat', 'sun', 'mon'), weekBegins: 'sat' },
  ],
  ['every third week on Sunday', { pattern: on(3, 'sun') }],
  ['every day, 9 times', { pattern: daily, ends: { type: 'after', count: 9 } }],
];
const all = stretches.flatMap(([zone, opens, until]) =>
  shapes.map(([name, shape]): [string, Case] => [`${name}: ${zone} from ${opens}`, { zone, opens, until, ...shape }]),
);

describe('a series asks on the days that rrule says', () => {
  it('in as many cases as were asked for', () => {
    expect(all.length).toBeGreaterThanOrEqual(150);
  });

  it.each(all)('%s', (_name, one) => {
    const { zone, opens, until, pattern, ends = { type: 'open' }, weekBegins } = one;
    const leftOut = zone === 'Pacific/Apia' ? ['2011-12-30'] : [];
    const series: Series = { type: 'series', pattern, ends };
    const days = daysByRrule(series, opens, { until, ...(weekBegins && { weekBegins }), off: leftOut });
    const made = madeOf(one);
    expect(made.map(({ day }) => day)).toEqual(days);
    for (const { day = '', openedAt, dueUntil, lateUntil, status, ordinal } of made) {
      expect({ day, openedAt }).toEqual({
        day,
        openedAt: day === opens ? instantByTemporal(day, zone, 12) : instantByTemporal(day, zone),
      });
      expect({ day, dueUntil }).toEqual({ day, dueUntil: instantByTemporal(dayByTemporal(day, 1), zone) });
      // a grace of 24 h is a day of the calendar
      expect({ day, lateUntil }).toEqual({ day, lateUntil: dayLaterByTemporal(dueUntil, zone) });
      expect({ status, ordinal }).toEqual({ status: 'missed', ordinal: days.indexOf(day) + 1 });
    }
  });
});

describe('a series by its first and last day', () => {
  const base = { zone: 'Europe/Berlin', opens: '2026-03-02', until: '2026-04-30' };
  const daysOf = (one: Partial<Case> & Pick<Case, 'pattern'>) =>
    madeOf({ ...base, ...one }).map(({ day = '', part }) =>
      part === undefined ? day.slice(5) : `${day.slice(5)} ${part}`,
    );
  it.each<[string, Partial<Case> & Pick<Case, 'pattern'>, readonly string[]]>([
    ['begins on its own first day', { pattern: every(20), start: '2026-03-10' }, ['03-10', '03-30', '04-19']],
    [
      'ends on its last day, that with it',
      { pattern: daily, ends: { type: 'on', date: '2026-03-04' } },
      ['03-02', '03-03', '03-04'],
    ],
    [
      'ends before a day that would be after it',
      { pattern: every(2), ends: { type: 'on', date: '2026-03-05' } },
      ['03-02', '03-04'],
    ],
    ['runs over a month’s end', { pattern: every(10), start: '2026-03-25' }, ['03-25', '04-04', '04-14', '04-24']],
    [
      'does not shift by a day off',
      {
        pattern: every(2),
        ends: { type: 'on', date: '2026-03-09' },
        daysOff: [{ from: '2026-03-03', to: '2026-03-04' }],
      },
      ['03-02', '03-06', '03-08'],
    ],
    [
      'does not count days off among its times',
      { pattern: daily, ends: { type: 'after', count: 3 }, daysOff: [{ from: '2026-03-03', to: '2026-03-10' }] },
      ['03-02', '03-11', '03-12'],
    ],
    [
      'has the parts of a day in their order, and asks for none that was over when it opened at noon',
      { pattern: daily, times: ['night', 'morning', 'evening'], ends: { type: 'on', date: '2026-03-03' } },
      ['03-02 evening', '03-02 night', '03-03 morning', '03-03 evening', '03-03 night'],
    ],
    [
      'makes only so many parts as are left',
      { pattern: daily, times: ['morning', 'evening'], ends: { type: 'after', count: 2 } },
      ['03-02 evening', '03-03 morning'],
    ],
    [
      'begins tomorrow when all of today is over',
      { pattern: daily, times: ['morning'], ends: { type: 'after', count: 1 } },
      ['03-03 morning'],
    ],
    ['asks on the last day of the plan and on none after it', { pattern: every(59) }, ['03-02', '04-30']],
  ])('%s', (_name, one, days) => {
    expect(daysOf(one)).toEqual(days);
  });
});

describe('so many times a week', () => {
  const base = { zone: 'America/New_York', until: '2026-03-29' };
  /** By week: how many, and from which to which day it can be done. */
  const weeksOf = (one: Partial<Case> & Pick<Case, 'opens'> & { readonly count: number }) => {
    const made = madeOf({ ...base, ...one, pattern: { type: 'per-week', count: one.count } });
    const weeks = new Map<string, string[]>();
    for (const { day = '', dueUntil } of made) {
      const lasts = [...Array(8).keys()].map((ahead) => dayByTemporal(day, ahead));
      const last = lasts.find((candidate) => instantByTemporal(dayByTemporal(candidate, 1), base.zone) === dueUntil);
      weeks.set(day, [...(weeks.get(day) ?? []), last?.slice(5) ?? 'no day']);
    }
    return [...weeks].map(([week, lasts]) => `${lasts.length} in ${week.slice(5)} to ${[...new Set(lasts)].join()}`);
  };
  // 2 March 2026 is a Monday
  it.each<[string, Parameters<typeof weeksOf>[0], readonly string[]]>([
    [
      'whole weeks',
      { opens: '2026-03-02', count: 3, until: '2026-03-15' },
      ['3 in 03-02 to 03-08', '3 in 03-09 to 03-15'],
    ],
    ['from a Tuesday: 6 days', { opens: '2026-03-03', count: 3, until: '2026-03-08' }, ['3 in 03-02 to 03-08']],
    ['from a Wednesday: 5 days', { opens: '2026-03-04', count: 3, until: '2026-03-08' }, ['2 in 03-02 to 03-08']],
    ['from a Thursday: 4 days', { opens: '2026-03-05', count: 3, until: '2026-03-08' }, ['2 in 03-02 to 03-08']],
    ['from a Friday: 3 days', { opens: '2026-03-06', count: 3, until: '2026-03-08' }, ['1 in 03-02 to 03-08']],
    [
      'from a Sunday: at least one',
      { opens: '2026-03-08', count: 1, until: '2026-03-15' },
      ['1 in 03-02 to 03-08', '1 in 03-09 to 03-15'],
    ],
    ['seven a week is one a day', { opens: '2026-03-05', count: 7, until: '2026-03-08' }, ['4 in 03-02 to 03-08']],
    ['fourteen a week is two a day', { opens: '2026-03-06', count: 14, until: '2026-03-08' }, ['6 in 03-02 to 03-08']],
    [
      'half a time is one',
      { opens: '2026-03-02', count: 7, until: '2026-03-08', daysOff: [{ from: '2026-03-03', to: '2026-03-04' }] },
      ['5 in 03-02 to 03-08'],
    ],
    [
      'a last week of 3 days',
      { opens: '2026-03-02', count: 3, until: '2026-03-11' },
      ['3 in 03-02 to 03-08', '1 in 03-09 to 03-11'],
    ],
    [
      'a last week of one day asks for nothing',
      { opens: '2026-03-02', count: 3, until: '2026-03-09' },
      ['3 in 03-02 to 03-08'],
    ],
    [
      'a week that is off',
      { opens: '2026-03-02', count: 2, until: '2026-03-22', daysOff: [{ from: '2026-03-09', to: '2026-03-15' }] },
      ['2 in 03-02 to 03-08', '2 in 03-16 to 03-22'],
    ],
    [
      'a day between two holidays',
      {
        opens: '2026-03-02',
        count: 3,
        until: '2026-03-15',
        daysOff: [
          { from: '2026-03-09', to: '2026-03-11' },
          { from: '2026-03-13', to: '2026-03-15' },
        ],
      },
      ['3 in 03-02 to 03-08'],
    ],
    [
      'the end of a week is off: it ends before',
      { opens: '2026-03-02', count: 3, until: '2026-03-08', daysOff: [{ from: '2026-03-07', to: '2026-03-08' }] },
      ['2 in 03-02 to 03-06'],
    ],
    [
      'weeks from Sunday',
      { opens: '2026-03-02', count: 3, until: '2026-03-14', weekBegins: 'sun' },
      ['3 in 03-01 to 03-07', '3 in 03-08 to 03-14'],
    ],
    [
      'weeks from Saturday',
      { opens: '2026-03-02', count: 7, until: '2026-03-13', weekBegins: 'sat' },
      ['5 in 02-28 to 03-06', '7 in 03-07 to 03-13'],
    ],
    [
      'of five in all only what is left',
      { opens: '2026-03-02', count: 3, ends: { type: 'after', count: 5 } },
      ['3 in 03-02 to 03-08', '2 in 03-09 to 03-15'],
    ],
    [
      'from its own first day on',
      { opens: '2026-03-02', count: 7, start: '2026-03-12', until: '2026-03-15' },
      ['4 in 03-09 to 03-15'],
    ],
    [
      'over the change of the clock',
      { opens: '2026-03-02', count: 1, until: '2026-03-15', weekBegins: 'sun' },
      ['1 in 03-01 to 03-07', '1 in 03-08 to 03-14', ...[]],
    ],
  ])('%s', (_name, one, weeks) => {
    expect(weeksOf(one)).toEqual(weeks);
  });
});

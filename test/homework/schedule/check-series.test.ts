import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src/homework/model.ts';
import { checkSchedule } from '../../../src/homework/schedule/check-schedule.ts';
import type { Series, SeriesPattern } from '../../../src/homework/schedule/schedule.ts';
import { refusedAt } from '../refusal.ts';

// Wednesday, 4 March 2026, noon in New York
const at = '2026-03-04T17:00:00.000Z';
const plan = { start: '2026-03-02', end: '2026-03-29', timeZone: 'America/New_York' };
const refused = (schedule: Schedule, within: Parameters<typeof checkSchedule>[2] = plan, when = at) =>
  refusedAt(() => checkSchedule(schedule, 'schedule', within, when));

const daily: Series = { type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'open' } };
const by = (pattern: SeriesPattern, rest: Partial<Series> = {}): Series => ({ ...daily, pattern, ...rest });
const mondays: SeriesPattern = { type: 'weekdays', days: ['mon'], everyWeeks: 1 };

describe('a series that can never be kept is refused, naming the field', () => {
  it.each<[string, Schedule, unknown]>([
    ['every 0 days', by({ type: 'days', every: 0 }), 'schedule.pattern.every'],
    ['every half day', by({ type: 'days', every: 0.5 }), 'schedule.pattern.every'],
    ['no day of the week', by({ type: 'weekdays', days: [], everyWeeks: 1 }), 'schedule.pattern.days'],
    ['a day twice', by({ type: 'weekdays', days: ['mon', 'mon'], everyWeeks: 1 }), ['schedule.pattern.days']],
    ['every 0 weeks', by({ type: 'weekdays', days: ['mon'], everyWeeks: 0 }), 'schedule.pattern.everyWeeks'],
    ['no times a week', by({ type: 'per-week', count: 0 }), 'schedule.pattern.count'],
    [
      'parts of a day with times a week',
      by({ type: 'per-week', count: 2 }, { times: ['morning'] }),
      ['schedule.times'],
    ],
    ['no part of the day', { ...daily, times: [] }, 'schedule.times'],
    ['a part twice', { ...daily, times: ['noon', 'noon'] }, ['schedule.times']],
    ['after no times', { ...daily, ends: { type: 'after', count: 0 } }, 'schedule.ends.count'],
    ['an end that is no day', { ...daily, ends: { type: 'on', date: '2026-02-30' } }, ['schedule.ends.date']],
    [
      'an end before the start',
      { ...daily, start: '2026-03-10', ends: { type: 'on', date: '2026-03-09' } },
      'schedule.ends.date',
    ],
    ['an end before the plan', { ...daily, ends: { type: 'on', date: '2026-03-01' } }, 'schedule.ends.date'],
    ['an end after the plan', { ...daily, ends: { type: 'on', date: '2026-03-30' } }, 'schedule.ends.date'],
    ['an end in the past', { ...daily, ends: { type: 'on', date: '2026-03-03' } }, 'schedule.ends.date'],
    ['a start that is no day', { ...daily, start: 'soon' }, ['schedule.start']],
    ['a start before the plan', { ...daily, start: '2026-03-01' }, 'schedule.start'],
    ['a start in the past', { ...daily, start: '2026-03-03' }, 'schedule.start'],
    ['a start after the plan', { ...daily, start: '2026-03-30' }, 'schedule.start'],
    ['Mondays until Sunday', by(mondays, { ends: { type: 'on', date: '2026-03-08' } }), 'schedule.pattern'],
    ['enough that is more than all', { ...daily, enough: 8 }, 'schedule.enough'],
    ['nothing that is enough', { ...daily, enough: 0 }, 'schedule.enough'],
    ['no session', { type: 'sessions', count: 0 }, 'schedule.count'],
  ])('%s', (_name, schedule, field) => {
    expect(refused(schedule)).toEqual(field);
  });

  it.each<[string, Schedule]>([
    ['every day', daily],
    ['from today', { ...daily, start: '2026-03-04' }],
    ['until today', { ...daily, ends: { type: 'on', date: '2026-03-04' } }],
    ['until the plan’s last day', { ...daily, ends: { type: 'on', date: '2026-03-29' } }],
    ['Mondays until Monday', by(mondays, { ends: { type: 'on', date: '2026-03-09' } })],
    ['14 a week', by({ type: 'per-week', count: 14 })],
    [
      'in the morning and in the evening, of which 14 are enough',
      { ...daily, times: ['morning', 'evening'], enough: 14 },
    ],
    ['at the next visit', { type: 'at-visit' }],
    ['in sessions', { type: 'sessions', count: 1 }],
  ])('%s is not', (_name, schedule) => {
    expect(refused(schedule)).toBe('accepted');
  });

  it('one that goes on keeps its first day, however long ago that was; another one in the past is refused', () => {
    const current: Series = { ...daily, start: '2026-03-02' };
    const longer: Series = { ...current, ends: { type: 'on', date: '2026-03-20' } };
    expect(refused(longer, { ...plan, current })).toBe('accepted');
    expect(refused({ ...longer, start: '2026-03-03' }, { ...plan, current })).toBe('schedule.start');
  });

  it('its weeks are those of the tenant; where nobody has said which these are, only what is in none of them is refused', () => {
    const everyOtherSunday = by({ type: 'weekdays', days: ['sun'], everyWeeks: 2 });
    // until Sunday the 8th, which is in this week or begins the next one
    const within = { ...plan, end: '2026-03-08' };
    expect(refused(everyOtherSunday, { ...within, weekBegins: 'mon' })).toBe('accepted');
    expect(refused(everyOtherSunday, { ...within, weekBegins: 'sun' })).toBe('schedule.pattern');
    expect(refused(everyOtherSunday, within)).toBe('accepted');
    expect(refused(everyOtherSunday, { ...within, end: '2026-03-07' })).toBe('schedule.pattern');
  });

  describe('all of whose days are days off', () => {
    const off = (from: string, to: string) => ({ ...plan, daysOff: [{ from, to }] });
    const everyWeek = by({ type: 'days', every: 7 });
    it.each<[string, Series, Parameters<typeof checkSchedule>[2], string]>([
      ['every day', daily, off('2026-03-02', '2026-03-29'), 'schedule.pattern'],
      ['every day but the last', daily, off('2026-03-02', '2026-03-28'), 'accepted'],
      ['every day but today', daily, off('2026-03-05', '2026-03-29'), 'accepted'],
      ['every day from today, yesterday not', daily, off('2026-03-04', '2026-03-29'), 'schedule.pattern'],
      [
        'by two that meet',
        daily,
        {
          ...plan,
          daysOff: [
            { from: '2026-03-16', to: '2026-03-29' },
            { from: '2026-03-01', to: '2026-03-15' },
          ],
        },
        'schedule.pattern',
      ],
      [
        'until its own end',
        { ...daily, ends: { type: 'on', date: '2026-03-10' } },
        off('2026-03-02', '2026-03-10'),
        'schedule.pattern',
      ],
      ['so many a week', by({ type: 'per-week', count: 3 }), off('2026-03-02', '2026-03-29'), 'schedule.pattern'],
      [
        'so many a week, with one day left',
        by({ type: 'per-week', count: 1 }),
        off('2026-03-02', '2026-03-28'),
        'accepted',
      ],
      [
        'Mondays',
        by(mondays),
        { ...plan, daysOff: ['09', '16', '23'].map((day) => ({ from: `2026-03-${day}`, to: `2026-03-${day}` })) },
        'schedule.pattern',
      ],
      ['Mondays but one', by(mondays), { ...plan, daysOff: [{ from: '2026-03-09', to: '2026-03-16' }] }, 'accepted'],
      // its rhythm begins with its opening, which is still to come
      [
        'every seven days',
        everyWeek,
        { ...plan, daysOff: ['04', '11', '18', '25'].map((day) => ({ from: `2026-03-${day}`, to: `2026-03-${day}` })) },
        'accepted',
      ],
      [
        'every seven days from a day on',
        { ...everyWeek, start: '2026-03-04' },
        { ...plan, daysOff: ['04', '11', '18', '25'].map((day) => ({ from: `2026-03-${day}`, to: `2026-03-${day}` })) },
        'schedule.pattern',
      ],
      [
        'with no end, after its days off',
        daily,
        { start: '2026-03-02', timeZone: plan.timeZone, daysOff: [{ from: '2026-03-02', to: '2026-12-31' }] },
        'accepted',
      ],
    ])('%s: %s', (_what, schedule, within, field) => {
      expect(refused(schedule, within)).toBe(field);
    });
  });

  it('its day is over at four in the morning after it', () => {
    const today: Series = { ...daily, start: '2026-03-04' };
    expect(refused(today, plan, '2026-03-05T08:59:59.999Z')).toBe('accepted');
    expect(refused(today, plan, '2026-03-05T09:00:00.000Z')).toBe('schedule.start');
  });
});

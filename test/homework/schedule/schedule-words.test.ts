import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src/homework/model.ts';
import type { PartOfDay, Series, SeriesEnd, SeriesPattern } from '../../../src/homework/schedule/schedule.ts';
import { enoughWords, scheduleWords } from '../../../src/homework/schedule/schedule-words.ts';

const days = (every: number): SeriesPattern => ({ type: 'days', every });
const weekdays = (...on: Extract<SeriesPattern, { type: 'weekdays' }>['days']): SeriesPattern => ({
  ...{ type: 'weekdays', days: on, everyWeeks: 1 },
});
const perWeek = (count: number): SeriesPattern => ({ type: 'per-week', count });
const series = (pattern: SeriesPattern, ends: SeriesEnd = { type: 'open' }, times?: PartOfDay[]): Series => ({
  ...{ type: 'series', pattern, ends, start: '2026-03-02' },
  ...(times === undefined ? {} : { times }),
});
const said = { day: (date: string) => `<${date}>` };

describe('a schedule in words', () => {
  it.each<[Schedule, string]>([
    [{ type: 'once', by: '2026-03-09' }, 'once, by <2026-03-09>'],
    [{ type: 'once-within', days: 1 }, 'once, within a day of opening'],
    [{ type: 'once-within', days: 5 }, 'once, within 5 days of opening'],
    [
      {
        ...{ type: 'event', event: 'meeting', count: 3 },
        text: 'next three meetings',
        window: { start: '2026-03-02', end: '2026-03-13' },
      },
      'next three meetings, by <2026-03-13>',
    ],
    [{ type: 'at-visit' }, 'once, due at the next visit'],
    [{ type: 'sessions', count: 1 }, 'once, in a session'],
    [{ type: 'sessions', count: 4 }, '4 times, in sessions'],
    [series(days(1)), 'every day'],
    [series(days(2)), 'every other day'],
    [series(days(10)), 'every 10 days'],
    [series(days(1), { type: 'on', date: '2026-03-31' }), 'every day, until <2026-03-31>'],
    [series(days(1), { type: 'after', count: 30 }), 'every day, 30 times in all'],
    [series(days(1), { type: 'after', count: 1 }), 'every day, once in all'],
    [series(days(1), { type: 'next-visit' }), 'every day, until the next visit'],
    [series(days(1), { type: 'open' }, ['morning', 'evening']), 'each morning and evening'],
    [series(days(1), { type: 'open' }, ['morning', 'noon', 'night']), 'each morning, noon and night'],
    [series(days(2), { type: 'open' }, ['evening']), 'every other day, evening'],
    [series(weekdays('wed', 'mon', 'fri')), 'on Mon, Wed and Fri'],
    [series(weekdays('tue')), 'every Tuesday'],
    [series(weekdays('mon', 'tue', 'wed', 'thu', 'fri')), 'Monday to Friday'],
    [series(weekdays('sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat')), 'every day'],
    [series({ type: 'weekdays', days: ['mon', 'thu'], everyWeeks: 2 }), 'every other week, on Mon and Thu'],
    [series({ type: 'weekdays', days: ['mon'], everyWeeks: 4 }), 'every 4 weeks, on Mon'],
    [series(perWeek(1)), 'once a week, any day'],
    [series(perWeek(2)), 'twice a week, any days'],
    [series(perWeek(3)), '3 times a week, any days'],
  ])('%j', (schedule, words) => {
    expect(scheduleWords(schedule, said)).toBe(words);
  });

  it('says the first day where that is still to come, and what somebody typed as it is to be shown', () => {
    expect(scheduleWords(series(days(1)), { ...said, withStart: true })).toBe('every day, from <2026-03-02>');
    const window = { start: '2026-03-02', end: '2026-03-13' };
    const event: Schedule = { type: 'event', event: 'x', count: 1, text: 'next x', window };
    expect(scheduleWords(event, { ...said, text: (typed) => `“${typed}”` })).toBe('“next x”, by <2026-03-13>');
  });

  it.each<[Series, string | undefined]>([
    [series(days(1)), undefined],
    [{ ...series(days(1)), enough: 5 }, '5 of 7 is good'],
    [{ ...series(days(1), { type: 'open' }, ['morning', 'evening']), enough: 10 }, '10 of 14 is good'],
    [{ ...series(weekdays('mon', 'wed', 'fri')), enough: 2 }, '2 of 3 is good'],
    [{ ...series(perWeek(3)), enough: 2 }, '2 of 3 is good'],
    [{ ...series(days(2)), enough: 2 }, '2 a week is good'],
  ])('what is enough of %j', (schedule, words) => {
    expect(enoughWords(schedule)).toBe(words);
  });
});

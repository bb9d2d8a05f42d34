import { describe, expect, it, test } from 'vitest';
import { scheduleText } from '../../../src/fhir/timing/schedule-text.ts';
import { toQuantity } from '../../../src/fhir/to-quantity.ts';
import { lastDay, toPeriod } from '../../../src/fhir/to-schedule-inputs.ts';
import type { Schedule } from '../../../src/homework/model.ts';

const meetings: Schedule = {
  ...{ type: 'event', event: 'team meeting', count: 3, text: 'next three team meetings' },
  window: { start: '2026-03-02', end: '2026-03-13' },
};

describe('a schedule', () => {
  it.each<[string, Schedule, string | undefined]>([
    ['next three team meetings', meetings, '2026-03-13'],
    ['once, by 2026-03-20', { type: 'once', by: '2026-03-20' }, '2026-03-20'],
    // its last day is known when it is unlocked, and then it is another schedule
    ['once, within a day of opening', { type: 'once-within', days: 1 }, undefined],
    ['once, within 2 days of opening', { type: 'once-within', days: 2 }, undefined],
    [
      'every day, until 2026-03-20',
      { type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'on', date: '2026-03-20' } },
      '2026-03-20',
    ],
  ])('in words: %s', (words, schedule, last) => {
    expect(scheduleText(schedule)).toBe(words);
    expect(lastDay(schedule)).toBe(last);
  });

  test('that there is none of has no last day', () => {
    expect(lastDay(undefined)).toBeUndefined();
  });
});

describe('a span of time', () => {
  test('has an end once it has ended, each with the offset of that moment', () => {
    const from = '2026-03-07T15:00:00.000Z';
    expect(toPeriod({ from, until: '2026-03-08T15:00:00.000Z' }, 'America/New_York')).toStrictEqual({
      start: '2026-03-07T10:00:00-05:00',
      end: '2026-03-08T11:00:00-04:00',
    });
    expect(toPeriod({ from }, 'Asia/Kolkata')).toStrictEqual({ start: '2026-03-07T20:30:00+05:30' });
  });
});

describe('a value with its unit', () => {
  it.each(['%', 's', 'min', 'h', 'd'])('%s is a code of UCUM', (unit) => {
    expect(toQuantity(1.5, unit)).toStrictEqual({ value: 1.5, unit, system: 'http://unitsofmeasure.org', code: unit });
  });

  it.each(['points', 'times', 'constructor'])('%s is none, and stands in words', (unit) => {
    expect(toQuantity(0, unit)).toStrictEqual({ value: 0, unit });
  });
});

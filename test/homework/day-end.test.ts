import { describe, expect, it } from 'vitest';
import {
  addGrace,
  dayEnd,
  dayOf,
  dayStart,
  daysBetween,
  isLocalDate,
  isTimeZone,
} from '../../src/homework/schedule/day-end.ts';
import fc from '../fast-check.ts';

const zones = [
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'Pacific/Honolulu',
  'Australia/Lord_Howe',
  'UTC',
];
const someDay = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("a patient's day", () => {
  it.each([
    ['an ordinary day, west', '2026-03-23', 'America/New_York', '2026-03-24T08:00:00.000Z'],
    ['the day before clocks go forward', '2026-03-07', 'America/New_York', '2026-03-08T08:00:00.000Z'],
    ['the day before that, still in winter time', '2026-03-06', 'America/New_York', '2026-03-07T09:00:00.000Z'],
    ['the day before clocks go back', '2026-10-31', 'America/New_York', '2026-11-01T09:00:00.000Z'],
    ['the last day of summer time', '2026-10-30', 'America/New_York', '2026-10-31T08:00:00.000Z'],
    ['east', '2026-03-23', 'Pacific/Auckland', '2026-03-23T15:00:00.000Z'],
    ['as far east as it gets', '2026-03-23', 'Pacific/Kiritimati', '2026-03-23T14:00:00.000Z'],
    ['a half-hour zone', '2026-03-23', 'Asia/Kolkata', '2026-03-23T22:30:00.000Z'],
  ])('ends at 04:00: %s', (_, date, zone, end) => {
    expect(dayEnd(date, zone)).toBe(end);
  });

  it('has 23 hours when clocks go forward and 25 when they go back', () => {
    const hours = (date: string) =>
      (Date.parse(dayEnd(date, 'America/New_York')) - Date.parse(dayStart(date, 'America/New_York'))) / 3_600_000;
    expect([hours('2026-03-06'), hours('2026-03-07'), hours('2026-10-31')]).toEqual([24, 23, 25]);
  });

  it('counts one in the morning as the day before, and four as the new one', () => {
    expect(dayOf('2026-03-24T05:00:00.000Z', 'America/New_York')).toBe('2026-03-23');
    expect(dayOf('2026-03-24T07:59:59.999Z', 'America/New_York')).toBe('2026-03-23');
    expect(dayOf('2026-03-24T08:00:00.000Z', 'America/New_York')).toBe('2026-03-24');
  });

  it('gives a grace of 24 h as a day, also over a change of clocks', () => {
    // Saturday's end is 04:00 on the day the clocks change; Friday's grace must end there, not at 05:00.
    expect(addGrace(dayEnd('2026-03-06', 'America/New_York'), 24, 'America/New_York')).toBe(
      dayEnd('2026-03-07', 'America/New_York'),
    );
    expect(addGrace('2026-03-24T08:00:00.000Z', 1.5, 'America/New_York')).toBe('2026-03-24T09:30:00.000Z');
  });

  it('leaves no gap and no overlap in any zone, and knows its own instants', () => {
    fc.assert(
      fc.property(someDay, fc.constantFrom(...zones), (date, zone) => {
        const end = dayEnd(date, zone);
        const lastMoment = new Date(Date.parse(end) - 1).toISOString();
        expect(dayOf(dayStart(date, zone), zone)).toBe(date);
        expect(dayOf(lastMoment, zone)).toBe(date);
        expect(daysBetween(date, dayOf(end, zone))).toBe(1);
      }),
    );
  });

  it('tells days and zones from what only looks like them', () => {
    expect(['2026-02-28', '2026-02-30', '2026-3-1', 'tomorrow', '2026-03-01T00:00'].map(isLocalDate)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(['America/New_York', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, false, false]);
  });
});

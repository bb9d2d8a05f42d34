import { describe, expect, it } from 'vitest';
import {
  addDays,
  addGrace,
  calendarDay,
  dayEnd,
  dayOf,
  dayStart,
  daysBetween,
  daysLeft,
  dueDay,
  isLocalDate,
  isTimeZone,
  midnight,
} from '../../../src/homework/schedule/day-end.ts';

const york = 'America/New_York';

describe('the homework day of a moment', () => {
  it.each([
    ['just before four', york, '2026-03-03T08:59:59.999Z', '2026-03-02', '2026-03-03'],
    ['at four', york, '2026-03-03T09:00:00.000Z', '2026-03-03', '2026-03-03'],
    ['before midnight', york, '2026-03-03T04:59:59.999Z', '2026-03-02', '2026-03-02'],
    ['at midnight', york, '2026-03-03T05:00:00.000Z', '2026-03-02', '2026-03-03'],
    ['on the first of a year', 'UTC', '2026-01-01T03:00:00.000Z', '2025-12-31', '2026-01-01'],
    // clocks that were set over four in the morning: what they show is not yet, or still, the day
    ['shown after four, which has not come', 'Asia/Hong_Kong', '1951-03-31T19:45:00.000Z', '1951-03-31', '1951-04-01'],
    [
      'in the night after a day that never came',
      'Pacific/Apia',
      '2011-12-30T12:00:00.000Z',
      '2011-12-29',
      '2011-12-31',
    ],
    ['shown before four, which is over', 'Asia/Hong_Kong', '1951-10-27T19:45:00.000Z', '1951-10-28', '1951-10-28'],
  ])('%s', (_what, zone, at, homework, calendar) => {
    expect(dayOf(at, zone)).toBe(homework);
    expect(calendarDay(at, zone)).toBe(calendar);
  });

  it.each([
    [york, '2026-03-02', '2026-03-02T05:00:00.000Z', '2026-03-02T09:00:00.000Z', '2026-03-03T09:00:00.000Z'],
    [york, '2026-03-07', '2026-03-07T05:00:00.000Z', '2026-03-07T09:00:00.000Z', '2026-03-08T08:00:00.000Z'],
    ['Asia/Tokyo', '2026-03-02', '2026-03-01T15:00:00.000Z', '2026-03-01T19:00:00.000Z', '2026-03-02T19:00:00.000Z'],
  ])('in %s, %s: midnight, begin and end', (zone, date, first, begins, ends) => {
    expect(midnight(date, zone)).toBe(first);
    expect(dayStart(date, zone)).toBe(begins);
    expect(dayEnd(date, zone)).toBe(ends);
    expect(dueDay(ends, zone)).toBe(date);
  });
});

describe('days to the last one', () => {
  // due by the end of Friday 13 March, which is Saturday 04:00 in New York
  const dueUntil = '2026-03-14T08:00:00.000Z';
  it.each([
    ['2026-03-10T15:00:00.000Z', 3],
    ['2026-03-12T15:00:00.000Z', 1],
    ['2026-03-13T08:00:00.000Z', 0],
    ['2026-03-14T07:59:59.999Z', 0],
    ['2026-03-14T08:00:00.000Z', -1],
    ['2026-03-15T15:00:00.000Z', -2],
  ])('at %s: %d', (now, left) => {
    expect(daysLeft(dueUntil, now, york)).toBe(left);
  });

  it.each([
    ['2026-02-27', 2, '2026-03-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-03-01', 0, '2026-03-01'],
    ['2026-03-07', 365, '2027-03-07'],
    ['0001-01-01', -1, '0001-01-01'],
    ['9999-12-31', 1, '9999-12-31'],
  ])('%s and %d days: %s', (date, days, other) => {
    expect(addDays(date, days)).toBe(other);
  });

  it.each([
    ['2026-03-01', '2026-03-31', 30],
    ['2026-03-31', '2026-03-01', -30],
    ['2026-03-01', '2026-03-01', 0],
  ])('from %s to %s: %d', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
  });
});

describe('a grace', () => {
  const friday = '2026-03-07T09:00:00.000Z';
  it.each([
    ['none', 0, friday],
    ['an hour', 1, '2026-03-07T10:00:00.000Z'],
    ['an hour less than a day is elapsed time', 23, '2026-03-08T08:00:00.000Z'],
    ['a day ends at four, an hour earlier that night', 24, '2026-03-08T08:00:00.000Z'],
    ['a day and a half hour', 24.5, '2026-03-08T08:30:00.000Z'],
    ['two days and an hour', 49, '2026-03-09T09:00:00.000Z'],
    ['to the minute', 1 / 3, '2026-03-07T09:20:00.000Z'],
    ['to the nearest minute', 0.01, '2026-03-07T09:01:00.000Z'],
  ])('%s', (_what, hours, until) => {
    expect(addGrace(friday, hours, york)).toBe(until);
  });

  it('of hours is elapsed time also from a time that the clock shows twice', () => {
    expect(addGrace('2026-11-01T06:30:00.000Z', 1, york)).toBe('2026-11-01T07:30:00.000Z');
  });
});

describe('what is written as a day or a zone', () => {
  it.each([
    ['2026-02-28', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-3-1', false],
    ['26-03-01', false],
    ['x2026-03-01', false],
    ['2026-03-01 ', false],
    ['2026-03-01T00:00', false],
    ['', false],
  ])('%j is a day: %s', (text, is) => {
    expect(isLocalDate(text)).toBe(is);
  });

  it.each([
    ['America/New_York', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['', false],
  ])('%j is a zone: %s', (zone, is) => {
    expect(isTimeZone(zone)).toBe(is);
  });
});

import { describe, expect, it } from 'vitest';
import { dayMs, instantOf, momentOf, wallOf } from '../../../src/homework/schedule/wall-clock.ts';

const ms = (text: string) => Date.parse(text);
const text = (time: number) => new Date(time).toISOString();

describe('the clock on the wall', () => {
  it.each([
    ['winter', 'America/New_York', '2026-03-02T15:00:00.000Z', '2026-03-02T10:00:00.000Z'],
    ['summer', 'America/New_York', '2026-07-02T15:00:00.000Z', '2026-07-02T11:00:00.000Z'],
    ['the day before there', 'America/New_York', '2026-03-02T04:59:59.999Z', '2026-03-01T23:59:59.999Z'],
    ['midnight is 00, never 24', 'America/New_York', '2026-03-02T05:00:00.000Z', '2026-03-02T00:00:00.000Z'],
    ['the day after there', 'Pacific/Kiritimati', '2026-12-31T10:00:00.001Z', '2027-01-01T00:00:00.001Z'],
    ['three quarters of an hour', 'Asia/Kathmandu', '2026-03-02T00:00:01.250Z', '2026-03-02T05:45:01.250Z'],
    ['before 1970, below a second', 'UTC', '1969-12-31T23:59:59.750Z', '1969-12-31T23:59:59.750Z'],
    [
      'seconds of a local mean time',
      'Europe/Amsterdam',
      '1800-01-01T00:00:00.000Z',
      text(ms('1800-01-01T00:17:30.000Z')),
    ],
    ['the years below 100', 'UTC', '0033-04-03T12:00:00.000Z', '0033-04-03T12:00:00.000Z'],
    ['the last day of a leap February', 'Asia/Tokyo', '2028-02-28T15:00:00.000Z', '2028-02-29T00:00:00.000Z'],
  ])('%s', (_what, zone, at, wall) => {
    expect(text(wallOf(ms(at), zone))).toBe(wall);
    expect(text(momentOf(ms(wall), zone))).toBe(at);
  });

  it('does not know every zone', () => {
    expect(() => wallOf(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('a time that the clock shows twice, or never', () => {
  it.each([
    ['twice: the first', 'America/New_York', '2026-11-01T01:30:00.000Z', '2026-11-01T05:30:00.000Z'],
    ['just before it is shown again', 'America/New_York', '2026-11-01T00:59:59.999Z', '2026-11-01T04:59:59.999Z'],
    ['just after', 'America/New_York', '2026-11-01T02:00:00.000Z', '2026-11-01T07:00:00.000Z'],
    ['never: as long after the change', 'America/New_York', '2026-03-08T02:30:00.000Z', '2026-03-08T07:30:00.000Z'],
    ['just before the gap', 'America/New_York', '2026-03-08T01:59:59.999Z', '2026-03-08T06:59:59.999Z'],
    ['just after the gap', 'America/New_York', '2026-03-08T03:00:00.000Z', '2026-03-08T07:00:00.000Z'],
    ['half an hour twice', 'Australia/Lord_Howe', '2026-04-05T01:45:00.000Z', '2026-04-04T14:45:00.000Z'],
    ['a whole day never', 'Pacific/Apia', '2011-12-30T12:00:00.000Z', '2011-12-30T22:00:00.000Z'],
  ])('%s', (_what, zone, wall, at) => {
    expect(text(momentOf(ms(wall), zone))).toBe(at);
  });
});

describe('an instant', () => {
  it.each([
    [ms('2026-03-02T15:00:00Z'), '2026-03-02T15:00:00.000Z'],
    [ms('0001-01-01T00:00:00Z') - 1, '0001-01-01T00:00:00.000Z'],
    [ms('0001-01-01T00:00:00Z') + 1, '0001-01-01T00:00:00.001Z'],
    [ms('9999-12-31T23:59:59.999Z') + 1, '9999-12-31T23:59:59.999Z'],
    [ms('9999-12-31T23:59:59.998Z'), '9999-12-31T23:59:59.998Z'],
    [-8.64e15, '0001-01-01T00:00:00.000Z'],
    [8.64e15, '9999-12-31T23:59:59.999Z'],
  ])('%d is %s, within the years 1 to 9999', (time, instant) => {
    expect(instantOf(time)).toBe(instant);
  });
});

it('has 24 hours in a day of the wall', () => {
  expect(dayMs).toBe(24 * 60 * 60 * 1000);
});

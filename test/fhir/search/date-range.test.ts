import { describe, expect, it } from 'vitest';
import { dateRange } from '../../../src/fhir/search/date-range.ts';
import fc from '../../fast-check.ts';

describe('the range of time that a date covers', () => {
  it.each([
    ['2026', '2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
    ['2026-02', '2026-02-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
    ['2026-12-31', '2026-12-31T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
    ['2026-03-02T10:00-05:00', '2026-03-02T15:00:00.000Z', '2026-03-02T15:00:59.999Z'],
    ['2026-03-02T10:00:00-05:00', '2026-03-02T15:00:00.000Z', '2026-03-02T15:00:00.999Z'],
    ['2026-03-02T10:00:00.25+05:30', '2026-03-02T04:30:00.250Z', '2026-03-02T04:30:00.250Z'],
    ['0099-01-01', '0099-01-01T00:00:00.000Z', '0099-01-01T23:59:59.999Z'],
  ])('%s', (value, low, high) => {
    expect(dateRange(value, 'UTC')).toEqual({ low, high });
  });

  it.each([
    '',
    'soon',
    '26',
    '2026-13',
    '2026-02-30',
    '2026-03-02T25:00',
    '2026-03-02T10',
    '2026-03-02 10:00',
    '2026-3-2',
  ])('is none for %s', (value) => {
    expect(dateRange(value, 'UTC')).toBeUndefined();
  });

  it.each([
    ['America/New_York', '2026-03-02', '2026-03-02T05:00:00.000Z', '2026-03-03T04:59:59.999Z'],
    ['America/New_York', '2026-03', '2026-03-01T05:00:00.000Z', '2026-04-01T03:59:59.999Z'],
    ['America/New_York', '2026', '2026-01-01T05:00:00.000Z', '2027-01-01T04:59:59.999Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T03:59:59.999Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.999Z'],
    ['Asia/Kolkata', '2026-03-02', '2026-03-01T18:30:00.000Z', '2026-03-02T18:29:59.999Z'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z', '2026-04-24T20:59:59.999Z'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00.000Z', '2026-04-05T13:29:59.999Z'],
    ['America/New_York', '2026-03-02T10:00', '2026-03-02T15:00:00.000Z', '2026-03-02T15:00:59.999Z'],
    // shown twice: the first; never shown: as long after the change
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z', '2026-11-01T05:30:59.999Z'],
    ['America/New_York', '2026-03-08T02:59', '2026-03-08T07:59:00.000Z', '2026-03-08T07:59:59.999Z'],
    // what says its zone is not moved
    ['Asia/Kolkata', '2026-03-02T10:00Z', '2026-03-02T10:00:00.000Z', '2026-03-02T10:00:59.999Z'],
    // the ends of the calendar are cut, not refused
    ['Asia/Kolkata', '0001-01-01', '0001-01-01T00:00:00.000Z', '0001-01-01T18:06:31.999Z'],
    ['America/New_York', '9999-12-31', '9999-12-31T05:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  ])('in %s: %s', (timeZone, value, low, high) => {
    expect(dateRange(value, timeZone)).toEqual({ low, high });
  });

  it('holds every instant that is written with its beginning', () => {
    const moment = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.constantFrom(4, 7, 10), (date, length) => {
        const instant = date.toISOString();
        const range = dateRange(instant.slice(0, length), 'UTC');
        expect(range && range.low <= instant && instant <= range.high).toBe(true);
        expect(dateRange(instant, 'America/New_York')).toEqual({ low: instant, high: instant });
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateRange } from '../../../src/fhir/search/date-range.ts';

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
    expect(dateRange(value)).toEqual({ low, high });
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
    expect(dateRange(value)).toBeUndefined();
  });

  it('holds every instant that is written with its beginning', () => {
    const moment = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.constantFrom(4, 7, 10), (date, length) => {
        const instant = date.toISOString();
        const range = dateRange(instant.slice(0, length));
        expect(range && range.low <= instant && instant <= range.high).toBe(true);
        expect(dateRange(instant)).toEqual({ low: instant, high: instant });
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { toDateTime, toInstant } from '../../src/fhir/date-time.ts';

describe('a moment by the patient’s clock', () => {
  it.each([
    ['2026-03-02T15:00:00.000Z', 'America/New_York', '2026-03-02T10:00:00-05:00'],
    ['2026-03-02T02:30:15.000Z', 'America/New_York', '2026-03-01T21:30:15-05:00'],
    ['2026-03-02T15:00:00.250Z', 'Asia/Kolkata', '2026-03-02T20:30:00.250+05:30'],
    ['2026-03-02T15:00:00.100Z', 'America/St_Johns', '2026-03-02T11:30:00.100-03:30'],
    ['2026-03-02T15:00:00.000Z', 'Europe/London', '2026-03-02T15:00:00+00:00'],
    ['2026-07-02T15:00:00.000Z', 'Europe/London', '2026-07-02T16:00:00+01:00'],
    ['2026-03-02T15:00:00.000Z', 'UTC', '2026-03-02T15:00:00+00:00'],
    ['2026-12-31T23:59:59.999Z', 'Pacific/Auckland', '2027-01-01T12:59:59.999+13:00'],
  ])('%s in %s', (at, timeZone, written) => {
    expect(toDateTime(at, timeZone)).toBe(written);
    expect(toInstant(written)).toBe(at);
  });

  it('is read from any offset', () => {
    expect(toInstant('2026-03-02T10:00:00Z')).toBe('2026-03-02T10:00:00.000Z');
  });
});

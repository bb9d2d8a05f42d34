import { expect, it } from 'vitest';
import { momentSaid } from '../../src/homework/schedule/moment-said.ts';

it.each([
  ['2026-03-02', 'America/New_York', '2026-03-02T05:00:00.000Z'],
  ['2026-03-02', 'Pacific/Auckland', '2026-03-01T11:00:00.000Z'],
  ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
  ['2026-03', 'Asia/Kolkata', '2026-02-28T18:30:00.000Z'],
  ['2026', 'UTC', '2026-01-01T00:00:00.000Z'],
  ['2026-03-02T10:00:00', 'America/New_York', '2026-03-02T15:00:00.000Z'],
  ['2026-07-02T10:00', 'America/New_York', '2026-07-02T14:00:00.000Z'],
  ['2026-03-02T10:00:00+05:30', 'America/New_York', '2026-03-02T04:30:00.000Z'],
  ['2026-03-02T10:00:00.123Z', 'Asia/Tokyo', '2026-03-02T10:00:00.123Z'],
])('%s in %s', (said, timeZone, at) => {
  expect(new Date(momentSaid(said, timeZone)).toISOString()).toBe(at);
});

it.each(['', 'yesterday', '2026-13-01', '2026-03-02T25:00', '02/03/2026 x'])('is not a time: "%s"', (said) => {
  expect(momentSaid(said, 'America/New_York')).toBeNaN();
});

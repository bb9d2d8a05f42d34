import type { Series, SeriesEnd, SeriesPattern } from '../../../src/homework/schedule/schedule.ts';
import fc from '../../fast-check.ts';

export const zones = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Santiago',
] as const;

/** A day of the six weeks from 1 March 2026 on, over both changes of the clock. */
export const anyDay = fc
  .integer({ min: 0, max: 44 })
  .map((days) => new Date(Date.UTC(2026, 2, 1 + days)).toISOString().slice(0, 10));

const pattern: fc.Arbitrary<SeriesPattern> = fc.oneof(
  fc.integer({ min: 1, max: 4 }).map((every) => ({ type: 'days' as const, every })),
  fc.record({
    type: fc.constant('weekdays' as const),
    days: fc.uniqueArray(fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), {
      ...{ minLength: 1, maxLength: 5 },
    }),
    everyWeeks: fc.integer({ min: 1, max: 2 }),
  }),
  fc.integer({ min: 1, max: 8 }).map((count) => ({ type: 'per-week' as const, count })),
);
const ends: fc.Arbitrary<SeriesEnd> = fc.oneof(
  anyDay.map((day) => ({ type: 'on' as const, date: day })),
  fc.integer({ min: 1, max: 20 }).map((count) => ({ type: 'after' as const, count })),
  fc.constantFrom<SeriesEnd>({ type: 'next-visit' }, { type: 'open' }),
);
const times = fc.option(
  fc.uniqueArray(fc.constantFrom('morning', 'noon', 'afternoon', 'evening', 'night'), { minLength: 1, maxLength: 3 }),
  { nil: undefined, freq: 2 },
);

/** Every series that there is, within these six weeks. */
export const anySeries: fc.Arbitrary<Series> = fc
  .record({ pattern, ends, times, start: fc.option(anyDay, { nil: undefined, freq: 1 }) })
  .map(({ times: parts, start, ...rest }) => ({
    ...{ type: 'series' as const, ...rest },
    ...(parts === undefined || rest.pattern.type === 'per-week' ? {} : { times: parts }),
    ...(start === undefined ? {} : { start }),
  }));

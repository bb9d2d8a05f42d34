import type { LocalDate } from '../../../src/homework/model.ts';
import {
  type PartOfDay,
  partsOfDay,
  type Series,
  type SeriesPattern,
  weekdays,
} from '../../../src/homework/schedule/schedule.ts';
import fc from '../../fast-check.ts';

export const partOfDay: fc.Arbitrary<PartOfDay> = fc.constantFrom(...partsOfDay);

const pattern: fc.Arbitrary<SeriesPattern> = fc.oneof(
  fc.record({ type: fc.constant('days' as const), every: fc.integer({ min: 1, max: 366 }) }),
  fc.record({
    type: fc.constant('weekdays' as const),
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    everyWeeks: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ type: fc.constant('per-week' as const), count: fc.integer({ min: 1, max: 21 }) }),
);

/** Any series that the contract takes, its days and parts in any order. */
export const arbitrarySeries = (localDate: fc.Arbitrary<LocalDate>): fc.Arbitrary<Series> =>
  fc
    .record(
      {
        type: fc.constant('series' as const),
        pattern,
        times: fc.uniqueArray(partOfDay, { minLength: 1 }),
        start: localDate,
        ends: fc.oneof(
          fc.record({ type: fc.constant('on' as const), date: localDate }),
          fc.record({ type: fc.constant('after' as const), count: fc.integer({ min: 1, max: 1000 }) }),
          fc.constant({ type: 'next-visit' as const }),
          fc.constant({ type: 'open' as const }),
        ),
        enough: fc.integer({ min: 1, max: 35 }),
      },
      { requiredKeys: ['type', 'pattern', 'ends'] },
    )
    .map(({ times, ...series }) =>
      times === undefined || series.pattern.type === 'per-week' ? series : { ...series, times },
    );

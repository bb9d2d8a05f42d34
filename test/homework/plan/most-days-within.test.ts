import { describe, expect, it } from 'vitest';
import { mostDaysWithin } from '../../../src/homework/plan/most-days-within.ts';
import { addDays } from '../../../src/homework/schedule/day-end.ts';
import { type SeriesPattern, weekdays } from '../../../src/homework/schedule/schedule.ts';
import { asksOn } from '../../../src/homework/schedule/series-days.ts';
import fc from '../../fast-check.ts';

const ends = { type: 'open' } as const;
const from = (ahead: number) => addDays('2026-03-02', ahead);

/** Counted on the calendar: the stretch with the most days of any that begins in a year. */
function counted(pattern: SeriesPattern, stretch: number): number {
  const series = { type: 'series', pattern, ends, start: from(0) } as const;
  const most = weekdays.map((weekBegins) => {
    const asked = Array.from({ length: 400 + stretch }, (_, ahead) =>
      asksOn(series, from(ahead), { weekBegins, isOff: () => false }) ? 1 : 0,
    );
    const sums = Array.from({ length: 400 }, (_, begin) =>
      asked.slice(begin, begin + stretch).reduce<number>((sum, one) => sum + one, 0),
    );
    return Math.max(...sums);
  });
  return Math.max(...most);
}

describe('the most days of a stretch on which a series asks', () => {
  it('is what the calendar says, wherever the week begins', () => {
    const days = fc.record({ type: fc.constant('days' as const), every: fc.integer({ min: 1, max: 20 }) });
    const onWeekdays = fc.record({
      type: fc.constant('weekdays' as const),
      days: fc.subarray([...weekdays], { minLength: 1 }),
      everyWeeks: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.oneof(days, onWeekdays), fc.integer({ min: 1, max: 60 }), (pattern, stretch) => {
        expect(mostDaysWithin({ type: 'series', pattern, ends }, stretch)).toBe(counted(pattern, stretch));
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    [3, 7, 6],
    [3, 1, 1],
    [3, 2, 2],
    [1, 7, 2],
    [1, 8, 2],
    [1, 9, 3],
    [7, 14, 14],
  ])('of %i a week in %i days is %i', (count, stretch, most) => {
    expect(mostDaysWithin({ type: 'series', pattern: { type: 'per-week', count }, ends }, stretch)).toBe(most);
  });

  it('is bounded by nothing where no days are said', () => {
    expect(mostDaysWithin({ type: 'sessions', count: 3 }, 7)).toBe(Number.POSITIVE_INFINITY);
  });
});

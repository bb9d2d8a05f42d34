import type { Schedule } from '../../../src/homework/schedule/schedule.ts';
import fc from '../../fast-check.ts';
import { anyDay, anySeries } from '../schedule/any-series.ts';

// which visit is the next one of a series that begins later is asked of series alone
const series = anySeries.map(({ start, ...rest }) =>
  start === undefined || rest.ends.type === 'next-visit' ? rest : { ...rest, start },
);

/** Every schedule that there is, within six weeks from 1 March 2026 on. */
export const anySchedule = fc.oneof(
  { weight: 2, arbitrary: anyDay.map((by) => ({ type: 'once' as const, by })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }).map((days) => ({ type: 'once-within' as const, days })) },
  {
    weight: 2,
    arbitrary: fc
      .record({ count: fc.integer({ min: 1, max: 4 }), from: fc.nat({ max: 20 }), days: fc.nat({ max: 20 }) })
      .map(({ count, from, days }) => {
        const day = (number: number) => new Date(Date.UTC(2026, 2, 1 + number)).toISOString().slice(0, 10);
        const window = { start: day(from), end: day(from + days) };
        return { type: 'event' as const, event: 'meeting', text: 'next meetings', count, window };
      }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'at-visit' as const }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }).map((count) => ({ type: 'sessions' as const, count })) },
  { weight: 5, arbitrary: series },
) satisfies fc.Arbitrary<Schedule>;

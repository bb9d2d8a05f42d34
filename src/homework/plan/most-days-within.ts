import type { Schedule } from '../model.ts';
import { type SeriesPattern, weekdays } from '../schedule/schedule.ts';

/**
 * On how many days of a stretch of so many a schedule can ask at the very most, wherever the stretch begins and on whichever day the
 * tenant's week does. Infinity: a schedule that is no series says no days, and is counted as a whole.
 */
export function mostDaysWithin(schedule: Schedule, stretch: number): number {
  return schedule.type === 'series' ? mostOfPattern(schedule.pattern, stretch) : Number.POSITIVE_INFINITY;
}

function mostOfPattern(pattern: SeriesPattern, stretch: number): number {
  switch (pattern.type) {
    case 'days':
      return Math.ceil(stretch / pattern.every);
    case 'per-week':
      // it may begin and end with a part of a week, each of which can have all of that week's
      return Math.min(stretch, (Math.ceil((stretch - 1) / 7) + 1) * pattern.count);
    case 'weekdays': {
      const { days, everyWeeks } = pattern;
      const asked = days.map((day) => weekdays.indexOf(day));
      const begins = everyWeeks === 1 ? [0] : weekdays.map((_day, index) => index);
      return Math.max(...begins.map((weekBegins) => mostFrom(asked, { everyWeeks, weekBegins, stretch })));
    }
  }
}

/** Of a cycle of so many weeks, of which the first asks on these weekdays: the stretch that has the most of them begins with one. */
function mostFrom(
  asked: readonly number[],
  {
    everyWeeks,
    weekBegins,
    stretch,
  }: { readonly everyWeeks: number; readonly weekBegins: number; readonly stretch: number },
): number {
  const cycle = everyWeeks * 7;
  const days = asked.map((day) => (day - weekBegins + 7) % 7);
  const rest = stretch % cycle;
  const inRest = (from: number) => days.filter((day) => (day - from + cycle) % cycle < rest).length;
  return Math.floor(stretch / cycle) * days.length + Math.max(0, ...days.map(inRest));
}

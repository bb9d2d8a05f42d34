import { describe, expect, it } from 'vitest';
import type { Measure, MeasureReading } from '../../../src/homework/log/measures-of.ts';
import type { ScoreDeclaration } from '../../../src/homework/log/score.ts';
import { meanOfWeekWords, weekMean } from '../../../src/homework/log/week-mean.ts';

const score: ScoreDeclaration = {
  ...{ linkId: 'efficiency', label: 'Sleep efficiency', unit: '%', range: { least: 0, most: 100 }, higherIs: 'better' },
  code: { system: 'urn:s', code: 'efficiency', display: 'Sleep efficiency' },
  calculation: { type: 'percent', of: 'a', in: 'b' },
};
/** At seven in the morning in Berlin of a day of March. */
const night = (day: number, value: number): MeasureReading => ({
  ...{ logId: `${day}-${value}`, at: `2026-03-${String(day).padStart(2, '0')}T06:00:00.000Z`, value, moment: 'after' },
});
const nights = (...readings: readonly [MeasureReading, ...MeasureReading[]]): Measure => ({
  ...{ label: 'Sleep efficiency', unit: '%', linkId: 'efficiency', score, readings },
});
const berlin = 'Europe/Berlin';

describe('the mean of a week', () => {
  it('is that of the seven days that end with the last, each day once, to a tenth', () => {
    // 3 March is eight days before the 11th; of the 10th both count as one, 80
    const week = nights(night(3, 10), night(5, 70), night(8, 75), night(10, 78), night(10, 82), night(11, 76));
    expect(weekMean(week, berlin)).toEqual({ mean: 75.3, days: 4 });
  });

  it('is by the patient’s days, which begin at four in the morning', () => {
    const late = { ...night(6, 90), at: '2026-03-06T03:30:00.000Z' };
    const week = nights({ ...late, logId: 'late' }, night(6, 70), night(7, 60), night(8, 50));
    expect(weekMean(week, berlin)).toEqual({ mean: 63.3, days: 3 });
    expect(weekMean(week, 'UTC')).toEqual({ mean: 67.5, days: 4 });
  });

  it.each([
    ['a night or two', nights(night(10, 70), night(11, 80))],
    [
      'what looks back on weeks',
      { ...nights(night(9, 1), night(10, 2), night(11, 3)), score: { ...score, recallDays: 14 } },
    ],
    [
      'what is no score',
      { label: 'SUDS', unit: '', linkId: 's', readings: nights(night(9, 1), night(10, 2), night(11, 3)).readings },
    ],
  ])('is none of %s', (_what, measure) => {
    expect(weekMean(measure, berlin)).toBeUndefined();
    expect(meanOfWeekWords(measure, { language: 'en-GB', timeZone: berlin })).toBe('');
  });

  it('is told with how many days it is of, where a day is missing', () => {
    const place = { language: 'de-AT', timeZone: berlin };
    const [first, ...others] = [5, 6, 7, 8, 9, 10, 11].map((day) => night(day, 70.5));
    if (first === undefined) throw new Error('a week has days');
    expect(meanOfWeekWords(nights(first, ...others), place)).toBe('mean of the last 7 days 70,5 %');
    expect(meanOfWeekWords(nights(first, ...others.slice(2)), place)).toBe(
      'mean of the last 7 days 70,5 % (5 of them logged)',
    );
  });
});

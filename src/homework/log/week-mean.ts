import { lastDays, mean } from '../plan/criteria/last-days.ts';
import type { Measure } from './measures-of.ts';
import { writeNumber } from './write-number.ts';

/** The mean of a score over the last week that it was logged in, and on how many days it was. */
export interface WeekMean {
  readonly mean: number;
  readonly days: number;
}

/** Fewer days than these are told one by one, and their mean says no more. */
const least = 3;

/**
 * What a score that is asked day by day is read by: its mean over the seven days that end with the last one, to a tenth; each day weighs
 * the same, however often it was logged. Undefined: it looks back on more than a day by itself, or has too few days.
 * @param timeZone in which the days are the patient's
 */
export function weekMean({ score, readings }: Measure, timeZone: string): WeekMean | undefined {
  if (score === undefined || (score.recallDays ?? 1) > 1) return undefined;
  const rated = readings.map(({ at, value }) => ({ performedAt: at, value }));
  const days = lastDays(rated, { days: 7, timeZone }, ({ value }) => value).map(mean);
  return days.length < least ? undefined : { mean: Math.round(mean(days) * 10) / 10, days: days.length };
}

/** `mean of the last 7 days 71.5 % (6 of them logged)`; empty where there is none. */
export function meanOfWeekWords(
  measure: Measure,
  { language, timeZone }: { readonly language: string; readonly timeZone: string },
): string {
  const week = weekMean(measure, timeZone);
  if (week === undefined) return '';
  const written = `${writeNumber(week.mean, language)} ${measure.unit}`.trimEnd();
  return `mean of the last 7 days ${written}${week.days === 7 ? '' : ` (${week.days} of them logged)`}`;
}

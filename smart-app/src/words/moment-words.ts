import type { Measure } from '../../../src/homework/log/measures-of.ts';

/** Whether the measure is rated before and after what is done: then each value says which of the two it is. */
export function hasMoments({ readings }: Measure): boolean {
  return readings.some(({ moment }) => moment === 'before');
}

/**
 * Which ratings the first and the last value of a measure are, as what follows each: `before the first log`, `after the last
 * log`; empty for a measure that is rated once in each log.
 */
export function momentWords(measure: Measure): { readonly first: string; readonly last: string } {
  if (!hasMoments(measure)) return { first: '', last: '' };
  const [first, last] = [measure.readings[0], measure.readings.at(-1) ?? measure.readings[0]];
  if (first.logId === last.logId) return { first: first.moment, last: last.moment };
  return { first: `${first.moment} the first log`, last: `${last.moment} the last log` };
}

import type { TimingRepeat } from 'fhir/r4';
import {
  mostAWeek,
  mostDaysApart,
  type Series,
  type SeriesPattern,
  weekdays,
} from '../../homework/schedule/schedule.ts';
import { refuseTiming, type TimingReader } from './refuse-timing.ts';
import { partOfWhen } from './timing-words.ts';

/** On which days and at which parts of them. */
export type Pace = Pick<Series, 'pattern' | 'times'>;

/**
 * How often a Timing of somebody else's says; undefined: nothing about it. By the table of `docs/engines/timing.md`.
 * @throws IntersessionError `invalid-request` naming the element that no schedule says
 */
export function foreignPace(repeat: TimingRepeat, reader: TimingReader): Pace | undefined {
  refuseUnsaid(repeat, reader);
  const { dayOfWeek, frequency, period } = repeat;
  const times = partsIn(repeat, reader);
  const parts = times === undefined ? {} : { times };
  if (dayOfWeek !== undefined) {
    if (frequency !== undefined || period !== undefined)
      refuseTiming(reader, 'repeat.dayOfWeek', 'may not stand beside frequency or period');
    const days = dayOfWeek.map(
      (code) => weekdays.find((day) => day === code) ?? refuseTiming(reader, 'repeat.dayOfWeek', 'is no day of a week'),
    );
    return { pattern: { type: 'weekdays', days: [...new Set(days)], everyWeeks: 1 }, ...parts };
  }
  if (period !== undefined) return { pattern: patternIn(repeat, times?.length, reader), ...parts };
  if (frequency !== undefined) refuseTiming(reader, 'repeat.period', 'is missing');
  return times === undefined ? undefined : { pattern: { type: 'days', every: 1 }, times };
}

function refuseUnsaid(repeat: TimingRepeat, reader: TimingReader): void {
  for (const element of ['duration', 'durationMax', 'offset', 'timeOfDay'] as const)
    if (repeat[element] !== undefined) refuseTiming(reader, `repeat.${element}`, 'is nothing that a schedule can say');
  for (const [most, least] of [
    ['frequencyMax', repeat.frequency ?? 1],
    ['periodMax', repeat.period],
    ['countMax', repeat.count],
  ] as const)
    if (repeat[most] !== undefined && repeat[most] !== least)
      refuseTiming(reader, `repeat.${most}`, 'makes it a range, which a schedule cannot say');
}

function partsIn({ when }: TimingRepeat, reader: TimingReader): Pace['times'] {
  if (when === undefined) return undefined;
  const parts = when.map(
    (code) => partOfWhen(code) ?? refuseTiming(reader, 'repeat.when', 'is none of MORN, NOON, AFT, EVE, NIGHT'),
  );
  if (new Set(parts).size !== parts.length) refuseTiming(reader, 'repeat.when', 'says the same part of the day twice');
  return parts;
}

function patternIn(repeat: TimingRepeat, parts: number | undefined, reader: TimingReader): SeriesPattern {
  // without a frequency it is once per period, and with parts of the day once at each
  const { period = 0, periodUnit, frequency = parts ?? 1 } = repeat;
  if (periodUnit !== 'd' && periodUnit !== 'wk')
    refuseTiming(reader, 'repeat.periodUnit', periodUnit === undefined ? 'is missing' : 'is neither days nor weeks');
  const days = periodUnit === 'wk' ? period * 7 : period;
  if (!Number.isInteger(period) || period < 1 || days > mostDaysApart)
    refuseTiming(reader, 'repeat.period', `must be a whole number of days or weeks, ${mostDaysApart} days at most`);
  if (!Number.isInteger(frequency) || frequency < 1) refuseTiming(reader, 'repeat.frequency', 'must be 1 or more');
  if (parts !== undefined) {
    if (periodUnit === 'wk') refuseTiming(reader, 'repeat.when', 'cannot be said of so many times a week');
    if (frequency !== parts) refuseTiming(reader, 'repeat.frequency', 'is not the number of parts of the day');
    return { type: 'days', every: days };
  }
  if (days === 7 && (periodUnit === 'wk' || frequency > 1)) {
    if (frequency > mostAWeek) refuseTiming(reader, 'repeat.frequency', `is more than ${mostAWeek} a week`);
    return { type: 'per-week', count: frequency };
  }
  if (frequency > 1)
    refuseTiming(reader, 'repeat.frequency', 'is several times in a period, without saying at which parts of the day');
  return { type: 'days', every: days };
}

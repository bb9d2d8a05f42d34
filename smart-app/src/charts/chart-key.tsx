import type { Measure } from '../../../src/homework/log/measures-of.ts';
import type { Instant } from '../../../src/homework/model.ts';
import { type Place, writeDay } from '../words/dates.ts';
import { hasMoments } from '../words/moment-words.ts';
import { type LoggedStep, shadeBegin } from './drawn-measure.ts';

interface ChartKeyProps {
  readonly steps: readonly LoggedStep[];
  /** Of the charts that are seen below it. */
  readonly measures: readonly Measure[];
  readonly place: Place;
  readonly since?: Instant;
  /** Whether the times that it was to be done stand below them. */
  readonly times?: boolean;
}

/** How to read the charts below it: what stands in them and only that, so that a harder step does not read as getting worse. */
export function ChartKey({ steps, measures, place, since, times = false }: ChartKeyProps) {
  const sentences = [
    ...(new Set(steps.map(({ stepKey }) => stepKey)).size > 1
      ? ['An upright line marks where a step was logged first: a harder step may well start higher.']
      : []),
    ...(measures.some(hasMoments) ? ['A short bar is the value before, the point at its line the one after.'] : []),
    ...(times ? ['Below a chart each time that it was to be done: a bar was done, half a bar late, a ring not.'] : []),
    ...(since === undefined ? [] : sinceWords(measures, since, place)),
  ];
  return sentences.length === 0 ? null : <p className="quiet chart-key">{sentences.join(' ')}</p>;
}

function sinceWords(measures: readonly Measure[], since: Instant, place: Place): readonly string[] {
  if (measures.some((measure) => shadeBegin(measure, since) !== undefined))
    return [`Shaded: since ${writeDay(since, place)}.`];
  const nothing = measures.every(({ readings }) => (readings.at(-1) ?? readings[0]).at < since);
  return nothing ? [`Nothing was rated since ${writeDay(since, place)}.`] : [];
}

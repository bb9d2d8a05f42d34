import { bandOf } from '../../../src/homework/log/band-of.ts';
import { changeWords } from '../../../src/homework/log/change-of.ts';
import { type Measure, spanOf } from '../../../src/homework/log/measures-of.ts';
import { meanOfWeekWords } from '../../../src/homework/log/week-mean.ts';
import type { Place } from '../words/dates.ts';
import { writeNumber } from '../words/numbers.ts';

/** What a clinician reads a score by: its last band, its mean of the last week, what became of it since the first, and its cutoff; nothing of what is no score. */
export function scoreWords(measure: Measure, place: Place): readonly string[] {
  const { score } = measure;
  if (score === undefined) return [];
  const { first, last, count } = spanOf(measure);
  const band = bandOf(score, last);
  const week = meanOfWeekWords(measure, place);
  const change =
    count < 2 ? undefined : changeWords(score, { first, last }, { language: place.language, reader: 'clinician' });
  return [
    ...(band === undefined ? [] : [`last: ${band}`]),
    ...(week === '' ? [] : [week]),
    ...(change === undefined ? [] : [change]),
    ...(score.cutoff === undefined ? [] : [`dotted: the cutoff, ${writeNumber(score.cutoff, place)}`]),
  ];
}

/** The band of a value, to be put behind it: ` (moderate)`. */
export function bandIn({ score }: Pick<Measure, 'score'>, value: number): string {
  const band = score && bandOf(score, value);
  return band === undefined ? '' : ` (${band})`;
}

import { bandOf } from '../log/band-of.ts';
import { changeWords } from '../log/change-of.ts';
import { type Measure, measuresOf, spanOf } from '../log/measures-of.ts';
import { meanOfWeekWords } from '../log/week-mean.ts';
import { writeNumber } from '../log/write-number.ts';
import type { Log } from '../model.ts';
import type { ReportWording } from './report-frame.ts';

/**
 * The measures that run through a plan, first value to last: `SUDS peak 75 to 65`; of one that is rated before and after what is
 * done, which these are: `Belief 90 to 45 % (first rated before, last after)`; one that was rated once says so.
 * @param logs by the time they happened
 */
export function keyMeasures(
  logs: readonly Log[],
  { summaryOf, scoresOf }: Pick<ReportWording, 'summaryOf' | 'scoresOf'>,
  { language, timeZone }: { readonly language: string; readonly timeZone: string },
): readonly string[] {
  return measuresOf(logs, summaryOf, scoresOf).map((measure) => {
    const { count, ...span } = spanOf(measure);
    const [first, last] = [writeNumber(span.first, language), writeNumber(span.last, language)];
    const { label, unit } = measure;
    const values = count === 1 ? first : `${first} to ${last}`;
    const said = [ratedWords(measure), ...scoreWords(measure, span, { language, timeZone })].filter(
      (words) => words !== '',
    );
    return `${`${label} ${values} ${unit}`.trimEnd()}${said.length === 0 ? '' : ` (${said.join('; ')})`}`;
  });
}

/** Of a score: the words of its last value, its mean of the last week, what its change means, and that it was asked again too soon to speak of other days. */
function scoreWords(
  measure: Measure,
  { first, last }: { readonly first: number; readonly last: number },
  { language, timeZone }: { readonly language: string; readonly timeZone: string },
): readonly string[] {
  const { score, readings } = measure;
  if (score === undefined) return [];
  const change =
    readings.length === 1 ? undefined : changeWords(score, { first, last }, { language, reader: 'clinician' });
  const early = readings.filter(({ earlyAfter }) => earlyAfter !== undefined).length;
  return [
    bandOf(score, last) ?? '',
    meanOfWeekWords(measure, { language, timeZone }),
    change ?? '',
    early === 0
      ? ''
      : `${early} of ${readings.length} asked again sooner than the ${score.recallDays} days it looks back on`,
  ];
}

/** Which ratings the first and the last value are; nothing is said of before and after where none was rated before. */
function ratedWords({ readings }: Measure): string {
  const [first, last] = [readings[0], readings.at(-1) ?? readings[0]];
  const hasMoments = readings.some(({ moment }) => moment === 'before');
  if (readings.length === 1) return hasMoments ? `rated once, ${first.moment}` : 'rated once';
  if (!hasMoments) return '';
  return first.moment === last.moment
    ? `both rated ${first.moment}`
    : `first rated ${first.moment}, last ${last.moment}`;
}

import { type Measure, measuresOf, spanOf } from '../log/measures-of.ts';
import type { SummaryLine } from '../log/summary-line.ts';
import { writeNumber } from '../log/write-number.ts';
import type { Log, VersionedCanonical } from '../model.ts';

/**
 * The measures that run through a plan, first value to last: `SUDS peak 75 to 65`; of one that is rated before and after what is
 * done, which these are: `Belief 90 to 45 % (first rated before, last after)`; one that was rated once says so.
 * @param logs by the time they happened
 */
export function keyMeasures(
  logs: readonly Log[],
  summaryOf: (questionnaire: VersionedCanonical) => readonly SummaryLine[],
  language: string,
): readonly string[] {
  return measuresOf(logs, summaryOf).map((measure) => {
    const { count, ...span } = spanOf(measure);
    const [first, last] = [writeNumber(span.first, language), writeNumber(span.last, language)];
    const { label, unit } = measure;
    const values = count === 1 ? first : `${first} to ${last}`;
    const rated = ratedWords(measure);
    return `${`${label} ${values} ${unit}`.trimEnd()}${rated === '' ? '' : ` (${rated})`}`;
  });
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

import { measuresOf, spanOf } from '../log/measures-of.ts';
import type { SummaryLine } from '../log/summary-line.ts';
import { writeNumber } from '../log/write-number.ts';
import type { Log, VersionedCanonical } from '../model.ts';

/**
 * The measures that run through a plan, first value to last: `Belief 90 to 45 %`, `SUDS peak 75 to 65`; one that was rated once
 * says so.
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
    return count === 1
      ? `${`${label} ${first} ${unit}`.trimEnd()} (rated once)`
      : `${label} ${first} to ${last} ${unit}`.trimEnd();
  });
}

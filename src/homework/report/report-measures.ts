import { readAnswer, shareableItems } from '../log/read-answer.ts';
import type { SummaryLine } from '../log/summary-line.ts';
import type { AnswerItem, Log, VersionedCanonical } from '../model.ts';

interface Reading {
  readonly first: number;
  last: number;
  count: number;
  readonly unit: string;
}

/**
 * The measures that run through a plan, first value to last: `Belief 90 to 45 %`, `SUDS peak 75 to 65`. Kinds share a measure by
 * its label; one that was rated once says so. What the patient does not share is not read.
 * @param logs by the time they happened
 */
export function keyMeasures(
  logs: readonly Log[],
  summaryOf: (questionnaire: VersionedCanonical) => readonly SummaryLine[],
): readonly string[] {
  const readings = new Map<string, Reading>();
  for (const log of logs) {
    const items = shareableItems(log.items, log.withheld);
    for (const line of summaryOf(log.questionnaire)) addReading(readings, line, items);
  }
  return [...readings].map(([label, { first, last, count, unit }]) =>
    count === 1
      ? `${`${label} ${first} ${unit}`.trimEnd()} (rated once)`
      : `${label} ${first} to ${last} ${unit}`.trimEnd(),
  );
}

function addReading(readings: Map<string, Reading>, line: SummaryLine, items: readonly AnswerItem[]): void {
  const peak = line.type === 'points' ? Math.max(0, line.names.indexOf('peak')) : 0;
  const [label, linkIds, unit] =
    line.type === 'change'
      ? [line.label, [line.before, line.after], line.unit]
      : line.type === 'points'
        ? [`${line.label} ${line.names[peak] ?? ''}`.trimEnd(), line.linkIds.slice(peak, peak + 1), '']
        : ['', [], ''];
  for (const linkId of linkIds) {
    const answer = readAnswer(items, linkId);
    if (answer?.type !== 'integer' && answer?.type !== 'decimal') continue;
    const known = readings.get(label);
    if (known === undefined) readings.set(label, { first: answer.value, last: answer.value, count: 1, unit });
    else {
      known.last = answer.value;
      known.count += 1;
    }
  }
}

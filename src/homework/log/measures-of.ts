import type { Instant, Log, VersionedCanonical } from '../model.ts';
import { readAnswer, shareableItems } from './read-answer.ts';
import type { SummaryLine } from './summary-line.ts';

/** One value of a measure: of which log, and whether it was rated before or after what was done. */
export interface MeasureReading {
  readonly logId: string;
  /** When it was done: `performedAt` of the log. */
  readonly at: Instant;
  readonly value: number;
  readonly moment: 'before' | 'after';
}

/** A measure that runs through logs, whatever kind they are of: kinds share one by its label. */
export interface Measure {
  /** `Belief`, `SUDS peak` */
  readonly label: string;
  /** `%`, `of 10`; empty: points of a scale to 100. */
  readonly unit: string;
  /** The item that is read last in a log; a goal names its measure by it. */
  readonly linkId: string;
  /** By the time of their logs; in one log, before comes first. */
  readonly readings: readonly [MeasureReading, ...(readonly MeasureReading[])];
}

type MeasuredLog = Pick<Log, 'id' | 'performedAt' | 'questionnaire' | 'items' | 'withheld'>;

/**
 * The measures that run through logs, each with all its readings. Whatever draws or tells a measure takes it from here: the
 * first and the last value are the same on a page, in a report and in what is filed. What the patient does not share is not read.
 * @param logs by the time they happened
 */
export function measuresOf(
  logs: readonly MeasuredLog[],
  summaryOf: (questionnaire: VersionedCanonical) => readonly SummaryLine[],
): readonly Measure[] {
  const measures = new Map<string, Measure>();
  for (const log of logs) {
    const items = shareableItems(log.items, log.withheld);
    for (const { label, unit, linkId, read } of summaryOf(log.questionnaire).flatMap(measureIn)) {
      const readings = read.flatMap(({ linkId, moment }): MeasureReading[] => {
        const answer = readAnswer(items, linkId);
        if (answer?.type !== 'integer' && answer?.type !== 'decimal') return [];
        return [{ logId: log.id, at: log.performedAt, value: answer.value, moment }];
      });
      const [first, ...rest] = [...(measures.get(label)?.readings ?? []), ...readings];
      if (first !== undefined)
        measures.set(label, { unit, linkId, ...measures.get(label), label, readings: [first, ...rest] });
    }
  }
  return [...measures.values()];
}

/** Its first and its last value, and of how many. */
export function spanOf({ readings }: Measure): {
  readonly first: number;
  readonly last: number;
  readonly count: number;
} {
  const last = readings.at(-1) ?? readings[0];
  return { first: readings[0].value, last: last.value, count: readings.length };
}

interface MeasureLine {
  readonly label: string;
  readonly unit: string;
  readonly linkId: string;
  readonly read: readonly { readonly linkId: string; readonly moment: MeasureReading['moment'] }[];
}

/** What a line of a kind's summary measures: a rating before and after, or of several points the peak. */
function measureIn(line: SummaryLine): readonly MeasureLine[] {
  if (line.type === 'change') {
    const { label, unit, before, after } = line;
    const read = [
      { linkId: before, moment: 'before' },
      { linkId: after, moment: 'after' },
    ] as const;
    return [{ label, unit, linkId: after, read }];
  }
  if (line.type !== 'points') return [];
  const peak = Math.max(0, line.names.indexOf('peak'));
  const linkId = line.linkIds[peak];
  if (linkId === undefined) return [];
  const label = `${line.label} ${line.names[peak] ?? ''}`.trimEnd();
  return [{ label, unit: '', linkId, read: [{ linkId, moment: 'after' }] }];
}

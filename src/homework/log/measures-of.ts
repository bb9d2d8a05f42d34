import { defined } from '../../foundation/defined.ts';
import type { Instant, Log, VersionedCanonical } from '../model.ts';
import { earlyRepeat } from './early-repeat.ts';
import { readNumber, shareableItems } from './read-answer.ts';
import type { ScoreDeclaration } from './score.ts';
import { scoreOf } from './score-of.ts';
import type { SummaryLine } from './summary-line.ts';

/** One value of a measure: of which log, and whether it was rated before or after what was done. */
export interface MeasureReading {
  readonly logId: string;
  /** When it was done: `performedAt` of the log. */
  readonly at: Instant;
  readonly value: number;
  readonly moment: 'before' | 'after';
  /** Of a score: days since the reading before, where the questions look back on more: both speak in part of the same days. */
  readonly earlyAfter?: number;
}

/** A measure that runs through logs, whatever kind they are of: kinds share one by its label, unless it has a `series` of its own. */
export interface Measure {
  /** `Belief`, `SUDS peak` */
  readonly label: string;
  /** `%`, `of 10`; empty: points of a scale to 100. */
  readonly unit: string;
  /** The item that is read last in a log; a goal names its measure by it, or by the code of its score. */
  readonly linkId: string;
  /** Of a score: its range, its bands, its cutoff, and what change is more than error. */
  readonly score?: ScoreDeclaration;
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
  scoresOf: (questionnaire: VersionedCanonical) => readonly ScoreDeclaration[] = () => [],
): readonly Measure[] {
  const measures = new Map<string, Measure>();
  for (const log of logs) {
    const scores = scoresOf(log.questionnaire);
    const read = readerOf(log, scores);
    for (const { label, series = label, unit, linkId, readings: places } of summaryOf(log.questionnaire).flatMap(
      (line) => measureIn(line, scores),
    )) {
      const before = measures.get(series);
      const score = scores.find((score) => score.linkId === linkId);
      const readings = places.flatMap(({ linkId, moment }): MeasureReading[] => {
        const value = read(linkId);
        if (value === undefined) return [];
        const earlyAfter = score && earlyRepeat(score, before?.readings.at(-1)?.at, log.performedAt);
        return [{ logId: log.id, at: log.performedAt, value, moment, ...defined({ earlyAfter }) }];
      });
      const [first, ...rest] = [...(before?.readings ?? []), ...readings];
      if (first !== undefined)
        measures.set(series, { unit, linkId, ...defined({ score }), ...before, label, readings: [first, ...rest] });
    }
  }
  return [...measures.values()];
}

/** The numbers of a log that are shared: of items, and of scores. */
function readerOf(log: MeasuredLog, scores: readonly ScoreDeclaration[]): (linkId: string) => number | undefined {
  const items = shareableItems(log.items, log.withheld);
  return (linkId) => {
    const score = scores.find((score) => score.linkId === linkId);
    if (score !== undefined) return scoreOf(score, { items: log.items, withheld: log.withheld, scores });
    return readNumber({ items }, linkId);
  };
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
  readonly series?: string | undefined;
  readonly unit: string;
  readonly linkId: string;
  readonly readings: readonly { readonly linkId: string; readonly moment: MeasureReading['moment'] }[];
}

/**
 * What a line of a kind's summary measures: a rating before and after, of several points of one rating the peak, of several ratings each,
 * a score, minutes.
 */
function measureIn(line: SummaryLine, scores: readonly ScoreDeclaration[]): readonly MeasureLine[] {
  const series = 'series' in line ? line.series : undefined;
  const after = (label: string, unit: string, linkId: string): readonly [MeasureLine] => [
    { label, series, unit, linkId, readings: [{ linkId, moment: 'after' }] },
  ];
  switch (line.type) {
    case 'change': {
      const { label, unit, before, after } = line;
      const readings = [
        { linkId: before, moment: 'before' },
        { linkId: after, moment: 'after' },
      ] as const;
      return [{ label, series, unit, linkId: after, readings }];
    }
    case 'points': {
      const { peak, linkIds, names } = line;
      return linkIds.flatMap((linkId, index) => {
        if (peak !== undefined && linkId !== peak) return [];
        const [measure] = after(`${line.label} ${names[index] ?? ''}`.trimEnd(), '', linkId);
        // several ratings of one line are not one series
        return peak !== undefined || series === undefined ? measure : { ...measure, series: `${series} ${linkId}` };
      });
    }
    case 'score': {
      const { unit = '' } = scores.find(({ linkId }) => linkId === line.linkId) ?? {};
      return after(line.label, unit, line.linkId);
    }
    case 'minutes':
      return after(line.label, 'min', line.linkId);
    case 'pair':
      return after(`${line.label} ${line.names?.actual ?? 'done'}`, line.unit ?? '', line.actual);
    case 'value':
    case 'text':
    case 'list':
    case 'items':
      return [];
  }
}

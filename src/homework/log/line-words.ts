import type { SummaryLine } from './summary-line.ts';
import { writeMinutes } from './write-minutes.ts';

/** What a line of a summary asks of a log: each answer as a reader of that log may see it. */
export interface LineReader {
  /** The first answer to an item, or the value of a score, in words; undefined: it is not there or not shared. */
  words(linkId: string): string | undefined;
  /** Each answer to an item, in words. */
  all(linkId: string): readonly string[];
  number(linkId: string): number | undefined;
  /** The words of the band of a score. */
  band(linkId: string): string | undefined;
}

/** What a line says after its label; undefined when all that it reads is absent. */
export function lineWords(line: SummaryLine, reader: LineReader): string | undefined {
  switch (line.type) {
    case 'change': {
      const [before, after] = [reader.words(line.before), reader.words(line.after)];
      if (before === undefined && after === undefined) return undefined;
      if (after === undefined) return `${spaced(before ?? '', line.unit)} before, not rated after`;
      if (before === undefined) return `${spaced(after, line.unit)} after, not rated before`;
      return spaced(`${before} to ${after}`, line.unit);
    }
    case 'points':
      return joined(
        line.linkIds.map((linkId, index) => ({ linkId, label: line.names[index] ?? '' })),
        reader,
      );
    case 'value': {
      const value = reader.words(line.linkId);
      return value === undefined ? undefined : spaced(value, line.unit ?? '');
    }
    case 'text': {
      const text = reader.words(line.linkId);
      if (text === undefined) return undefined;
      const likelihood = line.likelihoodLinkId === undefined ? undefined : reader.words(line.likelihoodLinkId);
      return `"${text}"${likelihood === undefined ? '' : ` (${likelihood} % likely)`}`;
    }
    case 'score': {
      const [value, band] = [reader.words(line.linkId), reader.band(line.linkId)];
      return value === undefined ? undefined : `${value}${band === undefined ? '' : ` (${band})`}`;
    }
    case 'list': {
      const answers = reader.all(line.linkId);
      return answers.length === 0 ? undefined : answers.join(', ');
    }
    case 'minutes': {
      const minutes = reader.number(line.linkId);
      return minutes === undefined ? undefined : writeMinutes(minutes);
    }
    case 'pair': {
      const { planned = 'planned', actual = 'done' } = line.names ?? {};
      const items = [
        { linkId: line.planned, label: planned },
        { linkId: line.actual, label: actual },
      ];
      const words = joined(items, reader);
      return words === undefined ? undefined : spaced(words, line.unit ?? '');
    }
    case 'items':
      return joined(line.items, reader);
  }
}

/** With a colon where what follows is a list of its own. */
export function labelled({ type, label }: Pick<SummaryLine, 'type' | 'label'>, words: string): string {
  const colon = type === 'text' || type === 'list' || type === 'items';
  return spaced(colon ? `${label}:` : label, words);
}

/** The items (and scores) that a line reads. */
export function linkIdsOf(line: SummaryLine): readonly string[] {
  switch (line.type) {
    case 'change':
      return [line.before, line.after];
    case 'points':
      return line.linkIds;
    case 'value':
    case 'score':
    case 'list':
    case 'minutes':
      return [line.linkId];
    case 'text':
      return line.likelihoodLinkId === undefined ? [line.linkId] : [line.linkId, line.likelihoodLinkId];
    case 'pair':
      return [line.planned, line.actual];
    case 'items':
      return line.items.map(({ linkId }) => linkId);
  }
}

interface Named {
  readonly linkId: string;
  readonly label: string;
  readonly unit?: string;
}

function joined(items: readonly Named[], reader: LineReader): string | undefined {
  const said = items.flatMap(({ linkId, label, unit = '' }) => {
    const value = reader.words(linkId);
    return value === undefined ? [] : [spaced(label, value, unit)];
  });
  return said.length === 0 ? undefined : said.join(', ');
}

const spaced = (...words: readonly string[]) => words.filter((word) => word !== '').join(' ');

import type { AnswerValue, Log } from '../model.ts';
import type { SummaryPart } from '../report/report-model.ts';
import { type WritingPlace, writeDate, writeTime } from '../schedule/write-day.ts';
import { readAnswer, shareableItems } from './read-answer.ts';
import type { SummaryLine } from './summary-line.ts';
import { writeNumber } from './write-number.ts';

interface SummaryOptions {
  /** Leaves out what the patient does not share, as everyone but the patient must see it. */
  readonly mask: boolean;
  /** How numbers, days and times are written. */
  readonly place: WritingPlace;
}

/** A log in a few lines, in the kind's order, each with the label of what it tells; a line whose answers are all absent is left out. */
export function summaryParts(
  lines: readonly SummaryLine[],
  log: Log,
  options: SummaryOptions,
): readonly (SummaryPart & { readonly line: SummaryLine })[] {
  const items = options.mask ? shareableItems(log.items, log.withheld) : log.items;
  const read = (linkId: string): string | undefined => {
    const answer = readAnswer(items, linkId);
    return answer === undefined ? undefined : spoken(answer, options.place);
  };
  return lines.flatMap((line) => {
    const text = summariseLine(line, read);
    return text === undefined ? [] : [{ label: line.label, text, line }];
  });
}

function summariseLine(line: SummaryLine, read: (linkId: string) => string | undefined): string | undefined {
  switch (line.type) {
    case 'change': {
      const [before, after] = [read(line.before), read(line.after)];
      if (before === undefined && after === undefined) return undefined;
      if (after === undefined) return `${spaced(line.label, before ?? '', line.unit)} before, not rated after`;
      if (before === undefined) return `${spaced(line.label, after, line.unit)} after, not rated before`;
      return spaced(line.label, `${before} to ${after}`, line.unit);
    }
    case 'points': {
      const points = line.linkIds.flatMap((linkId, index) => {
        const value = read(linkId);
        return value === undefined ? [] : [`${line.names[index] ?? ''} ${value}`.trimStart()];
      });
      return points.length === 0 ? undefined : `${line.label} ${points.join(', ')}`;
    }
    case 'value': {
      const value = read(line.linkId);
      return value === undefined ? undefined : spaced(line.label, value, line.unit ?? '');
    }
    case 'text': {
      const text = read(line.linkId);
      if (text === undefined) return undefined;
      const likelihood = line.likelihoodLinkId === undefined ? undefined : read(line.likelihoodLinkId);
      return `${line.label}: "${text}"${likelihood === undefined ? '' : ` (${likelihood} % likely)`}`;
    }
  }
}

/** The answers that a line is made of. */
export function linkIdsOf(line: SummaryLine): readonly string[] {
  switch (line.type) {
    case 'change':
      return [line.before, line.after];
    case 'points':
      return line.linkIds;
    case 'value':
      return [line.linkId];
    case 'text':
      return line.likelihoodLinkId === undefined ? [line.linkId] : [line.linkId, line.likelihoodLinkId];
  }
}

const spaced = (...words: readonly string[]) => words.filter((word) => word !== '').join(' ');

/** One line each: a patient's line break must not look like a line of ours. */
const plainWords = (text: string) => text.replace(/\s+/g, ' ').trim();

function spoken(answer: AnswerValue, place: WritingPlace): string {
  switch (answer.type) {
    case 'boolean':
      return answer.value ? 'yes' : 'no';
    case 'time':
      // a person says 22:30
      return answer.value.replace(/:00$/, '');
    case 'quantity': {
      const { value, unit, code } = answer.value;
      return spaced(writeNumber(value, place.language), plainWords(unit ?? code ?? ''));
    }
    case 'integer':
    case 'decimal':
      return writeNumber(answer.value, place.language);
    case 'date':
      return writeDate(answer.value, place.language);
    case 'dateTime':
      return writeTime(answer.value, place);
    case 'coding':
      return answer.value.display ?? answer.value.code;
    case 'string':
      return plainWords(answer.value);
  }
}

import type { AnswerValue, Log } from './model.ts';
import { readAnswer, shareableItems } from './read-answer.ts';
import type { SummaryLine } from './summary-line.ts';

/**
 * A log in a few lines, in the kind's order; a line whose answers are all absent is left out.
 * @param options.mask leaves out what the patient does not share, as everyone but the patient must see it
 */
export function summariseLog(
  lines: readonly SummaryLine[],
  log: Log,
  options: { readonly mask: boolean },
): readonly string[] {
  const items = options.mask ? shareableItems(log.items, log.withheld) : log.items;
  const read = (linkId: string): string | undefined => {
    const answer = readAnswer(items, linkId);
    return answer === undefined ? undefined : spoken(answer);
  };
  return lines.map((line) => summariseLine(line, read)).filter((text) => text !== undefined);
}

function summariseLine(line: SummaryLine, read: (linkId: string) => string | undefined): string | undefined {
  switch (line.type) {
    case 'change': {
      const [before, after] = [read(line.before), read(line.after)];
      if (before === undefined && after === undefined) return undefined;
      if (after === undefined) return `${spaced(line.label, before ?? '', line.unit)} before, not rated after`;
      if (before === undefined) return `${spaced(line.label, after, line.unit)} after, not rated before`;
      return spaced(line.label, `${before} → ${after}`, line.unit);
    }
    case 'points': {
      const values = line.linkIds.map(read);
      if (values.every((value) => value === undefined)) return undefined;
      return `${line.label} ${values.map((value) => value ?? '–').join(' / ')} (${line.names.join(' / ')})`;
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

const spaced = (...words: readonly string[]) => words.filter((word) => word !== '').join(' ');

function spoken(answer: AnswerValue): string {
  switch (answer.type) {
    case 'boolean':
      return answer.value ? 'yes' : 'no';
    case 'coding':
      return answer.value.display ?? answer.value.code;
    case 'string':
      // One line each: a patient's line break must not look like a line of ours.
      return answer.value.replace(/\s+/g, ' ').trim();
    default:
      return String(answer.value);
  }
}

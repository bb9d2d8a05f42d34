import type { AnswerValue, Log } from '../model.ts';
import type { SummaryPart } from '../report/report-model.ts';
import { type WritingPlace, writeDate, writeTime } from '../schedule/write-day.ts';
import { bandOf } from './band-of.ts';
import { type LineReader, labelled, lineWords } from './line-words.ts';
import { readAnswer, readAnswers, shareableItems } from './read-answer.ts';
import type { ScoreDeclaration } from './score.ts';
import { scoreOf } from './score-of.ts';
import type { SummaryLine } from './summary-line.ts';
import { writeNumber } from './write-number.ts';

interface SummaryOptions {
  /** Leaves out what the patient does not share, as everyone but the patient must see it. */
  readonly mask: boolean;
  /** How numbers, days and times are written. */
  readonly place: WritingPlace;
  /** What is calculated from the answers; absent: nothing. */
  readonly scores?: readonly ScoreDeclaration[];
}

/** A log in a few lines, in the kind's order, each with the label of what it tells; a line whose answers are all absent is left out. */
export function summaryParts(
  lines: readonly SummaryLine[],
  log: Log,
  options: SummaryOptions,
): readonly (SummaryPart & { readonly line: SummaryLine })[] {
  const reader = lineReader(log, options);
  return lines.flatMap((line) => {
    const words = lineWords(line, reader);
    return words === undefined ? [] : [{ label: line.label, text: labelled(line, words), line }];
  });
}

/** Reads a log for the lines of its summary, in words, as everyone or (not masked) the patient alone may see it. */
export function lineReader(
  log: Pick<Log, 'items' | 'withheld'>,
  { mask, place, scores = [] }: SummaryOptions,
): LineReader {
  const items = mask ? shareableItems(log.items, log.withheld) : log.items;
  const scoreNamed = (linkId: string) => scores.find((score) => score.linkId === linkId);
  const scored = (score: ScoreDeclaration) =>
    scoreOf(score, { items: log.items, scores, ...(mask && { withheld: log.withheld }) });
  const number = (linkId: string): number | undefined => {
    const score = scoreNamed(linkId);
    if (score !== undefined) return scored(score);
    const answer = readAnswer(items, linkId);
    return answer?.type === 'integer' || answer?.type === 'decimal' ? answer.value : undefined;
  };
  return {
    number,
    words: (linkId) => {
      const score = scoreNamed(linkId);
      if (score === undefined) {
        const answer = readAnswer(items, linkId);
        return answer === undefined ? undefined : spoken(answer, place);
      }
      const value = scored(score);
      return value === undefined ? undefined : spaced(writeNumber(value, place.language), score.unit ?? '');
    },
    all: (linkId) => readAnswers(items, linkId).map((answer) => spoken(answer, place)),
    band: (linkId) => {
      const [score, value] = [scoreNamed(linkId), number(linkId)];
      return score === undefined || value === undefined ? undefined : bandOf(score, value);
    },
  };
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

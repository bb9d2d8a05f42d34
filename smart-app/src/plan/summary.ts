import type { LogView, PlanView } from '../../../src/contract/app/plan-view.ts';
import { bandOf } from '../../../src/homework/log/band-of.ts';
import { isLineKept } from '../../../src/homework/log/is-line-kept.ts';
import { type LineReader, lineWords } from '../../../src/homework/log/line-words.ts';
import { readAnswers, readNumber } from '../../../src/homework/log/read-answer.ts';
import type { ScoreDeclaration } from '../../../src/homework/log/score.ts';
import { scoreOf } from '../../../src/homework/log/score-of.ts';
import type { SummaryLine } from '../../../src/homework/log/summary-line.ts';
import type { LoggedStep } from '../charts/drawn-measure.ts';
import { answerWords } from '../words/answer-words.ts';

/** A number of a log, or undefined. */
export function numberIn({ answers }: LogView, linkId: string): number | undefined {
  const answer = answers[linkId];
  return typeof answer === 'number' ? answer : undefined;
}

/** An answer as words; undefined when it is not answered or not shared. */
export function wordsIn({ answers }: LogView, linkId: string): string | undefined {
  return answerWords(answers[linkId]);
}

/** An answer in words: given, or kept private by the patient; neither: it was not written. */
export interface WrittenAnswer {
  readonly words: string | undefined;
  readonly kept: boolean;
}

function writtenIn(log: LogView, linkId: string): WrittenAnswer {
  return { words: wordsIn(log, linkId), kept: log.withheld.includes(linkId) };
}

/** The pair of a log that is read side by side: what was expected, and what came; a side that its form does not ask is absent. */
export interface PredictionAndOutcome {
  readonly prediction: WrittenAnswer | undefined;
  readonly likelihood: number | undefined;
  readonly outcome: WrittenAnswer | undefined;
  /** When the prediction was written down, if that was before the outcome. */
  readonly predictedAt: string | undefined;
}

/** Prediction and outcome, by what the kind’s own summary says which they are; undefined when neither was written. */
export function predictionIn(log: LogView, lines: readonly SummaryLine[]): PredictionAndOutcome | undefined {
  const part = (name: 'prediction' | 'outcome') => lines.find((line) => line.type === 'text' && line.part === name);
  const [predicted, came] = [part('prediction'), part('outcome')];
  const sideOf = (line: SummaryLine | undefined) => (line?.type === 'text' ? writtenIn(log, line.linkId) : undefined);
  const [prediction, outcome] = [sideOf(predicted), sideOf(came)];
  if ([prediction, outcome].every((side) => side?.words === undefined && side?.kept !== true)) return undefined;
  const likelihood =
    predicted?.type === 'text' && predicted.likelihoodLinkId !== undefined
      ? numberIn(log, predicted.likelihoodLinkId)
      : undefined;
  const beforehand = predicted?.type === 'text' && log.predicted?.linkIds.includes(predicted.linkId) === true;
  return { prediction, likelihood, outcome, predictedAt: beforehand ? log.predicted?.at : undefined };
}

/**
 * The first line of a log’s summary, which says what it is about, for kinds that begin with a text or a value; undefined where
 * it is one that is drawn (the pair, ratings).
 */
export function firstLineOf(
  log: LogView,
  [line]: readonly SummaryLine[],
  scores: readonly ScoreDeclaration[] = [],
): (WrittenAnswer & { readonly label: string }) | undefined {
  if (line === undefined || isDrawn(line)) return undefined;
  const words = wordsOfLine(line, readerOf(log, scores));
  return { label: line.label, words, kept: words === undefined && isLineKept(line, log, scores) };
}

/** The other lines of a log's summary, as label and words. */
export function otherLines(
  log: LogView,
  lines: readonly SummaryLine[],
  scores: readonly ScoreDeclaration[] = [],
): readonly { label: string; words: string }[] {
  const reader = readerOf(log, scores);
  return lines.flatMap((line) => {
    const words = isDrawn(line) ? undefined : wordsOfLine(line, reader);
    return words === undefined ? [] : [{ label: line.label, words }];
  });
}

/** A page marks what a person wrote by its own means. */
function wordsOfLine(line: SummaryLine, reader: LineReader): string | undefined {
  return line.type === 'text' ? reader.words(line.linkId) : lineWords(line, reader);
}

/** Whether a page shows a line as a picture: the pair of prediction and outcome, what changed, a curve. */
function isDrawn(line: SummaryLine): boolean {
  if (line.type === 'points') return line.peak !== undefined;
  return line.type === 'change' || (line.type === 'text' && line.part !== undefined);
}

/** A log in the words of a page. What is shown here is masked by the service; a score of which a part is kept is not calculated. */
function readerOf(log: LogView, scores: readonly ScoreDeclaration[]): LineReader {
  const { items, withheld } = log;
  const valueOfScore = (linkId: string): number | undefined => {
    const score = scores.find((score) => score.linkId === linkId);
    return score && scoreOf(score, { items, withheld, scores });
  };
  const number = (linkId: string) => valueOfScore(linkId) ?? readNumber(log, linkId);
  return {
    number,
    words: (linkId) => {
      const score = scores.find((score) => score.linkId === linkId);
      if (score === undefined) return wordsIn(log, linkId);
      const value = valueOfScore(linkId);
      return value === undefined ? undefined : `${value}${score.unit === undefined ? '' : ` ${score.unit}`}`;
    },
    all: (linkId) => readAnswers(items, linkId).flatMap(({ value }) => answerWords(value) ?? []),
    band: (linkId) => {
      const [score, value] = [scores.find((score) => score.linkId === linkId), valueOfScore(linkId)];
      return score === undefined || value === undefined ? undefined : bandOf(score, value);
    },
  };
}

/** Of which step each log is, as a chart names it. @param logs in order of time */
export function loggedSteps({ assignments }: PlanView, logs: readonly LogView[]): readonly LoggedStep[] {
  return logs.flatMap(({ id, assignmentId }) => {
    const step = assignments.find((step) => step.id === assignmentId);
    return step === undefined ? [] : [{ logId: id, stepKey: step.key, stepTitle: step.title }];
  });
}

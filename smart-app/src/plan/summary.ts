import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { LogView, PlanView } from '../../../src/contract/app/plan-view.ts';
import { type Measure, measuresOf } from '../../../src/homework/log/measures-of.ts';
import type { SummaryLine } from '../../../src/homework/log/summary-line.ts';
import type { LoggedStep } from '../charts/drawn-measure.ts';
import { answerWords } from '../words/answer-words.ts';
import { versionOf } from './version-of.ts';

/** A number of a log, or undefined. */
export function numberIn({ answers }: LogView, linkId: string): number | undefined {
  const answer = answers[linkId];
  return typeof answer === 'number' ? answer : undefined;
}

/** An answer as words; undefined when it is not answered or not shared. */
export function wordsIn({ answers }: LogView, linkId: string): string | undefined {
  return answerWords(answers[linkId]);
}

/** The measures that run through logs, by the summaries of the versions that they answer. @param logs in order of time */
export function measuresIn(homework: PatientHomework, logs: readonly LogView[]): readonly Measure[] {
  return measuresOf(logs, (questionnaire) => versionOf(homework, questionnaire)?.summary ?? []);
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
): (WrittenAnswer & { readonly label: string }) | undefined {
  if (line === undefined || line.type === 'change' || line.type === 'points') return undefined;
  if (line.type === 'text' && line.part !== undefined) return undefined;
  const { words, kept } = writtenIn(log, line.linkId);
  const unit = line.type === 'value' && line.unit !== undefined ? ` ${line.unit}` : '';
  return { label: line.label, words: words === undefined ? undefined : `${words}${unit}`, kept };
}

/** The other lines of a log's summary, as label and words. */
export function otherLines(log: LogView, lines: readonly SummaryLine[]): readonly { label: string; words: string }[] {
  return lines.flatMap((line) => {
    if (line.type === 'text') {
      if (line.part !== undefined) return [];
      const words = wordsIn(log, line.linkId);
      return words === undefined ? [] : [{ label: line.label, words }];
    }
    if (line.type === 'value') {
      const words = wordsIn(log, line.linkId);
      return words === undefined
        ? []
        : [{ label: line.label, words: `${words}${line.unit === undefined ? '' : ` ${line.unit}`}` }];
    }
    return [];
  });
}

/** Of which step each log is, as a chart names it. @param logs in order of time */
export function loggedSteps({ assignments }: PlanView, logs: readonly LogView[]): readonly LoggedStep[] {
  return logs.flatMap(({ id, assignmentId }) => {
    const step = assignments.find((step) => step.id === assignmentId);
    return step === undefined ? [] : [{ logId: id, stepKey: step.key, stepTitle: step.title }];
  });
}

import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { type Measure, measuresOf } from '../../../src/homework/log/measures-of.ts';
import type { SummaryLine } from '../../../src/homework/log/summary-line.ts';
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

/** The pair of a log that is read side by side: what was expected, and what came. */
export interface PredictionAndOutcome {
  readonly prediction: string | undefined;
  readonly likelihood: number | undefined;
  readonly outcome: string | undefined;
  /** When the prediction was written down, if that was before the outcome. */
  readonly predictedAt: string | undefined;
}

const predictionLabel = 'Predicted';
const outcomeLabels: readonly string[] = ['Actual', 'Response'];

/** Prediction and outcome by the kind's own summary; undefined when the log has neither. */
export function predictionIn(log: LogView, lines: readonly SummaryLine[]): PredictionAndOutcome | undefined {
  const predicted = lines.find((line) => line.type === 'text' && line.label === predictionLabel);
  const came = lines.find((line) => line.type === 'text' && outcomeLabels.includes(line.label));
  const prediction = predicted?.type === 'text' ? wordsIn(log, predicted.linkId) : undefined;
  const outcome = came?.type === 'text' ? wordsIn(log, came.linkId) : undefined;
  const likelihood =
    predicted?.type === 'text' && predicted.likelihoodLinkId !== undefined
      ? numberIn(log, predicted.likelihoodLinkId)
      : undefined;
  if (prediction === undefined && outcome === undefined) return undefined;
  const beforehand = predicted?.type === 'text' && log.predicted?.linkIds.includes(predicted.linkId) === true;
  return { prediction, likelihood, outcome, predictedAt: beforehand ? log.predicted?.at : undefined };
}

/** The other lines of a log's summary, as label and words. */
export function otherLines(log: LogView, lines: readonly SummaryLine[]): readonly { label: string; words: string }[] {
  return lines.flatMap((line) => {
    if (line.type === 'text') {
      if (line.label === predictionLabel || outcomeLabels.includes(line.label)) return [];
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

import type { PredictionParts } from '../../../src/homework/homework-rules.ts';
import type { Answers } from './is-enabled.ts';

/** Whether anything is written of how it came out. */
export function hasOutcome(answers: Answers, { outcomes }: PredictionParts): boolean {
  return outcomes.some((linkId) => isWritten(answers[linkId]));
}

/**
 * The predictions that stay as they are from now on: those that were written when the first outcome was. They open again
 * when every outcome is cleared. Without `parts` nothing changes.
 */
export function lockedPredictions(
  before: { readonly answers: Answers; readonly locked?: readonly string[] },
  answers: Answers,
  parts: PredictionParts | undefined,
): readonly string[] | undefined {
  if (parts === undefined) return before.locked;
  if (!hasOutcome(answers, parts)) return undefined;
  return before.locked ?? parts.predictions.filter((linkId) => isWritten(before.answers[linkId]));
}

const isWritten = (answer: unknown): boolean =>
  answer !== undefined && answer !== null && !(typeof answer === 'string' && answer.trim() === '');

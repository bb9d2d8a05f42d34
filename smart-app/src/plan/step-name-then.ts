import type { LogView, PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { wordsForLog } from '../../../src/homework/plan/step-words.ts';
import { stepName } from './steps.ts';

/** The step of a log, in the words that it had when that was written. */
export function stepNameThen({ occurrences }: PlanView, step: StepView, log: LogView): string {
  const occurrence = occurrences.find(({ id }) => id === log.occurrenceId);
  return stepName({ ...step, ...wordsForLog(step, log, occurrence) });
}

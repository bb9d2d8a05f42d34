import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { countedNotDone, loggedNotDoneWords } from '../../../src/homework/log/told-not-done.ts';
import { stepNotDone } from '../plan/said-done.ts';
import { ownStepWords } from './own-step-words.ts';
import { assignmentWords, type Tone } from './status-words.ts';

/** Where a step stands; of one that was logged and not done, that: it is over, and it is no success. */
export function stepStands(
  homework: PatientHomework,
  view: PlanView,
  step: StepView,
): { readonly words: string; readonly tone: Tone } {
  const found = stepNotDone(homework, view, step);
  if (found === undefined) return assignmentWords[step.businessStatus];
  return { words: loggedNotDoneWords(found, step.businessStatus === 'late' ? 'late' : 'done'), tone: 'care' };
}

/** The same, where the patient reads it about themselves: no praise, and no reproach. */
export function ownStepStands(
  homework: PatientHomework,
  view: PlanView,
  step: StepView,
): { readonly words: string; readonly tone: Tone } {
  const found = stepNotDone(homework, view, step);
  if (found === undefined)
    return { words: ownStepWords[step.businessStatus], tone: assignmentWords[step.businessStatus].tone };
  return { words: `Written down, ${countedNotDone(found)}`, tone: 'quiet' };
}

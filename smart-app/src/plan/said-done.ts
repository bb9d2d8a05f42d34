import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { LogView, PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import {
  isLoggedNotDone,
  type LoggedNotDone,
  stepNotDone as notDoneOf,
} from '../../../src/homework/log/told-not-done.ts';
import { versionOf } from './version-of.ts';

/** What a log shows this reader of whether it was done, by its own version's item; undefined: nothing. */
export function saidDone(homework: PatientHomework, { questionnaire, answers }: LogView): boolean | undefined {
  const linkId = versionOf(homework, questionnaire)?.behaviourLinkId;
  const answer = linkId === undefined ? undefined : answers[linkId];
  return typeof answer === 'boolean' ? answer : undefined;
}

/** The times of a plan that were logged, and not done by what their logs say. */
export function timesNotDone(
  homework: PatientHomework,
  { assignments, occurrences, logs }: PlanView,
): readonly string[] {
  const mistakes = assignments.filter(({ status }) => status === 'entered-in-error').map(({ id }) => id);
  return occurrences
    .filter(({ assignmentId }) => !mistakes.includes(assignmentId))
    .filter((time) => isLoggedNotDone(time, logs, (log) => saidDone(homework, log)))
    .map(({ id }) => id);
}

/**
 * Of a step that is over because it was logged, how much of that was not done; undefined: nothing was not, or somebody made it count
 * as done.
 */
export function stepNotDone(homework: PatientHomework, view: PlanView, step: StepView): LoggedNotDone | undefined {
  return notDoneOf(step, view, (log) => saidDone(homework, log));
}

import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import type { Occurrence } from '../../../src/homework/model.ts';
import { canLog, isRunning, openOccurrence, stepsOf } from './steps.ts';

/** A step that can be done now, with its plan and the time that is asked for. */
export interface DueStep {
  readonly view: PlanView;
  readonly step: StepView;
  readonly occurrence: Occurrence;
}

/** What there is to do in all plans that are worked on, by when it is due. */
export function dueSteps(plans: readonly PlanView[]): readonly DueStep[] {
  return plans
    .filter(isRunning)
    .flatMap((view) => stepsOf(view).flatMap((step) => dueStep(view, step)))
    .toSorted(
      (one, other) =>
        Number(isLater(one)) - Number(isLater(other)) ||
        one.occurrence.dueUntil.localeCompare(other.occurrence.dueUntil),
    );
}

/** A day of a series that has passed and can still be written about: offered, and not asked for. */
export const isLater = ({ occurrence: { day, status } }: Pick<DueStep, 'occurrence'>): boolean =>
  day !== undefined && status === 'overdue';

function dueStep(view: PlanView, step: StepView): readonly DueStep[] {
  const occurrence = openOccurrence(view, step.id);
  return occurrence !== undefined && canLog(view, step) ? [{ view, step, occurrence }] : [];
}

import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { openBarriers, stepsOf } from './steps.ts';

const over: readonly StepView['businessStatus'][] = ['done', 'late', 'withdrawn', 'not-reached'];

/** Whether a step is over and nothing of it waits for anybody: one line is enough of it then. */
export function foldsAway(view: PlanView, step: StepView): boolean {
  return over.includes(step.businessStatus) && openBarriers(view, step.id).length === 0;
}

/**
 * The step that the plan stands at: the first that is worked on; where none is, the last that went wrong and is not over with,
 * then the first that is still locked. undefined: all of it is over.
 */
export function currentStep(view: PlanView): StepView | undefined {
  const steps = stepsOf(view).filter((step) => !foldsAway(view, step));
  const worked = ({ status }: StepView) => underWay.includes(status);
  return steps.find(worked) ?? steps.findLast(({ status }) => status !== 'draft') ?? steps[0];
}

const underWay: readonly StepView['status'][] = ['requested', 'received', 'accepted', 'in-progress', 'on-hold'];

import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import type { Instant } from '../../../src/homework/model.ts';
import type { OfPlan } from './since-visit.ts';
import { isRunning, openOccurrence, stepsOf } from './steps.ts';

/** A step that the patient has before them now. */
export interface OpenStep {
  readonly step: StepView;
  /** By when its next time is to be done; undefined: at no time. */
  readonly due: Instant | undefined;
  readonly paused: boolean;
}

const underWay: readonly StepView['status'][] = ['requested', 'received', 'accepted', 'in-progress', 'on-hold'];

/** The steps that are open now in all plans that are worked on: what is due first comes first. */
export function openNow(plans: readonly PlanView[]): readonly OfPlan<OpenStep>[] {
  return plans
    .filter(isRunning)
    .flatMap((view) =>
      stepsOf(view)
        .filter(({ status }) => underWay.includes(status))
        .map((step) => ({
          ...{ view, step, due: openOccurrence(view, step.id)?.dueUntil },
          paused: step.status === 'on-hold' || step.businessStatus === 'paused' || view.plan.status === 'on-hold',
        })),
    )
    .toSorted((one, other) => (one.due ?? 'later').localeCompare(other.due ?? 'later'));
}

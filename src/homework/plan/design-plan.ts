import { defined } from '../../foundation/defined.ts';
import type { Instant, PlanState } from '../model.ts';
import { checkDesign } from './check-design.ts';
import type { DesignPlan } from './design.ts';
import { keptDaysOff } from './kept-days-off.ts';
import { newStep } from './new-step.ts';

/**
 * Makes a plan of a clinician's design: a draft, each of its assignments draft and locked.
 * @throws IntersessionError `invalid-request` naming every field at fault; `schedule-never-occurs` naming the schedule's field
 */
export function designPlan(command: DesignPlan, at: Instant): PlanState {
  checkDesign(command, at);
  const { assignments, daysOff, ...plan } = command;
  const off = defined({ daysOff: keptDaysOff(daysOff) });
  return {
    plan: { ...plan, ...off, status: 'draft', createdAt: at },
    assignments: assignments.map((design, index) =>
      newStep(design, { plan, step: design.step ?? index + 1, via: plan.via, at }),
    ),
    occurrences: [],
    logs: [],
    barriers: [],
    feedback: [],
    reports: [],
    openSafetySignals: 0,
  };
}

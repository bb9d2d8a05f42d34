import { defined } from '../../foundation/defined.ts';
import type { Assignment, Instant, PlanState } from '../model.ts';
import { checkDesign } from './check-design.ts';
import type { DesignAssignment, DesignPlan } from './design.ts';

/**
 * Makes a plan of a clinician's design: a draft, each of its assignments draft and locked.
 * @throws IntersessionError `invalid-request` naming every field at fault; `schedule-never-occurs` naming the schedule's field
 */
export function designPlan(command: DesignPlan, at: Instant): PlanState {
  checkDesign(command, at);
  const { assignments, ...plan } = command;
  return {
    plan: { ...plan, status: 'draft', createdAt: at },
    assignments: assignments.map((assignment, index) => design(assignment, index, command, at)),
    occurrences: [],
    logs: [],
    barriers: [],
    feedback: [],
    reports: [],
    openSafetySignals: 0,
  };
}

function design(
  { schedule, step, reasons, ...assignment }: DesignAssignment,
  index: number,
  plan: DesignPlan,
  at: Instant,
): Assignment {
  return {
    ...assignment,
    planId: plan.id,
    ...defined({ via: plan.via }),
    patientId: plan.patientId,
    step: step ?? index + 1,
    status: 'draft',
    businessStatus: 'locked',
    schedules: [{ schedule, from: at }],
    pauses: [],
    authoredOn: at,
    lastModified: at,
    reasons: reasons ?? [],
  };
}

import { defined } from '../../foundation/defined.ts';
import type { Assignment, Instant, Plan } from '../model.ts';
import type { DesignAssignment } from './design.ts';

interface NewStepOf {
  readonly plan: Pick<Plan, 'id' | 'patientId'>;
  /** Its place in the order, from 1. */
  readonly step: number;
  /** The source system that sent it, if one did. */
  readonly via: string | undefined;
  readonly at: Instant;
}

/** A step as a plan is given it: locked, with nothing done of it. */
export function newStep(
  { schedule, step: _place, reasons = [], ...design }: DesignAssignment,
  { plan, step, via, at }: NewStepOf,
): Assignment {
  return {
    ...design,
    ...{ planId: plan.id, patientId: plan.patientId, step, ...defined({ via }) },
    status: 'draft',
    businessStatus: 'locked',
    schedules: [{ schedule, from: at }],
    pauses: [],
    authoredOn: at,
    lastModified: at,
    reasons,
  };
}

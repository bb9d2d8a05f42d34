import { endPlan } from '../../homework/plan/end-plan.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';

export interface ClosePlanCommand {
  readonly planId: string;
  readonly status: 'completed' | 'revoked';
  /** Required when revoked. */
  readonly reason?: string;
}

/** Closes a plan with all that is still open in it. @throws `unknown-artefact`, `plan-closed`, `invalid-request` */
export async function closePlan(
  record: HomeworkRecord,
  tenantId: string,
  { planId, ...command }: ClosePlanCommand,
): Promise<ChangedPlan> {
  return changePlan(record, tenantId, {
    of: { artefact: 'plan', id: planId },
    apply: (state, at) => endPlan(state, command, at, rulesOfTenant(record, tenantId, state.assignments)),
  });
}

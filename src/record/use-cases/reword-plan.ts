import { type ChangePlanWords, changePlanWords } from '../../homework/plan/change-plan-words.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { personOf, requirePerson, viaOf } from './require-person.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';

export interface RewordPlanCommand extends Omit<ChangePlanWords, 'via'> {
  readonly planId: string;
}

/**
 * Changes the words of a running plan and of its goals, and its last day.
 * @throws `unknown-artefact`, `version-conflict`, `plan-closed`, `invalid-request`
 */
export async function rewordPlan(
  record: HomeworkRecord,
  tenantId: string,
  { planId, by, ...command }: RewordPlanCommand,
): Promise<ChangedPlan> {
  requirePerson(record.actor, 'changePlan');
  const person = personOf(record.actor, by);
  const decided = { ...(person === undefined ? {} : { by: person }), ...viaOf(record.actor) };
  return changePlan(record, tenantId, {
    of: { artefact: 'plan', id: planId },
    apply: (state, at) =>
      changePlanWords(state, { ...command, ...decided }, at, rulesOfTenant(record, tenantId, state.assignments)),
  });
}

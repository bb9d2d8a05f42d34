import { type ChangeStep, changeStep } from '../../homework/plan/change-step.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { personOf, requirePerson, viaOf } from './require-person.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';

export type ChangeAssignmentCommand = Omit<ChangeStep, 'via'>;

/**
 * Changes a step of a running plan from now on; what was done stays as it was.
 * @throws `unknown-artefact`, `version-conflict`, `assignment-closed`, `plan-closed`, `schedule-never-occurs`, `invalid-request`
 */
export async function changeAssignment(
  record: HomeworkRecord,
  tenantId: string,
  { by, ...command }: ChangeAssignmentCommand,
): Promise<ChangedPlan> {
  const rules = rulesOfTenant(record, tenantId);
  requirePerson(record.actor, 'changeAssignment');
  const person = personOf(record.actor, by);
  const decided = { ...(person === undefined ? {} : { by: person }), ...viaOf(record.actor) };
  return changePlan(record, tenantId, {
    of: { artefact: 'assignment', id: command.assignmentId },
    apply: (state, at) => changeStep(state, { ...command, ...decided }, at, rules),
  });
}

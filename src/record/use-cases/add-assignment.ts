import { addStep } from '../../homework/plan/add-step.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { type NewAssignment, stepDesign } from './plan-design.ts';
import { personOf, requirePerson, viaOf } from './require-person.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';

export interface AddAssignmentCommand extends NewAssignment {
  readonly planId: string;
}

export interface AddedAssignment extends ChangedPlan {
  readonly assignmentId: string;
  /** False: a step with this key and design was there, and nothing has changed. */
  readonly made: boolean;
}

/**
 * Puts another step into a running plan; its key is its name, so the same step again is no second one.
 * @throws `unknown-artefact`, `unknown-kind`, `plan-closed`, `schedule-never-occurs`, `invalid-request`
 */
export async function addAssignment(
  record: HomeworkRecord,
  tenantId: string,
  { planId, ...command }: AddAssignmentCommand,
): Promise<AddedAssignment> {
  const rules = rulesOfTenant(record, tenantId);
  requirePerson(record.actor, 'addAssignment');
  const author = personOf(record.actor, command.requester);
  let made = false;
  let assignmentId = '';
  const changed = await changePlan(record, tenantId, {
    of: { artefact: 'plan', id: planId },
    apply(state, at) {
      const asked = author === undefined ? command : { ...command, requester: author };
      const design = stepDesign(planId, asked, { kinds: record.kinds, author: state.plan.author });
      const after = addStep(state, { ...design, ...viaOf(record.actor) }, at, rules);
      assignmentId = design.id;
      made = !state.assignments.some(({ id }) => id === design.id);
      return after;
    },
  });
  return { ...changed, assignmentId, made };
}

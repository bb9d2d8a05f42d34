import { defined } from '../../foundation/defined.ts';
import type { Assignment, PlanState, UnlockRule } from '../../homework/model.ts';
import { addStep, ruleAtFirst } from '../../homework/plan/add-step.ts';
import { stepBefore } from '../../homework/plan/step-before.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { checkLinks } from './check-links.ts';
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
  requirePerson(record.actor, 'addAssignment');
  const author = personOf(record.actor, command.requester);
  let made = false;
  let assignmentId = '';
  const changed = await changePlan(record, tenantId, {
    of: { artefact: 'plan', id: planId },
    apply(state, at) {
      const asked = {
        ...command,
        ...defined({ requester: author, unlock: command.unlock ?? ruleBefore(state, command) }),
      };
      const before = stepBefore(state.assignments.filter(isInPlan), command.step ?? Number.POSITIVE_INFINITY);
      const design = stepDesign(planId, asked, { kinds: record.kinds, author: state.plan.author, at, before });
      const rules = rulesOfTenant(record, tenantId, [...state.assignments, design]);
      const after = addStep(state, { ...design, ...viaOf(record.actor) }, at, rules);
      assignmentId = design.id;
      made = !state.assignments.some(({ id }) => id === design.id);
      if (made) checkLinks(record.kinds, [{ step: design, at: '' }], after.assignments);
      return after;
    },
  });
  return { ...changed, assignmentId, made };
}

/** The rule that the same step was first given: a retry without one means that, whatever step stands before it by now. */
function ruleBefore({ assignments }: PlanState, { key }: NewAssignment): UnlockRule | undefined {
  const known = assignments.find((assignment) => assignment.key === key);
  return known && ruleAtFirst(known);
}

/** Nothing opens after a step that was taken out of the plan. */
function isInPlan({ status, businessStatus }: Assignment): boolean {
  return status !== 'entered-in-error' && businessStatus !== 'withdrawn';
}

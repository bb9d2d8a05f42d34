import { type ChangeStep, changeStep } from '../../homework/plan/change-step.ts';
import { assignmentById } from '../../homework/replace-in-state.ts';
import type { GivenForm } from '../../kinds/own/choose-form.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { checkLinks } from './check-links.ts';
import { changedForm } from './form-design.ts';
import { personOf, requirePerson, viaOf } from './require-person.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';

export interface ChangeAssignmentCommand extends Omit<ChangeStep, 'via' | 'questionnaire' | 'forms'> {
  /** What is chosen anew of its form; a part that is named is given whole. */
  readonly form?: GivenForm;
}

/**
 * Changes a step of a running plan from now on; what was done stays as it was.
 * @throws `unknown-artefact`, `version-conflict`, `assignment-closed`, `plan-closed`, `schedule-never-occurs`, `invalid-request`
 */
export async function changeAssignment(
  record: HomeworkRecord,
  tenantId: string,
  { by, form, ...command }: ChangeAssignmentCommand,
): Promise<ChangedPlan> {
  requirePerson(record.actor, 'changeAssignment');
  const person = personOf(record.actor, by);
  const decided = { ...(person === undefined ? {} : { by: person }), ...viaOf(record.actor) };
  return changePlan(record, tenantId, {
    of: { artefact: 'assignment', id: command.assignmentId },
    apply(state, at) {
      const step = assignmentById(state, command.assignmentId);
      const formed = form === undefined ? {} : changedForm(record.kinds, state, { step, given: form, at });
      const rules = rulesOfTenant(record, tenantId, [...state.assignments, { ...step, ...formed }]);
      const after = changeStep(state, { ...command, ...formed, ...decided }, at, rules);
      const { unlock } = command;
      if (unlock !== undefined) checkLinks(record.kinds, [{ step: { unlock }, at: '' }], after.assignments);
      return after;
    },
  });
}

import { startSession as start } from '../../homework/schedule/start-session.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { requirePerson } from './require-person.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';

export interface StartedSession extends ChangedPlan {
  /** The time that is open for it. */
  readonly occurrenceId: string;
  /** False: a session of the step goes on already. */
  readonly made: boolean;
}

/**
 * Starts a session of a step that is done in sessions; while one goes on, it is that one.
 * @throws `unknown-artefact`, `illegal-move`, `assignment-locked`, `plan-closed`
 */
export async function startSession(
  record: HomeworkRecord,
  tenantId: string,
  { assignmentId }: { readonly assignmentId: string },
): Promise<StartedSession> {
  requirePerson(record.actor, 'startSession');
  let occurrenceId = '';
  let made = false;
  const changed = await changePlan(record, tenantId, {
    of: { artefact: 'assignment', id: assignmentId },
    apply(before, at) {
      const rules = rulesOfTenant(record, tenantId, before.assignments);
      const { state, occurrence } = start(before, { assignmentId }, at, rules);
      occurrenceId = occurrence.id;
      made = !before.occurrences.some(({ id }) => id === occurrence.id);
      return state;
    },
  });
  return { ...changed, occurrenceId, made };
}

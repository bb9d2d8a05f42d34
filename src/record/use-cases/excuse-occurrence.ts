import { type ExemptOccurrence, exemptOccurrence } from '../../homework/schedule/exempt-occurrence.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';

/** Excuses an occurrence, with a reason: it leaves the count. @throws `unknown-artefact`, `illegal-move` */
export async function excuseOccurrence(
  record: HomeworkRecord,
  tenantId: string,
  command: ExemptOccurrence,
): Promise<ChangedPlan> {
  return changePlan(record, tenantId, {
    of: { artefact: 'occurrence', id: command.occurrenceId },
    apply: (state, at) => exemptOccurrence(state, command, at, rulesOfTenant(record, tenantId, state.assignments)),
  });
}

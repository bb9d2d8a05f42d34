import { type ExcuseOccurrence, excuseOccurrence as excuse } from '../homework/excuse-occurrence.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import type { HomeworkRecord } from './homework-record.ts';
import { homeworkRules } from './homework-rules.ts';
import { tenantOf } from './tenant-of.ts';

/** Excuses an occurrence, with a reason: it leaves the count. @throws `unknown-artefact`, `illegal-move` */
export async function excuseOccurrence(
  record: HomeworkRecord,
  tenantId: string,
  command: ExcuseOccurrence,
): Promise<ChangedPlan> {
  const rules = homeworkRules(tenantOf(record, tenantId));
  return changePlan(record, tenantId, {
    of: { artefact: 'occurrence', id: command.occurrenceId },
    apply: (state, at) => excuse(state, command, at, rules),
  });
}

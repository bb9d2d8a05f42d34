import { type MoveEvent, moveAssignment as move } from '../homework/move-assignment.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import type { HomeworkRecord } from './homework-record.ts';
import { homeworkRules } from './homework-rules.ts';
import { tenantOf } from './tenant-of.ts';

export interface MoveAssignmentCommand {
  readonly assignmentId: string;
  readonly event: MoveEvent;
}

/** Moves an assignment as a person asks: unlock, regrade, pause, withdraw … @throws `unknown-artefact`, `illegal-move` */
export async function moveAssignment(
  record: HomeworkRecord,
  tenantId: string,
  command: MoveAssignmentCommand,
): Promise<ChangedPlan> {
  const rules = homeworkRules(tenantOf(record, tenantId));
  return changePlan(record, tenantId, {
    of: { artefact: 'assignment', id: command.assignmentId },
    apply: (state, at) => move(state, command, at, rules),
  });
}

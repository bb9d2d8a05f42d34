import { retractLog as retract } from '../homework/retract-log.ts';
import { type Actor, actorKey } from './actor.ts';
import { type ChangedLog, changeLog } from './change-log.ts';
import type { HomeworkRecord } from './homework-record.ts';
import { homeworkRules } from './homework-rules.ts';
import { mayChangeLog } from './may-change-log.ts';
import { tenantOf } from './tenant-of.ts';

export interface RetractLogCommand {
  readonly logId: string;
  readonly actor: Actor;
}

/**
 * Takes a log back as entered in error, for whom it is; it is never deleted, but for the words of one that was never sent.
 * @throws `unknown-artefact`, `forbidden`
 */
export async function retractLog(
  record: HomeworkRecord,
  tenantId: string,
  { logId, actor }: RetractLogCommand,
): Promise<ChangedLog> {
  const rules = homeworkRules(tenantOf(record, tenantId));
  return changeLog(record, tenantId, logId, (state, log, at) => {
    mayChangeLog(actor, log);
    return retract(state, { logId: log.id, by: actorKey(actor) }, at, rules);
  });
}

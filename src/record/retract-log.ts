import { retractLog as retract } from '../homework/retract-log.ts';
import { type ChangedLog, changeLog } from './change-log.ts';
import type { HomeworkRecord } from './homework-record.ts';
import { homeworkRules } from './homework-rules.ts';
import { tenantOf } from './tenant-of.ts';

/** Takes a log back as entered in error; it is never deleted. @throws `unknown-artefact` */
export async function retractLog(
  record: HomeworkRecord,
  tenantId: string,
  command: { readonly logId: string },
): Promise<ChangedLog> {
  const rules = homeworkRules(tenantOf(record, tenantId));
  return changeLog(record, tenantId, command.logId, (state, log, at) => retract(state, { logId: log.id }, at, rules));
}

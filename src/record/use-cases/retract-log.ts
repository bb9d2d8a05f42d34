import { voidLog } from '../../homework/log/void-log.ts';
import { actorKey } from '../actor.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedLog, changeLog } from './change-log.ts';
import { mayChangeLog } from './may-change-log.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';

export interface RetractLogCommand {
  readonly logId: string;
}

/**
 * Takes a log back as entered in error, for whom it is; it is never deleted, but for the words of one that was never sent.
 * @throws `unknown-artefact`, `forbidden`
 */
export async function retractLog(
  record: HomeworkRecord,
  tenantId: string,
  { logId }: RetractLogCommand,
): Promise<ChangedLog> {
  const { actor } = record;
  return changeLog(record, tenantId, logId, (state, log, at) => {
    mayChangeLog(actor, log);
    return voidLog(
      state,
      { logId: log.id, by: actorKey(actor) },
      at,
      rulesOfTenant(record, tenantId, state.assignments),
    );
  });
}

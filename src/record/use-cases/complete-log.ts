import { defined } from '../../foundation/defined.ts';
import { finishLog } from '../../homework/log/finish-log.ts';
import { actorKey } from '../actor.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedLog, changeLog } from './change-log.ts';
import { mayChangeLog } from './may-change-log.ts';
import { type GivenAnswers, readLogItems } from './read-log-items.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';
import { toInstant } from './to-instant.ts';

export interface CompleteLogCommand extends GivenAnswers {
  readonly logId: string;
  /** Absent: as before. */
  readonly withheld?: readonly string[];
  /** With offset; absent: as before. */
  readonly performedAt?: string;
}

/**
 * Completes a log that was begun, for whom it is; without answers, with those it has.
 * @throws `unknown-artefact`, `forbidden`, `invalid-answer`
 */
export async function completeLog(
  record: HomeworkRecord,
  tenantId: string,
  command: CompleteLogCommand,
): Promise<ChangedLog> {
  const rules = rulesOfTenant(record, tenantId);
  const { logId, withheld, performedAt } = command;
  const { actor } = record;
  return changeLog(record, tenantId, logId, (state, log, at) => {
    mayChangeLog(actor, log, { withheld });
    const given = command.answers === undefined && command.items === undefined ? { items: log.items } : command;
    const items =
      readLogItems(record.kinds.version(log.questionnaire).questionnaire, given, {
        complete: true,
        withheld: withheld ?? log.withheld,
      }) ?? log.items;
    return finishLog(
      state,
      {
        logId,
        items,
        by: actorKey(actor),
        ...defined({ withheld }),
        ...(performedAt === undefined ? {} : { performedAt: toInstant(performedAt, 'performedAt') }),
      },
      at,
      rules,
    );
  });
}

import { finishLog } from '../../homework/log/finish-log.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
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
  const { logId, withheld, performedAt } = command;
  const { actor } = record;
  return changeLog(record, tenantId, logId, (state, log, at) => {
    mayChangeLog(actor, log, { withheld });
    const { questionnaire } = kindsOfPlan(record.kinds, state.assignments).version(log.questionnaire);
    const given = command.answers === undefined && command.items === undefined ? { items: log.items } : command;
    const said = { complete: true, withheld: withheld ?? log.withheld };
    const { items = log.items, ...read } = readLogItems(questionnaire, given, said);
    return finishLog(
      state,
      {
        logId,
        items,
        by: actorKey(actor),
        withheld: read.withheld,
        ...(performedAt === undefined ? {} : { performedAt: toInstant(performedAt, 'performedAt') }),
      },
      at,
      rulesOfTenant(record, tenantId, state.assignments),
    );
  });
}

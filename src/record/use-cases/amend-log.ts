import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { isFinished } from '../../homework/log/log.ts';
import { reviseLog } from '../../homework/log/revise-log.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import { actorKey } from '../actor.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedLog, changeLog } from './change-log.ts';
import { mayChangeLog } from './may-change-log.ts';
import { type GivenAnswers, readLogItems } from './read-log-items.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';
import { toInstant } from './to-instant.ts';

export interface AmendLogCommand extends GivenAnswers {
  readonly logId: string;
  /** Absent: as before. */
  readonly withheld?: readonly string[];
  /** When it was last changed, as the writer knows it; absent: it is changed whatever has become of it. */
  readonly since?: string;
  /** linkIds of answers that were given anew, though they may say what they said. */
  readonly anew?: readonly string[];
}

/**
 * Changes what a log says, for whom it is (`mayChangeLog`); the whole of its answers is given anew.
 * @throws `unknown-artefact`, `forbidden`, `invalid-answer`, `illegal-move`, `version-conflict` when it was changed since
 */
export async function amendLog(
  record: HomeworkRecord,
  tenantId: string,
  command: AmendLogCommand,
): Promise<ChangedLog> {
  const { logId, withheld, since, anew } = command;
  const { actor } = record;
  return changeLog(record, tenantId, logId, (state, log, at) => {
    mayChangeLog(actor, log, { withheld });
    if (since !== undefined && toInstant(since, 'since') !== log.authored) {
      const fields = { id: log.id, expected: since, actual: log.authored };
      throw new IntersessionError('version-conflict', fields, 'This log was changed since.');
    }
    const { questionnaire } = kindsOfPlan(record.kinds, state.assignments).version(log.questionnaire);
    const said = { complete: isFinished(log), withheld: withheld ?? log.withheld };
    const { items = log.items, ...read } = readLogItems(questionnaire, command, said);
    return reviseLog(
      state,
      { logId, items, withheld: read.withheld, by: actorKey(actor), ...defined({ anew }) },
      at,
      rulesOfTenant(record, tenantId, state.assignments),
    );
  });
}

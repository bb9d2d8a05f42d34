import { IntersessionError } from '../../foundation/intersession-error.ts';
import { finishLog } from '../../homework/log/finish-log.ts';
import { isFinished } from '../../homework/log/log.ts';
import { reviseLog } from '../../homework/log/revise-log.ts';
import { takeLog } from '../../homework/log/take-log.ts';
import type { Instant, Log, LogSource, PlanState } from '../../homework/model.ts';
import { assignmentById, invalidRequest, logById } from '../../homework/replace-in-state.ts';
import { actorKey } from '../actor.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { changePlan } from './change-plan.ts';
import { mayWriteUnder } from './may-change-log.ts';
import { readLogItems } from './read-log-items.ts';
import { viaOf } from './require-person.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';
import { toInstant } from './to-instant.ts';

export interface WriteLogCommand {
  /** Made by the page that writes it, so that saving it again and again makes one log. */
  readonly id: string;
  readonly assignmentId: string;
  readonly occurrenceId?: string;
  /** With offset; absent: as before, or now. */
  readonly performedAt?: string;
  /** `in-progress` saves it, `completed` ends it. */
  readonly status: 'in-progress' | 'completed';
  readonly answers: Readonly<Record<string, unknown>>;
  readonly withheld: readonly string[];
  readonly source: LogSource;
}

/**
 * Writes a log under an id that its page made: begins it, saves it on, or completes it, whichever its state asks for.
 * Completing a log again changes nothing; saving one that is complete is refused, for a late save must not undo it.
 * Under the id of somebody else's log nothing is written, and nothing is said of it.
 * @throws `unknown-artefact`, `forbidden`, `invalid-answer`, `invalid-request`, `not-supported`, and what logging refuses
 */
export async function writeLog(
  record: HomeworkRecord,
  tenantId: string,
  command: WriteLogCommand,
): Promise<{ readonly planId: string; readonly created: boolean; readonly authored: Instant }> {
  const rules = rulesOfTenant(record, tenantId);
  const { id, assignmentId, status, answers, withheld } = command;
  const { actor } = record;
  const by = actorKey(actor);
  let created = false;
  const { state } = await changePlan(record, tenantId, {
    of: { artefact: 'assignment', id: assignmentId },
    async apply(before, at, { tx }) {
      // the transaction may be run again
      created = false;
      const log = await knownLog(tx, tenantId, before, command);
      // before anything else is said of it
      if (log !== undefined) mayWriteUnder(actor, log);
      const { questionnaire } = log ?? assignmentById(before, assignmentId);
      if (log !== undefined && log.status !== 'in-progress') {
        if (status === 'completed' && isFinished(log)) return before;
        throw new IntersessionError(
          'not-supported',
          { what: 'saving' },
          `This log is ${log.status}; correct it instead.`,
        );
      }
      const items =
        readLogItems(
          record.kinds.version(questionnaire).questionnaire,
          { answers },
          { complete: status === 'completed', withheld },
        ) ?? [];
      const given = command.performedAt === undefined ? undefined : toInstant(command.performedAt, 'performedAt');
      if (log === undefined) {
        const { occurrenceId, source } = command;
        const about = occurrenceId === undefined ? {} : { occurrenceId };
        const begun = {
          id,
          assignmentId,
          ...about,
          performedAt: given ?? at,
          status,
          source,
          ...viaOf(record.actor),
          items,
          withheld,
          madeBy: by,
        };
        created = true;
        return takeLog(before, begun, at, rules).state;
      }
      if (status === 'in-progress') {
        const performedAt = given ?? log.performedAt;
        const said = JSON.stringify([items, withheld, performedAt]);
        if (JSON.stringify([log.items, log.withheld, log.performedAt]) === said) return before;
        return reviseLog(before, { logId: id, items, withheld, performedAt, by }, at, rules);
      }
      const when = given === undefined ? {} : { performedAt: given };
      return finishLog(before, { logId: id, items, withheld, by, ...when }, at, rules);
    },
  });
  const { authored } = logById(state, id);
  return { planId: state.plan.id, created, authored };
}

/** The log of that id, if it was begun. @throws `invalid-request` when the id is another plan's or assignment's */
async function knownLog(
  tx: Queryable,
  tenantId: string,
  state: PlanState,
  { id, assignmentId }: WriteLogCommand,
): Promise<Log | undefined> {
  const { rows } = await tx.query<{ plan_id: string }>('select plan_id from log where tenant = $1 and id = $2', [
    tenantId,
    id,
  ]);
  const planId = rows[0]?.plan_id;
  if (planId === undefined) return undefined;
  const log = planId === state.plan.id ? state.logs.find((log) => log.id === id) : undefined;
  // whose it is, is not said
  if (log === undefined) throw unknownArtefact({ artefact: 'log', id });
  if (log.assignmentId !== assignmentId) throw invalidRequest('id', 'is the log of another assignment');
  return log;
}

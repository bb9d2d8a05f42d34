import type { Questionnaire } from 'fhir/r4';
import { withDependants } from '../../fhir/answers/with-dependants.ts';
import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { finishLog } from '../../homework/log/finish-log.ts';
import { isFinished } from '../../homework/log/log.ts';
import { type DraftSaid, nothingSaid, saysSame } from '../../homework/log/merge-drafts.ts';
import { reviseLog } from '../../homework/log/revise-log.ts';
import { takeLog } from '../../homework/log/take-log.ts';
import type { Instant, Log, LogSource, PlanState, VersionedCanonical } from '../../homework/model.ts';
import { formToAnswer } from '../../homework/plan/form-to-answer.ts';
import { assignmentById, invalidRequest, logById } from '../../homework/replace-in-state.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import { type Actor, actorKey } from '../actor.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { changePlan } from './change-plan.ts';
import { isWriter, mayWriteUnder } from './may-change-log.ts';
import { type GivenDraft, mergeDraft, saidBy, saidIn } from './merge-draft.ts';
import { readLogItems } from './read-log-items.ts';
import { viaOf } from './require-person.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';
import { toInstant } from './to-instant.ts';

export interface WriteLogCommand extends GivenDraft {
  /** Made by the page that writes it, so that saving it again and again makes one log. */
  readonly id: string;
  readonly assignmentId: string;
  /** Which of the step's forms the page shows; default: the one that the step asks for now. A log that was begun keeps its own. */
  readonly questionnaire?: VersionedCanonical;
  readonly occurrenceId?: string;
  /** `in-progress` saves it, `completed` ends it. */
  readonly status: 'in-progress' | 'completed';
  /** What the page last had from here. Absent: a draft begins from nothing, and what is completed is taken as it is sent. */
  readonly base?: DraftSaid | undefined;
  readonly source: LogSource;
}

export interface WrittenLog {
  readonly planId: string;
  /** Of the plan, with this in it. */
  readonly planVersion: number;
  /** False: it was begun before. */
  readonly created: boolean;
  /** As its writer may read it: of a draft, with what was written of it in another place. */
  readonly log: Log;
}

/**
 * Writes a log under an id that its page made: begins it, saves it on, or completes it, whichever its state asks for.
 * A draft that is written in two places is joined item by item (`mergeDrafts`), also where the second began it under another id
 * for the same time. Completing is refused while something is kept that the page has not seen.
 * Completing a log again changes nothing; saving one that is complete is refused, for a late save must not undo it, and so is
 * completing it with other words.
 * Under the id of somebody else's log nothing is written, and nothing is said of it.
 * @throws `unknown-artefact`, `forbidden`, `invalid-answer`, `invalid-request`, `not-supported`, `version-conflict`, and what
 *   logging refuses
 */
export async function writeLog(
  record: HomeworkRecord,
  tenantId: string,
  command: WriteLogCommand,
): Promise<WrittenLog> {
  const { id, assignmentId, status } = command;
  const { actor } = record;
  const by = actorKey(actor);
  let written = { logId: id, created: false, log: undefined as Log | undefined };
  const { state, version } = await changePlan(record, tenantId, {
    of: { artefact: 'assignment', id: assignmentId },
    async apply(before, at, { tx }) {
      const named = await knownLog(tx, tenantId, before, command);
      // before anything else is said of it
      if (named !== undefined) mayWriteUnder(actor, named);
      const log = named ?? draftOfSameTime(before, command, actor);
      const canonical = log?.questionnaire ?? formToAnswer(assignmentById(before, assignmentId), command.questionnaire);
      const { questionnaire } = kindsOfPlan(record.kinds, before.assignments).version(canonical);
      const after = write(before, at, { log, questionnaire });
      // the transaction may be run again
      written = { logId: log?.id ?? id, created: log === undefined, log: logById(after, log?.id ?? id) };
      return after;
    },
  });
  return {
    ...{ planId: state.plan.id, planVersion: version, created: written.created },
    log: written.log ?? logById(state, written.logId),
  };

  function rulesOf({ assignments }: PlanState) {
    return rulesOfTenant(record, tenantId, assignments);
  }

  function write(before: PlanState, at: Instant, { log, questionnaire }: Found): PlanState {
    if (log === undefined) return begin(before, at, questionnaire);
    if (log.status !== 'in-progress') {
      if (status === 'completed' && isFinished(log) && isToldAgain(questionnaire, log, command)) return before;
      throw new IntersessionError(
        'not-supported',
        { what: 'saving' },
        `This log is ${log.status}; correct it instead.`,
      );
    }
    if (status === 'completed') return complete(before, at, { log, questionnaire });
    const base = command.base ?? nothingSaid;
    const { said, items, written: newly } = mergeDraft(questionnaire, { kept: log, base, given: command });
    const revised = reviseLog(
      before,
      {
        ...{ logId: log.id, items, withheld: said.withheld, written: newly, by, ...defined({ anew: command.anew }) },
        ...{ performedAt: said.performedAt ?? at, timeOpen: said.performedAt === undefined },
        others: said.others ?? 'none',
      },
      at,
      rulesOf(before),
    );
    // nothing is new but, maybe, that a risk answer was given again, which waits beside another one or stands already
    return isSpeltSame(said, saidIn(log)) && revised.noticed === undefined ? before : revised;
  }

  function begin(before: PlanState, at: Instant, questionnaire: Questionnaire): PlanState {
    const { occurrenceId, source } = command;
    const said = read(questionnaire);
    const given = givenTime(command);
    const begun = {
      ...{
        id,
        assignmentId,
        ...defined({ occurrenceId, questionnaire: command.questionnaire }),
        performedAt: given ?? at,
        status,
        source,
      },
      ...(given === undefined ? { timeOpen: true as const } : {}),
      ...{ ...viaOf(actor), ...said, madeBy: by },
    };
    return takeLog(before, begun, at, rulesOf(before)).state;
  }

  function complete(before: PlanState, at: Instant, { log, questionnaire }: Found & { readonly log: Log }): PlanState {
    const said = read(questionnaire);
    if (command.base !== undefined) refuseUnseen(questionnaire, log, { ...command, base: command.base });
    const settled = command.base !== undefined;
    const when = defined({ performedAt: givenTime(command) });
    return finishLog(before, { logId: log.id, ...said, by, settled, ...when }, at, rulesOf(before));
  }

  function read(questionnaire: Questionnaire) {
    const { answers } = command;
    const asked = { complete: status === 'completed', withheld: command.withheld };
    const { items = [], withheld } = readLogItems(questionnaire, { answers }, asked);
    return { items, withheld };
  }
}

interface Found {
  readonly log: Log | undefined;
  readonly questionnaire: Questionnaire;
}

const givenTime = ({ performedAt }: GivenDraft): Instant | undefined =>
  performedAt === undefined ? undefined : toInstant(performedAt, 'performedAt');

/** The order in which what waits stands is of no matter, but how it is spelt is. */
function isSpeltSame(said: DraftSaid, kept: DraftSaid): boolean {
  const order = ({ performedAt, answers, withheld, others }: DraftSaid) =>
    JSON.stringify([performedAt, Object.entries(answers).sort(), [...withheld].sort(), others]);
  return order(said) === order(kept);
}

/**
 * Refuses to send what says less than is kept: it was written somewhere else since, and the page does not show it.
 * @throws `version-conflict`
 */
function refuseUnseen(
  questionnaire: Questionnaire,
  log: Log,
  command: WriteLogCommand & { readonly base: DraftSaid },
): void {
  const { said } = mergeDraft(questionnaire, { kept: log, base: command.base, given: command });
  if (saysSame(said, saidBy(questionnaire, command))) return;
  const fields = { id: log.id, expected: 'what the page has seen', actual: log.authored };
  throw new IntersessionError(
    'version-conflict',
    fields,
    'This log was written on in another place; look at it first.',
  );
}

/** Whether nothing is sent that the finished log does not say: its first answer was lost on the way. */
function isToldAgain(questionnaire: Questionnaire, log: Log, command: WriteLogCommand): boolean {
  const { performedAt: _when, ...sent } = saidBy(questionnaire, {
    ...command,
    withheld: withDependants(questionnaire, command.withheld),
  });
  const { performedAt: _then, others: _waiting, ...kept } = saidIn(log);
  return saysSame(sent, kept);
}

/**
 * The draft that the same writer has begun for the same time under another id, in another tab or on another device: there is
 * one for each time.
 */
function draftOfSameTime(
  state: PlanState,
  { assignmentId, occurrenceId, status, base }: WriteLogCommand,
  actor: Actor,
): Log | undefined {
  // whoever sends a log whole, without having begun a draft of it, sends another one
  if (actor.type !== 'user' || (status === 'completed' && base === undefined)) return undefined;
  const named = state.occurrences.find(({ id }) => id === occurrenceId);
  const tied = named !== undefined && ['due', 'overdue', 'missed'].includes(named.status) ? named.id : undefined;
  return state.logs.find(
    (log) =>
      log.assignmentId === assignmentId &&
      log.status === 'in-progress' &&
      log.occurrenceId === tied &&
      isWriter(actor, log),
  );
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

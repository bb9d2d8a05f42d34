import type { Questionnaire } from 'fhir/r4';
import { defined } from '../../foundation/defined.ts';
import { hasCode, IntersessionError } from '../../foundation/intersession-error.ts';
import { takeLog } from '../../homework/log/take-log.ts';
import type { AnswerItem, Log, LogSource, VersionedCanonical } from '../../homework/model.ts';
import { formToAnswer } from '../../homework/plan/form-to-answer.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import { actorKey } from '../actor.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { survivorOf } from '../patient/survivor-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { changePlan } from './change-plan.ts';
import { type AnswerRules, type GivenAnswers, readLogItems } from './read-log-items.ts';
import { viaOf } from './require-person.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';
import type { Sourced } from './sourced.ts';
import { toInstant } from './to-instant.ts';

export interface LogHomeworkCommand extends Sourced, GivenAnswers {
  readonly assignmentId: string;
  /** Whose log it is, if the sender says so: must be the assignment's patient. */
  readonly patientId?: string;
  readonly occurrenceId?: string;
  /** Which of the step's forms it answers; default: the one that the step asks for now. */
  readonly questionnaire?: VersionedCanonical;
  /** With offset. */
  readonly performedAt: string;
  /** Default: completed. */
  readonly status?: 'in-progress' | 'completed' | 'stopped';
  /** linkIds that the patient does not share. */
  readonly withheld?: readonly string[];
  /** Default: the patient. */
  readonly source?: LogSource;
}

export interface LoggedHomework {
  readonly planId: string;
  readonly planVersion: number;
  readonly log: Log;
  readonly created: boolean;
}

/**
 * Records a log of an assignment and ties it to its occurrence.
 * @throws `unknown-artefact`, `foreign-assignment`, `assignment-locked`, `assignment-closed`, `plan-closed`,
 * `invalid-answer`, `invalid-request`, `source-id-conflict`
 */
export async function logHomework(
  record: HomeworkRecord,
  tenantId: string,
  command: LogHomeworkCommand,
): Promise<LoggedHomework> {
  const performedAt = toInstant(command.performedAt, 'performedAt');
  const { assignmentId, patientId, occurrenceId, status = 'completed', withheld = [] } = command;
  const { actor } = record;
  const changed = await changePlan(record, tenantId, {
    of: { artefact: 'assignment', id: assignmentId },
    source: { operation: 'log', command },
    async apply(state, at, { tx, artefactId: id }) {
      const assignment = state.assignments.find((assignment) => assignment.id === assignmentId);
      if (assignment === undefined) throw unknownArtefact({ artefact: 'assignment', id: assignmentId });
      // a source may go on naming a patient who was merged into the assignment's
      const named = patientId ?? assignment.patientId;
      if (named !== assignment.patientId && (await survivorOf(tx, tenantId, named)) !== assignment.patientId) {
        throw foreignAssignment(assignmentId);
      }
      const questionnaire = formToAnswer(assignment, command.questionnaire);
      const kinds = kindsOfPlan(record.kinds, state.assignments);
      const read = readGiven(kinds.version(questionnaire).questionnaire, command, {
        complete: status === 'completed',
        withheld,
      });
      const logged = takeLog(
        state,
        {
          id,
          assignmentId,
          ...defined({ occurrenceId }),
          questionnaire,
          performedAt,
          status,
          source: command.source ?? { type: 'patient' },
          ...viaOf(actor),
          items: read.items,
          withheld: read.withheld,
          // what the service itself takes over is nobody's own words
          ...(actor.type === 'service' ? {} : { madeBy: actorKey(actor) }),
        },
        at,
        rulesOfTenant(record, tenantId, state.assignments),
      );
      // what the assignment refuses comes first: a locked one takes no answers at all, however well they fit
      if (read.misfit !== undefined) throw read.misfit;
      return logged.state;
    },
  });
  const logged = changed.state.logs.find((log) => log.id === changed.artefactId);
  if (logged === undefined) throw unknownArtefact({ artefact: 'log', id: changed.artefactId });
  return { planId: changed.state.plan.id, planVersion: changed.version, log: logged, created: changed.created };
}

interface ReadGiven {
  readonly items: readonly AnswerItem[];
  readonly withheld: readonly string[];
  readonly misfit?: IntersessionError;
}

function readGiven(questionnaire: Questionnaire, command: GivenAnswers, check: AnswerRules): ReadGiven {
  // without any answers, those that are required are still missing
  const given = command.answers === undefined && command.items === undefined ? { items: [] } : command;
  try {
    const { items = [], withheld } = readLogItems(questionnaire, given, check);
    return { items, withheld };
  } catch (error) {
    if (hasCode(error, 'invalid-answer')) return { items: [], withheld: check.withheld, misfit: error };
    throw error;
  }
}

function foreignAssignment(assignmentId: string): IntersessionError {
  return new IntersessionError('foreign-assignment', { assignmentId }, 'The assignment belongs to another patient.');
}

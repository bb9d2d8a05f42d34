import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { AnswerItem, Assignment, Instant, Log, LogSource, PlanState, VersionedCanonical } from '../model.ts';
import { applyMove } from '../plan/apply-move.ts';
import { formToAnswer } from '../plan/form-to-answer.ts';
import { sweep } from '../plan/sweep.ts';
import {
  assignmentById,
  invalidRequest,
  logById,
  refuseClosedPlan,
  refuseKnownId,
  withAssignment,
  withLog,
} from '../replace-in-state.ts';
import { noticeRisk } from '../safety/notice-risk.ts';
import { midnight } from '../schedule/day-end.ts';
import type { Sent } from '../told.ts';
import { countLog } from './count-log.ts';
import { keepPrediction } from './keep-prediction.ts';
import { resolveLog } from './resolve-log.ts';
import { isStillToCome } from './still-to-come.ts';

/** What the patient recorded, as it arrives. */
export interface TakeLog extends Sent {
  readonly id: string;
  readonly assignmentId: string;
  /** The occurrence it is for, when the client knows; it wins over dates. */
  readonly occurrenceId?: string;
  /** Which of the step's forms it answers; absent: the one that the step asks for now. */
  readonly questionnaire?: VersionedCanonical;
  readonly performedAt: Instant;
  /** Of a draft: nobody has said yet when it was, and `performedAt` is now. */
  readonly timeOpen?: true;
  readonly status: 'in-progress' | 'completed' | 'stopped';
  readonly source: LogSource;
  readonly items: readonly AnswerItem[];
  readonly withheld: readonly string[];
  /** Who writes it, as `Log.madeBy` keeps it. */
  readonly madeBy?: string;
}

/**
 * Takes a log in: ties it to its occurrence, moves the assignment, and lets what follows from it follow. It answers the version
 * of the questionnaire that its assignment asks for, and does so for ever, whatever the assignment asks for later.
 * @throws IntersessionError `plan-closed`, `assignment-locked`, `assignment-closed`, `unknown-artefact` (assignment,
 *   occurrence), `invalid-request` (performedAt in the future or before the plan; an id in use; another assignment's occurrence)
 */
export function takeLog(
  state: PlanState,
  command: TakeLog,
  at: Instant,
  rules: HomeworkRules,
): { readonly state: PlanState; readonly log: Log } {
  assignmentById(state, command.assignmentId);
  refuseClosedPlan(state);
  refuseKnownId(state.logs, command.id);
  const performedAt = checkPerformedAt(state, command.performedAt, at);
  const now = sweep(state, at, rules);
  const assignment = assignmentById(now, command.assignmentId);
  refuseClosed(assignment);

  const resolved = resolveLog(now, assignment, { ...command, performedAt }, at, rules);
  const given: Log = {
    id: command.id,
    planId: now.plan.id,
    assignmentId: assignment.id,
    patientId: now.plan.patientId,
    ...(resolved.occurrence === undefined ? {} : { occurrenceId: resolved.occurrence.id }),
    resolution: resolved.resolution,
    questionnaire: formToAnswer(assignment, command.questionnaire),
    status: command.status,
    performedAt,
    ...(command.status === 'in-progress' ? defined({ timeOpen: command.timeOpen }) : {}),
    authored: at,
    source: command.source,
    ...(command.via === undefined ? {} : { via: command.via, told: { at, as: 'made' } as const }),
    items: command.items,
    withheld: command.withheld,
    ...defined({ madeBy: command.madeBy }),
  };
  const log = keepPrediction(undefined, given, rules.predictionParts?.(given.questionnaire), at);
  const noticed = noticeRisk(withLog(resolved.state, log), { logId: log.id, before: undefined }, rules);
  const begun = begin(noticed, assignment, at);
  const counted = log.status === 'completed' ? countLog(begun, log, at) : begun;
  const after = sweep(counted, at, rules);
  return { state: after, log: logById(after, log.id) };
}

/**
 * When it happened, in the one spelling of instants.
 * @throws IntersessionError `invalid-request` when it can't have been then
 */
export function checkPerformedAt({ plan }: PlanState, performedAt: Instant, at: Instant): Instant {
  const time = Date.parse(performedAt);
  if (Number.isNaN(time)) throw invalidRequest('performedAt', 'is not a time');
  if (isStillToCome(performedAt, at)) throw invalidRequest('performedAt', 'is in the future');
  const instant = new Date(time).toISOString();
  if (instant < midnight(plan.period.start, plan.timeZone))
    throw invalidRequest('performedAt', 'is before the plan starts');
  return instant;
}

/**
 * Refuses a log for a step that takes none.
 * @throws IntersessionError `assignment-locked`, `assignment-closed`
 */
export function refuseClosed({ id, status, businessStatus }: Assignment): void {
  if (status === 'draft')
    throw new IntersessionError('assignment-locked', { assignmentId: id }, 'the step is still locked');
  if (status === 'rejected' || status === 'cancelled' || status === 'entered-in-error')
    throw new IntersessionError(
      'assignment-closed',
      { assignmentId: id, status: businessStatus },
      `the step takes no logs any more: ${businessStatus}`,
    );
}

/** The first log, of whatever sort, sets the step going; a paused one waits until it is resumed. */
function begin(state: PlanState, assignment: Assignment, at: Instant): PlanState {
  const { status, businessStatus } = assignment;
  const waiting = status === 'requested' || status === 'received' || status === 'accepted';
  if (!waiting || businessStatus === 'paused') return state;
  return withAssignment(state, applyMove(assignment, 'log', at));
}

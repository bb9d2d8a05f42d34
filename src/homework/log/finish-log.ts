import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { AnswerItem, Instant, Log, PlanState } from '../model.ts';
import { sweep } from '../plan/sweep.ts';
import { assignmentById, invalidRequest, logById, refuseClosedPlan, withLog } from '../replace-in-state.ts';
import { noticeRisk } from '../safety/notice-risk.ts';
import { countLog } from './count-log.ts';
import { keepPrediction } from './keep-prediction.ts';
import { resolvedAs } from './resolve-series-log.ts';
import { checkPerformedAt, refuseClosed } from './take-log.ts';

export interface FinishLog {
  readonly logId: string;
  /** Absent: as they were saved. */
  readonly items?: readonly AnswerItem[];
  /** linkIds not shared; absent: as before. */
  readonly withheld?: readonly string[];
  /** When it happened, if that is only known now; absent: as before, and now where nobody has said it yet. */
  readonly performedAt?: Instant;
  /** Its writer has chosen from what waits (`Log.others`): none of it does any more. */
  readonly settled?: boolean;
  /** Who changes it, as `Log.changedBy` keeps it; absent: as before. */
  readonly by?: string;
}

/**
 * Completes an unfinished log; it counts for the occurrence it was tied to when it was begun, in time or late by when it is sent.
 * @throws IntersessionError `unknown-artefact`; `invalid-request` when it isn't in progress; `assignment-locked`,
 *   `assignment-closed`; `plan-closed`; `prediction-locked`
 */
export function finishLog(state: PlanState, command: FinishLog, at: Instant, rules: HomeworkRules): PlanState {
  const log = logById(state, command.logId);
  refuseClosedPlan(state);
  if (log.status !== 'in-progress') throw invalidRequest('logId', `is ${log.status}, not in progress`);
  const assignment = assignmentById(state, log.assignmentId);
  refuseClosed(assignment);
  const now = sweep(state, at, rules);
  const { others, timeOpen, ...begun } = log;
  // whose time nobody has said is sent when it happens, as far as is known
  const when = command.performedAt ?? (timeOpen ? at : log.performedAt);
  const performedAt = when === log.performedAt ? when : checkPerformedAt(state, when, at);
  const time = now.occurrences.find(({ id }) => id === log.occurrenceId);
  const told: Log = {
    ...begun,
    ...(time === undefined ? {} : { resolution: resolvedAs(time, { ...begun, performedAt }, at) }),
    ...(command.settled ? {} : defined({ others })),
    status: 'completed',
    items: command.items ?? log.items,
    withheld: command.withheld ?? log.withheld,
    performedAt,
    authored: at,
    ...defined({ changedBy: command.by }),
  };
  const completed = keepPrediction(log, told, rules.predictionParts?.(log.questionnaire), at);
  // it is sent now, with all that it says: whoever has closed a signal since it was saved hears of it again
  const sent = { logId: log.id, before: log, anew: 'all' } as const;
  const noticed = noticeRisk(withLog(now, completed), sent, rules);
  return sweep(countLog(noticed, completed, at), at, rules);
}

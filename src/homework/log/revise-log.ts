import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { AnswerItem, Instant, Log, PlanState } from '../model.ts';
import { sweep } from '../plan/sweep.ts';
import { logById, refuseClosedPlan, withLog } from '../replace-in-state.ts';
import { noticeRisk } from '../safety/notice-risk.ts';
import { keepPrediction } from './keep-prediction.ts';
import type { OtherAnswers } from './merge-drafts.ts';
import { checkPerformedAt } from './take-log.ts';

export interface ReviseLog {
  readonly logId: string;
  readonly items: readonly AnswerItem[];
  /** linkIds not shared; absent: as before. */
  readonly withheld?: readonly string[];
  /** When it happened, of one that is still being written; absent: as before. */
  readonly performedAt?: Instant;
  /** Of one that is still being written: nobody has said yet when it was. */
  readonly timeOpen?: boolean;
  /** What waits for its writer's choice from now on; absent: as before, and nothing of one that was sent. */
  readonly others?: OtherAnswers | 'none';
  /** What was just written, where something else stands now: a risk answer among it is noticed as well. */
  readonly written?: readonly AnswerItem[];
  /** linkIds of answers that were given anew, though they may say what they said: a risk answer among them is noticed again. */
  readonly anew?: readonly string[];
  /** Who changes it, as `Log.changedBy` keeps it; absent: as before. */
  readonly by?: string;
}

/**
 * Replaces a log's answers: a completed one is amended from then on, an unfinished one is saved and stays unfinished. For what
 * it was done is kept, and of a completed one when; what was unlocked stays unlocked, and a locked prediction as it was. A completed log may be set right after the plan is closed.
 * @throws IntersessionError `unknown-artefact`; `invalid-request` when it was stopped or made by mistake; `plan-closed`;
 *   `prediction-locked`
 */
export function reviseLog(state: PlanState, command: ReviseLog, at: Instant, rules: HomeworkRules): PlanState {
  const log = logById(state, command.logId);
  if (log.status === 'stopped' || log.status === 'entered-in-error')
    throw new IntersessionError(
      'invalid-request',
      { issues: [{ path: 'logId', problem: `is ${log.status}` }] },
      `a log that is ${log.status} can't be amended`,
    );
  if (log.status === 'in-progress') refuseClosedPlan(state);
  const unfinished = log.status === 'in-progress';
  const { others: waiting, timeOpen: before, ...rest } = log;
  const others = command.others === 'none' ? undefined : (command.others ?? waiting);
  const timeOpen = (command.timeOpen ?? before) ? (true as const) : undefined;
  const told: Log = {
    ...rest,
    ...(unfinished ? defined({ others, timeOpen }) : {}),
    status: unfinished ? 'in-progress' : 'amended',
    items: command.items,
    withheld: command.withheld ?? log.withheld,
    ...(unfinished && command.performedAt !== undefined
      ? { performedAt: checkPerformedAt(state, command.performedAt, at) }
      : {}),
    authored: at,
    ...defined({ changedBy: command.by }),
  };
  const amended = keepPrediction(log, told, rules.predictionParts?.(log.questionnaire), at);
  const about = { logId: log.id, before: log, ...defined({ anew: command.anew }) };
  const written = withLog(state, { ...amended, items: command.written ?? amended.items });
  return sweep(withLog(noticeRisk(written, about, rules), amended), at, rules);
}

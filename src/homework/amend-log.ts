import { IntersessionError } from './errors.ts';
import type { HomeworkRules } from './homework-rules.ts';
import type { AnswerItem, Instant, PlanState } from './model.ts';
import { noticeRisk } from './notice-risk.ts';
import { logById, refuseClosedPlan, withLog } from './replace-in-state.ts';
import { sweep } from './sweep.ts';

export interface AmendLog {
  readonly logId: string;
  readonly items: readonly AnswerItem[];
  /** linkIds not shared; absent: as before. */
  readonly withheld?: readonly string[];
}

/**
 * Replaces a log's answers: a completed one is amended from then on, an unfinished one is saved and stays unfinished. When and
 * for what it was done is kept; what was unlocked stays unlocked. A completed log may be set right after the plan is closed.
 * @throws IntersessionError `unknown-artefact`; `invalid-request` when it was stopped or made by mistake; `plan-closed`
 */
export function amendLog(state: PlanState, command: AmendLog, at: Instant, rules: HomeworkRules): PlanState {
  const log = logById(state, command.logId);
  if (log.status === 'stopped' || log.status === 'entered-in-error')
    throw new IntersessionError(
      'invalid-request',
      { issues: [{ path: 'logId', problem: `is ${log.status}` }] },
      `a log that is ${log.status} can't be amended`,
    );
  if (log.status === 'in-progress') refuseClosedPlan(state);
  const amended = withLog(state, {
    ...log,
    status: log.status === 'in-progress' ? 'in-progress' : 'amended',
    items: command.items,
    withheld: command.withheld ?? log.withheld,
    authored: at,
  });
  return sweep(noticeRisk(amended, { logId: log.id, before: log }, rules), at, rules);
}

import type { HomeworkRules } from '../homework-rules.ts';
import { isFinished } from '../log/log.ts';
import { readAnswer } from '../log/read-answer.ts';
import type { Assignment, Instant, Log, PlanState, UnlockCriterion } from '../model.ts';
import { occurrencesOf } from '../replace-in-state.ts';
import { dayOf } from '../schedule/day-end.ts';
import { timesNow } from '../schedule/times-now.ts';
import { reaches } from './criteria/compare.ts';
import { fellWithinLog } from './criteria/fell-within-log.ts';
import { inARow } from './criteria/in-a-row.ts';
import { meanOfDays } from './criteria/mean-of-days.ts';
import { changedBy } from './criteria/measure-changed.ts';
import { predictionNotTrue } from './criteria/prediction-not-true.ts';
import { quotaKept } from './criteria/quota-kept.ts';
import { readingsOf } from './criteria/reading-of.ts';
import { ruleInForce } from './rule-in-force.ts';
import { ruleHolds } from './rule-parts.ts';
import type { AfterStep, SimpleRule } from './unlock-rule.ts';

/** By what a rule is judged besides the plan. */
export interface UnlockSeen {
  readonly rules: HomeworkRules;
  /** When it is asked: a rule may wait for a day. */
  readonly at: Instant;
}

/**
 * Whether an assignment's unlock rule holds by itself (`docs/engines/unlocking.md`). A clinician's approval never does: the clinician
 * unlocks by hand. Open safety signals and dates in the past are not this rule's business; `settle` asks for them.
 */
export function unlockAllows(state: PlanState, assignment: Pick<Assignment, 'unlock'>, seen: UnlockSeen): boolean {
  return ruleHolds(ruleInForce(state, assignment), (part) => partHolds(state, part, seen));
}

function partHolds(state: PlanState, part: SimpleRule, { rules, at }: UnlockSeen): boolean {
  return part.type === 'on-date' ? dayOf(at, state.plan.timeZone) >= part.date : afterHolds(state, part, rules);
}

/** Whether what a part of a rule, as it is in force, waits for in another step has come about there. */
export function afterHolds(state: PlanState, { after, criterion }: AfterStep, rules: HomeworkRules): boolean {
  const before = state.assignments.find(({ key }) => key === after);
  if (before === undefined || before.status === 'entered-in-error') return false;
  return criterionHolds(state, before, criterion, rules);
}

function criterionHolds(
  state: PlanState,
  before: Assignment,
  criterion: UnlockCriterion,
  rules: HomeworkRules,
): boolean {
  const logs = finishedLogs(state, before);
  const { timeZone } = state.plan;
  switch (criterion.type) {
    case 'logs-done':
      return countedLogs(state, before, logs) >= criterion.count;
    case 'behaviour-done':
      return behaviourDone(state, before, logs, rules);
    case 'measure-reached':
      return readingsOf(logs, criterion.linkId, rules).some((value) =>
        reaches(value, criterion.comparator, criterion.value),
      );
    case 'measure-fell':
      return changedBy(readingsOf(logs, criterion.linkId, rules), 'down', criterion.by);
    case 'fell-within-log':
      return fellWithinLog(criterion, logs, rules);
    case 'prediction-not-true':
      return predictionNotTrue(criterion, logs, rules);
    case 'in-a-row':
      return inARow(criterion, logs, rules);
    case 'mean-of-days':
      return meanOfDays(criterion, logs, { rules, timeZone });
    case 'quota-kept':
      return quotaKept(criterion, logs, { rules, timeZone });
    case 'score-reached':
      return reaches(readingsOf(logs, criterion.score, rules).at(-1), criterion.comparator, criterion.value);
    case 'score-changed':
      return changedBy(readingsOf(logs, criterion.score, rules), criterion.direction, criterion.by);
    case 'clinician-approves':
      return false;
  }
}

/** Completed and amended logs, in the order in which it happened. */
function finishedLogs(state: PlanState, assignment: Assignment): readonly Log[] {
  return state.logs
    .filter((log) => log.assignmentId === assignment.id && isFinished(log))
    .sort((a, b) => a.performedAt.localeCompare(b.performedAt));
}

/** By how many of these logs a time of the step is done: what came after the grace left its time missed. */
function countedLogs(state: PlanState, { id: assignmentId }: Assignment, logs: readonly Log[]): number {
  const done = timesNow(state, assignmentId).own.filter(({ status }) => status === 'done' || status === 'late');
  const doneBy = new Set(done.map(({ logId }) => logId));
  return logs.filter(({ id }) => doneBy.has(id)).length;
}

function behaviourDone(state: PlanState, before: Assignment, logs: readonly Log[], rules: HomeworkRules): boolean {
  if (rules.behaviourLinkId(before.questionnaire) === undefined)
    return occurrencesOf(state, before.id).some(({ status }) => status === 'done' || status === 'late');
  return logs.some((log) => {
    const linkId = rules.behaviourLinkId(log.questionnaire);
    const answer = linkId === undefined ? undefined : readAnswer(log.items, linkId);
    return answer?.type === 'boolean' && answer.value;
  });
}

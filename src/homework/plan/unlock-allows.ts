import type { HomeworkRules } from '../homework-rules.ts';
import { isFinished } from '../log/log.ts';
import { readAnswer, readNumber } from '../log/read-answer.ts';
import type { Assignment, Log, PlanState } from '../model.ts';
import { occurrencesOf } from '../replace-in-state.ts';
import { ruleInForce } from './rule-in-force.ts';

/**
 * Whether an assignment's unlock rule holds by itself. A clinician's approval never does: the clinician unlocks by hand.
 * Open safety signals and dates in the past are not this rule's business; `settle` asks for them.
 */
export function unlockAllows(state: PlanState, assignment: Assignment, rules: HomeworkRules): boolean {
  const rule = ruleInForce(state, assignment);
  if (rule.type !== 'after') return rule.type === 'at-start';
  const before = state.assignments.find(({ key }) => key === rule.after);
  if (before === undefined || before.status === 'entered-in-error') return false;
  const logs = countedLogs(state, before);
  const { criterion } = rule;
  switch (criterion.type) {
    case 'logs-done':
      return (
        logs.filter(({ resolution }) => resolution === 'resolved' || resolution === 'late').length >= criterion.count
      );
    case 'behaviour-done':
      return behaviourDone(state, before, logs, rules);
    case 'measure-reached':
      return logs.some((log) => {
        // what was not measured has reached nothing
        const value = readNumber(log, criterion.linkId) ?? Number.NaN;
        return criterion.comparator === '<=' ? value <= criterion.value : value >= criterion.value;
      });
    case 'measure-fell': {
      const values = logs.map((log) => readNumber(log, criterion.linkId)).filter((value) => value !== undefined);
      const [first, last] = [values[0] ?? Number.NaN, values.at(-1) ?? Number.NaN];
      return values.length > 1 && first - last >= criterion.by;
    }
    case 'clinician-approves':
      return false;
  }
}

/** Completed and amended logs, in the order in which it happened. */
function countedLogs(state: PlanState, assignment: Assignment): readonly Log[] {
  return state.logs
    .filter((log) => log.assignmentId === assignment.id && isFinished(log))
    .sort((a, b) => a.performedAt.localeCompare(b.performedAt));
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

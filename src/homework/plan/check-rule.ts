import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { PlanState, Schedule, UnlockRule } from '../model.ts';
import { scheduleOf } from '../schedule/schedule-of.ts';
import { refuseTooEarly, ruleIssues } from './check-design.ts';
import { isEnded } from './is-ended.ts';
import { unlockAllows } from './unlock-allows.ts';

/** A locked step as it is to be. */
interface LockedStep {
  readonly id: string;
  readonly key: string;
  readonly schedule: Schedule;
  readonly unlock: UnlockRule;
}

/**
 * Refuses a locked step of a running plan that could never open: by a rule that names no step, goes in a circle, asks for more than
 * there will be, or waits for a step that is over without it.
 * @param options whether the rule is one that is given just now, and where the step stands in the command
 * @throws IntersessionError `invalid-request` with every issue, `schedule-never-occurs`; both name the field
 */
export function checkRule(
  state: PlanState,
  step: LockedStep,
  { rules, isNew, prefix = '' }: { readonly rules: HomeworkRules; readonly isNew: boolean; readonly prefix?: string },
): void {
  const others = state.assignments
    .filter(({ id, status }) => id !== step.id && status !== 'entered-in-error')
    .map((assignment) => ({ key: assignment.key, unlock: assignment.unlock, schedule: scheduleOf(assignment) }));
  const all = [...others, step];
  if (isNew) {
    const issues = [
      ...ruleIssues(step, prefix, all),
      ...inVain(state, step, rules).map(({ path, problem }) => ({ path: `${prefix}${path}`, problem })),
    ];
    if (issues.length > 0) {
      const message = issues.map(({ path, problem }) => `${path} ${problem}`).join('; ');
      throw new IntersessionError('invalid-request', { issues }, message);
    }
  }
  refuseTooEarly(step, prefix, all);
}

/** Whether a rule waits for a step that is over, and does not hold: it never will. */
export function waitsInVain(state: PlanState, unlock: UnlockRule, rules: HomeworkRules): boolean {
  if (unlock.type !== 'after') return false;
  const before = state.assignments.find(({ key }) => key === unlock.after);
  if (before === undefined || !isEnded(before)) return false;
  const byHand = unlock.criterion.type === 'clinician-approves' && before.status === 'completed';
  return !byHand && !unlockAllows(state, { ...before, unlock }, rules);
}

function inVain(state: PlanState, { unlock }: LockedStep, rules: HomeworkRules) {
  if (unlock.type !== 'after' || !waitsInVain(state, unlock, rules)) return [];
  return [{ path: 'unlock.after', problem: `names step ${unlock.after}, which is over: it would never open` }];
}

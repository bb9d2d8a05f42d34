import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { PlanState, Schedule, UnlockRule } from '../model.ts';
import { scheduleOf } from '../schedule/schedule-of.ts';
import { isEnded } from './is-ended.ts';
import { refuseTooEarly } from './refuse-too-early.ts';
import { ruleInForce } from './rule-in-force.ts';
import { ruleIssues } from './rule-issues.ts';
import { partsWithPath, ruleHolds, stepsNamed } from './rule-parts.ts';
import { afterHolds } from './unlock-allows.ts';
import type { AfterStep } from './unlock-rule.ts';

/** A locked step as it is to be. */
interface LockedStep {
  readonly id: string;
  readonly key: string;
  readonly schedule: Schedule;
  readonly unlock: UnlockRule;
  readonly standing?: true;
}

/**
 * Refuses a locked step of a running plan that could never open: by a rule that is refused in a new plan, too, or one that waits for a
 * step that is over without it.
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
    .map((assignment) => ({ ...assignment, schedule: scheduleOf(assignment) }));
  const all = [...others, step];
  if (isNew) {
    const issues = [
      ...ruleIssues(step, prefix, { all, period: state.plan.period }),
      ...inVain(state, step, rules).map(({ path, problem }) => ({ path: `${prefix}${path}`, problem })),
    ];
    if (issues.length > 0) {
      const message = issues.map(({ path, problem }) => `${path} ${problem}`).join('; ');
      throw new IntersessionError('invalid-request', { issues }, message);
    }
  }
  refuseTooEarly(step, prefix, all);
}

/** Whether a rule waits for steps that are over, and does not hold: it never will. */
export function waitsInVain(state: PlanState, unlock: UnlockRule, rules: HomeworkRules): boolean {
  if (stepsNamed(unlock).length === 0) return false;
  const rule = ruleInForce(state, { unlock });
  return !ruleHolds(rule, (part) => part.type === 'on-date' || !isInVain(state, part, rules));
}

function isInVain(state: PlanState, part: AfterStep, rules: HomeworkRules): boolean {
  const before = state.assignments.find(({ key }) => key === part.after);
  if (before === undefined || !isEnded(before)) return false;
  const byHand = part.criterion.type === 'clinician-approves' && before.status === 'completed';
  return !byHand && !afterHolds(state, part, rules);
}

function inVain(state: PlanState, step: LockedStep, rules: HomeworkRules) {
  return partsWithPath(ruleInForce(state, step), 'unlock').flatMap(({ part, path }) =>
    part.type === 'after' && isInVain(state, part, rules)
      ? [{ path: `${path}.after`, problem: `names step ${part.after}, which is over: it would never open` }]
      : [],
  );
}

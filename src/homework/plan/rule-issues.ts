import { isLocalDate } from '../schedule/day-end.ts';
import { lastDayOf } from '../schedule/schedule-of.ts';
import { contradictions } from './contradictions.ts';
import { criterionIssues } from './criterion-issues.ts';
import { partsWithPath, stepsNamed } from './rule-parts.ts';
import type { Issue, RuledPlan, RuledStep } from './ruled-step.ts';
import { sameValue } from './same-value.ts';
import type { SimpleRule, UnlockRule } from './unlock-rule.ts';

/**
 * Why a step would stay locked whatever is done (`docs/engines/unlocking.md`): what its rule waits for is none of these steps, gives it
 * less than it asks for, or contradicts itself. @param at where the step stands in the command, `assignments[2].`
 */
export function ruleIssues(step: RuledStep, at: string, plan: RuledPlan): readonly Issue[] {
  const { unlock } = step;
  if (step.standing === true && unlock.type !== 'at-start')
    return [{ path: `${at}unlock`, problem: 'locks a standing step, which is open from the start' }];
  return [
    ...joinIssues(unlock, `${at}unlock`),
    ...partsWithPath(unlock, `${at}unlock`).flatMap(({ part, path }) => partIssues(step, part, path, plan)),
    ...contradictions(unlock, `${at}unlock`),
  ];
}

function joinIssues(rule: UnlockRule, path: string): readonly Issue[] {
  if (rule.type !== 'all' && rule.type !== 'any') return [];
  if (rule.of.length < 2) return [{ path: `${path}.of`, problem: 'joins fewer than two rules' }];
  const twice = rule.of.some((part, index) => rule.of.slice(0, index).some((other) => sameValue(part, other)));
  return twice ? [{ path: `${path}.of`, problem: 'has the same rule twice' }] : [];
}

function partIssues(step: RuledStep, part: SimpleRule, path: string, plan: RuledPlan): readonly Issue[] {
  if (part.type === 'on-date') return dateIssues(step, part.date, `${path}.date`, plan);
  const problem = stepProblem(step, part.after, plan.all);
  const before = plan.all.find(({ key }) => key === part.after);
  const named = problem === undefined ? before : undefined;
  return [
    ...(problem === undefined ? [] : [{ path: `${path}.after`, problem }]),
    ...criterionIssues(part.criterion, `${path}.criterion`, named, plan.period),
  ];
}

function dateIssues({ schedule }: RuledStep, date: string, path: string, { period }: RuledPlan): readonly Issue[] {
  if (!isLocalDate(date)) return [{ path, problem: 'is not a day (YYYY-MM-DD)' }];
  if (period.end !== undefined && date > period.end) return [{ path, problem: 'is after the plan ends' }];
  const last = lastDayOf(schedule);
  return last !== undefined && date > last ? [{ path, problem: 'is after the last day of the step itself' }] : [];
}

/** What is wrong with a step that a rule waits for: unknown, itself, standing, or in a circle. */
function stepProblem(step: RuledStep, after: string, all: readonly RuledStep[]): string | undefined {
  if (after === step.key) return 'names the step itself';
  const before = all.find(({ key }) => key === after);
  if (before === undefined) return 'names no step of this plan';
  if (before.standing === true) return 'names a standing step, which opens nothing';
  return leadsTo(step, before, all) ? 'goes in a circle' : undefined;
}

/** Whether what a step waits for waits, by whatever parts of whatever rules, for this one. */
function leadsTo(step: RuledStep, from: RuledStep, all: readonly RuledStep[]): boolean {
  const seen = new Set<string>();
  const ahead = [from];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (seen.has(next.key)) continue;
    seen.add(next.key);
    const named = stepsNamed(next.unlock);
    if (named.includes(step.key)) return true;
    ahead.push(...all.filter(({ key }) => named.includes(key)));
  }
  return false;
}

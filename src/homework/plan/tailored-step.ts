import type { Schedule, UnlockRule } from '../model.ts';
import { timesAsked } from '../schedule/schedule-of.ts';
import type { LibraryStep } from './library-plan.ts';
import { ruleForCount } from './rule-for-count.ts';
import { stepsNamed } from './rule-parts.ts';

/** What a clinician changes to make a step of a library plan fit this patient. */
export interface TailoredStep {
  readonly title?: string;
  readonly instructions?: string;
  readonly rationale?: string;
  readonly schedule?: Schedule;
  /** Leave the step out; refused while a step that stays depends on it. */
  readonly omit?: boolean;
}

/** How many times a library step is asked for as it is tailored. */
export function timesTailored(
  { schedule }: Pick<LibraryStep, 'schedule'>,
  tailored: TailoredStep | undefined,
): number | undefined {
  return timesAsked(tailored?.schedule ?? schedule);
}

/** The unlock rule of a library step as it goes with the tailored steps that it names (`ruleForCount`). */
export function tailoredUnlock(
  { unlock }: Pick<LibraryStep, 'unlock'>,
  steps: readonly LibraryStep[],
  tailored: Readonly<Record<string, TailoredStep>>,
): UnlockRule {
  return stepsNamed(unlock).reduce((rule, after) => {
    const before = steps.find(({ key }) => key === after);
    if (before === undefined) return rule;
    return ruleForCount(rule, { after, was: timesAsked(before.schedule), is: timesTailored(before, tailored[after]) });
  }, unlock);
}

import type { Schedule, UnlockRule } from '../model.ts';
import { timesAsked } from '../schedule/schedule-of.ts';
import type { LibraryStep } from './library-plan.ts';
import { ruleForCount } from './rule-for-count.ts';

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
export function timesTailored({ schedule }: Pick<LibraryStep, 'schedule'>, tailored: TailoredStep | undefined): number {
  return timesAsked(tailored?.schedule ?? schedule);
}

/** The unlock rule of a library step as it goes with the tailored step before it (`ruleForCount`). */
export function tailoredUnlock(
  { unlock }: Pick<LibraryStep, 'unlock'>,
  steps: readonly LibraryStep[],
  tailored: Readonly<Record<string, TailoredStep>>,
): UnlockRule {
  if (unlock.type !== 'after') return unlock;
  const before = steps.find(({ key }) => key === unlock.after);
  if (before === undefined) return unlock;
  return ruleForCount(unlock, { was: timesAsked(before.schedule), is: timesTailored(before, tailored[before.key]) });
}

import type { UnlockRule } from '../model.ts';

/** What a step is, as far as it decides who opens it. */
export interface UnruledStep {
  /** It stands beside the ladder. */
  readonly standing?: boolean | undefined;
  /** Its kind is opened by a clinician: exposure, OCD, trauma, dropping safety behaviours. */
  readonly byClinician?: boolean | undefined;
  /** Key of the step before it on the ladder; absent: it is the first. */
  readonly before?: string | undefined;
}

/**
 * The unlock rule of a step that is designed without one: what may harm when it comes too early a clinician opens; all else opens after
 * the step before, when that was done.
 */
export function defaultRule({ standing, byClinician, before }: UnruledStep): UnlockRule {
  if (standing === true) return { type: 'at-start' };
  if (byClinician === true)
    return before === undefined
      ? { type: 'by-clinician' }
      : { type: 'after', after: before, criterion: { type: 'clinician-approves' } };
  return before === undefined
    ? { type: 'at-start' }
    : { type: 'after', after: before, criterion: { type: 'behaviour-done' } };
}

import type { HomeworkRules } from '../../homework-rules.ts';
import type { Log } from '../../model.ts';
import type { UnlockCriterion } from '../unlock-rule.ts';
import { reaches } from './compare.ts';
import { lastDays, mean } from './last-days.ts';
import { readingOf } from './reading-of.ts';

type MeanOfDays = Extract<UnlockCriterion, { type: 'mean-of-days' }>;

/** Whether the mean of the last days stands there, of which enough have a reading; each day weighs the same, however often it was measured. */
export function meanOfDays(
  { linkId, comparator, value, days, atLeast }: MeanOfDays,
  logs: readonly Log[],
  { rules, timeZone }: { readonly rules: HomeworkRules; readonly timeZone: string },
): boolean {
  const means = lastDays(logs, { days, timeZone }, (log) => readingOf(log, linkId, rules)).map(mean);
  return means.length > 0 && means.length >= atLeast && reaches(mean(means), comparator, value);
}

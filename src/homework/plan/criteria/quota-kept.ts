import type { HomeworkRules } from '../../homework-rules.ts';
import type { Log } from '../../model.ts';
import type { UnlockCriterion } from '../unlock-rule.ts';
import { reaches } from './compare.ts';
import { lastDays, sum } from './last-days.ts';
import { readingOf } from './reading-of.ts';

type QuotaKept = Extract<UnlockCriterion, { type: 'quota-kept' }>;

/** Whether on enough of the last days what was done lay within the share of what was planned: too much is as little kept as too little. */
export function quotaKept(
  { planned, actual, from, to, days, of }: QuotaKept,
  logs: readonly Log[],
  { rules, timeZone }: { readonly rules: HomeworkRules; readonly timeZone: string },
): boolean {
  const both = (log: Log) => {
    const [plan, done] = [readingOf(log, planned, rules), readingOf(log, actual, rules)];
    return plan === undefined || done === undefined ? undefined : { plan, done };
  };
  const kept = lastDays(logs, { days: of, timeZone }, both).filter((day) => {
    const [plan, done] = [sum(day.map((log) => log.plan)), sum(day.map((log) => log.done))];
    return plan > 0 && reaches(done, '>=', (plan * from) / 100) && reaches(done, '<=', (plan * to) / 100);
  });
  return kept.length >= days;
}

import type { HomeworkRules } from '../../homework-rules.ts';
import type { UnlockCriterion } from '../unlock-rule.ts';
import { reaches } from './compare.ts';
import { type ReadLog, readingOf } from './reading-of.ts';

type FellWithinLog = Extract<UnlockCriterion, { type: 'fell-within-log' }>;

/** Whether in some log the distress came down from its peak: by so many points, or to a share of the peak. */
export function fellWithinLog({ peak, after, fall }: FellWithinLog, logs: readonly ReadLog[], rules: HomeworkRules) {
  return logs.some((log) => {
    const [high, low] = [readingOf(log, peak, rules), readingOf(log, after, rules)];
    if (high === undefined || low === undefined) return false;
    if ('by' in fall) return reaches(high - low, '>=', fall.by);
    // a share of nothing says nothing: where no distress was, none has fallen
    return high > 0 && reaches(low, '<=', (high * fall.toPercent) / 100);
  });
}

import type { HomeworkRules } from '../../homework-rules.ts';
import type { UnlockCriterion } from '../unlock-rule.ts';
import { reaches } from './compare.ts';
import { type ReadLog, readingOf } from './reading-of.ts';

type InARow = Extract<UnlockCriterion, { type: 'in-a-row' }>;

/** Whether the last so many logs all stood there; one without a reading breaks the row. @param logs in the order in which it happened */
export function inARow(
  { linkId, comparator, value, count }: InARow,
  logs: readonly ReadLog[],
  rules: HomeworkRules,
): boolean {
  const last = logs.slice(-count);
  return last.length >= count && last.every((log) => reaches(readingOf(log, linkId, rules), comparator, value));
}

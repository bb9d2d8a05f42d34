import type { HomeworkRules } from '../../homework-rules.ts';
import { readAnswer } from '../../log/read-answer.ts';
import { scoreOf } from '../../log/score-of.ts';
import type { Log } from '../../model.ts';

/** What readings are taken of. */
export type ReadLog = Pick<Log, 'items' | 'questionnaire'>;

/**
 * A log's reading of an item: its first answer where that is a number (of a quantity: its number), or the calculated score that has
 * this linkId in the log's own version. Undefined: it has none, so it has reached nothing.
 */
export function readingOf(log: ReadLog, linkId: string, rules: Pick<HomeworkRules, 'scoresOf'>): number | undefined {
  const scores = rules.scoresOf?.(log.questionnaire) ?? [];
  const score = scores.find((declared) => declared.linkId === linkId);
  if (score !== undefined) return scoreOf(score, { items: log.items, scores });
  const answer = readAnswer(log.items, linkId);
  switch (answer?.type) {
    case 'integer':
    case 'decimal':
      return answer.value;
    case 'quantity':
      return answer.value.value;
    default:
      return undefined;
  }
}

/** The readings of an item, in the order of the logs; without the logs that have none. */
export function readingsOf(
  logs: readonly ReadLog[],
  linkId: string,
  rules: Pick<HomeworkRules, 'scoresOf'>,
): readonly number[] {
  return logs.map((log) => readingOf(log, linkId, rules)).filter((value) => value !== undefined);
}

import type { AnswerItem, AnswerValue, Log } from '../model.ts';
import type { ScoreDeclaration } from './score.ts';
import { scoreOf } from './score-of.ts';

/** The first answer given to a linkId, however deep it stands. */
export function readAnswer(items: readonly AnswerItem[], linkId: string): AnswerValue | undefined {
  for (const item of items) {
    const own = item.linkId === linkId ? item.answers[0] : undefined;
    const found = own ?? readAnswer(item.items, linkId);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All answers given to a linkId, in the order in which they were given: of a question that takes several, in every repetition. */
export function readAnswers(items: readonly AnswerItem[], linkId: string): readonly AnswerValue[] {
  return items.flatMap((item) => [...(item.linkId === linkId ? item.answers : []), ...readAnswers(item.items, linkId)]);
}

/**
 * A number that a log tells, or undefined: the answer to an item, or the value of a score.
 * @param scores of the version that the log answers: `rules.scoresOf?.(log.questionnaire)`
 */
export function readNumber(
  log: Pick<Log, 'items'>,
  linkId: string,
  scores: readonly ScoreDeclaration[] = [],
): number | undefined {
  const score = scores.find((score) => score.linkId === linkId);
  if (score !== undefined) return scoreOf(score, { items: log.items, scores });
  const answer = readAnswer(log.items, linkId);
  return answer?.type === 'integer' || answer?.type === 'decimal' ? answer.value : undefined;
}

/** The items without the answers that the patient does not share; a withheld group takes all within it along. */
export function shareableItems(items: readonly AnswerItem[], withheld: readonly string[]): readonly AnswerItem[] {
  return items
    .filter(({ linkId }) => !withheld.includes(linkId))
    .map((item) => ({ ...item, items: shareableItems(item.items, withheld) }));
}

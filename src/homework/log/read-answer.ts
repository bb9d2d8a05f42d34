import type { AnswerItem, AnswerValue, Log } from '../model.ts';

/** The first answer given to a linkId, however deep it stands. */
export function readAnswer(items: readonly AnswerItem[], linkId: string): AnswerValue | undefined {
  for (const item of items) {
    const own = item.linkId === linkId ? item.answers[0] : undefined;
    const found = own ?? readAnswer(item.items, linkId);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A numeric answer, or undefined. */
export function readNumber(log: Log, linkId: string): number | undefined {
  const answer = readAnswer(log.items, linkId);
  return answer?.type === 'integer' || answer?.type === 'decimal' ? answer.value : undefined;
}

/** The items without the answers that the patient does not share; a withheld group takes all within it along. */
export function shareableItems(items: readonly AnswerItem[], withheld: readonly string[]): readonly AnswerItem[] {
  return items
    .filter(({ linkId }) => !withheld.includes(linkId))
    .map((item) => ({ ...item, items: shareableItems(item.items, withheld) }));
}

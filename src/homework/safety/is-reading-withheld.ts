import type { HomeworkRules } from '../homework-rules.ts';
import { isScoreWithheld } from '../log/score-of.ts';
import type { AnswerItem, Log } from '../model.ts';

/** Whether the patient keeps what a log says of an item to themself; of a calculated score: any part of what it is made of. */
export function isReadingWithheld(
  { questionnaire, items, withheld }: Pick<Log, 'questionnaire' | 'items' | 'withheld'>,
  linkId: string,
  rules: Pick<HomeworkRules, 'scoresOf'>,
): boolean {
  const scores = rules.scoresOf?.(questionnaire) ?? [];
  const score = scores.find((declared) => declared.linkId === linkId);
  return score === undefined
    ? isWithheld(items, linkId, withheld)
    : isScoreWithheld(score, { items, withheld, scores });
}

/** Whether the item, or a group around it, is withheld. */
function isWithheld(items: readonly AnswerItem[], linkId: string, withheld: readonly string[]): boolean {
  if (withheld.includes(linkId)) return true;
  const has = (item: AnswerItem): boolean => item.linkId === linkId || item.items.some(has);
  return items.some((item) =>
    withheld.includes(item.linkId) ? item.items.some(has) : isWithheld(item.items, linkId, withheld),
  );
}

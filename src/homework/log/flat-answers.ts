import type { AnswerItem, AnswerValue } from '../model.ts';

/**
 * A log's answers as the API shows them, by linkId without the questionnaire's groups: what `readAnswers` reads.
 * Answers that the patient doesn't share are left out; a repeating group is an object by the id of the repetition.
 */
export function flatAnswers(items: readonly AnswerItem[], withheld: readonly string[]): Record<string, unknown> {
  const flat: Record<string, unknown> = {};
  for (const item of items) {
    if (withheld.includes(item.linkId)) continue;
    if (item.instance !== undefined) {
      const repetitions = flat[item.linkId];
      const earlier = typeof repetitions === 'object' && repetitions !== null ? repetitions : {};
      flat[item.linkId] = { ...earlier, [item.instance]: flatAnswers(item.items, withheld) };
      continue;
    }
    const values = item.answers.map(flatValue);
    if (values.length > 0) flat[item.linkId] = values.length === 1 ? values[0] : values;
    Object.assign(flat, flatAnswers(item.items, withheld));
  }
  return flat;
}

function flatValue(answer: AnswerValue): unknown {
  return answer.value;
}

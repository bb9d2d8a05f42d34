import type { Questionnaire } from 'fhir/r4';
import type { AnswerItem, AnswerValue } from '../../homework/model.ts';
import { type IndexedItem, indexItems } from './index-items.ts';

/**
 * Items with each option once: what is chosen from a list is a set, and who ticked one twice has not done it twice. The first stays, with its
 * words. Numbers, texts and times that were given twice are two answers.
 */
export function choicesOnce(questionnaire: Questionnaire, items: readonly AnswerItem[]): readonly AnswerItem[] {
  return eachOnce(indexItems(questionnaire), items);
}

function eachOnce(index: ReadonlyMap<string, IndexedItem>, items: readonly AnswerItem[]): readonly AnswerItem[] {
  return items.map((item) => {
    const type = index.get(item.linkId)?.item.type;
    const isChosen = type === 'choice' || type === 'open-choice';
    const { answers } = item;
    return {
      ...item,
      answers: isChosen
        ? answers.filter((answer, at) => answers.findIndex((other) => isSameChoice(other, answer)) === at)
        : answers,
      items: eachOnce(index, item.items),
    };
  });
}

/** Of a coding its display is only for reading. */
function isSameChoice(one: AnswerValue, other: AnswerValue): boolean {
  if (one.type === 'coding' && other.type === 'coding')
    return one.value.code === other.value.code && one.value.system === other.value.system;
  return one.type === other.type && one.value === other.value;
}

import type { QuestionnaireItem } from 'fhir/r4';
import type { AnswerValue } from '../../homework/model.ts';

type AnswerType = AnswerValue['type'];

const typesByItemType: Readonly<Partial<Record<QuestionnaireItem['type'], readonly AnswerType[]>>> = {
  boolean: ['boolean'],
  integer: ['integer'],
  decimal: ['decimal'],
  string: ['string'],
  text: ['string'],
  date: ['date'],
  dateTime: ['dateTime'],
  time: ['time'],
  quantity: ['quantity'],
  'open-choice': ['coding', 'string'],
};

/**
 * The types an answer to this item may have; none for a group, a display, or an item type that logs do not carry
 * (url, attachment, reference).
 *
 * @see https://hl7.org/fhir/R4/valueset-item-type.html
 */
export function answerTypes(item: QuestionnaireItem): readonly AnswerType[] {
  if (item.type !== 'choice') return typesByItemType[item.type] ?? [];
  const types = new Set<AnswerType>();
  for (const option of item.answerOption ?? []) {
    if (option.valueCoding) types.add('coding');
    if (option.valueString !== undefined) types.add('string');
    if (option.valueInteger !== undefined) types.add('integer');
    if (option.valueDate !== undefined) types.add('date');
    if (option.valueTime !== undefined) types.add('time');
  }
  return types.size > 0 ? [...types] : ['coding'];
}

import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from 'fhir/r4';
import type { AnswerItem, AnswerValue } from '../../homework/model.ts';
import { dependantsOf } from './dependants-of.ts';
import { maskedAnswer } from './masked.ts';

/**
 * A log's items as QuestionnaireResponse items, in the questionnaire's order and with its texts.
 * Answers of `withheld` linkIds (and of all items below them) become data-absent-reason `masked`; what turns on one of them is left out, for
 * it would tell what that says, and a validator takes it for an answer that was never asked for. `'none'` masks nothing.
 * Items without an answer are left out.
 *
 * > [!WARNING]
 * > Whoever passes `'none'` shows what the patient does not share: for the patient's own copy only.
 *
 * @see https://hl7.org/fhir/R4/questionnaireresponse-definitions.html#QuestionnaireResponse.item
 */
export function toResponseItems(
  questionnaire: Questionnaire,
  items: readonly AnswerItem[],
  withheld: readonly string[] | 'none',
): QuestionnaireResponseItem[] {
  const masks = new Set(withheld === 'none' ? [] : withheld);
  const untold = dependantsOf(questionnaire, [...masks]);

  const write = (
    definitions: readonly QuestionnaireItem[],
    given: readonly AnswerItem[],
    inMasked: boolean,
  ): QuestionnaireResponseItem[] => {
    const place = new Map(definitions.map((definition, at) => [definition.linkId, at]));
    const order = (item: AnswerItem): number => place.get(item.linkId) ?? definitions.length;
    return given
      .filter(({ linkId }) => !untold.has(linkId))
      .toSorted((answerItem, other) => order(answerItem) - order(other))
      .flatMap((item) => {
        const definition = definitions[order(item)];
        return writeItem(definition, item, inMasked || masks.has(item.linkId)) ?? [];
      });
  };

  const writeItem = (
    definition: QuestionnaireItem | undefined,
    item: AnswerItem,
    mask: boolean,
  ): QuestionnaireResponseItem | undefined => {
    const isGroup = definition?.type === 'group';
    const below = write(definition?.item ?? [], item.items, mask);
    const answers: QuestionnaireResponseItemAnswer[] = isGroup
      ? []
      : mask
        ? [maskedAnswer(definition)]
        : item.answers.map(writeValue);
    if (answers.length === 0 && below.length === 0) return undefined;
    const [first, ...rest] = answers;
    return {
      ...(item.instance !== undefined && { id: item.instance }),
      linkId: item.linkId,
      ...(definition?.text !== undefined && { text: definition.text }),
      ...(first && { answer: [below.length > 0 ? { ...first, item: below } : first, ...rest] }),
      ...(!first && { item: below }),
    };
  };

  return write(questionnaire.item ?? [], items, false);
}

function writeValue(answer: AnswerValue): QuestionnaireResponseItemAnswer {
  switch (answer.type) {
    case 'boolean':
      return { valueBoolean: answer.value };
    case 'integer':
      return { valueInteger: answer.value };
    case 'decimal':
      return { valueDecimal: answer.value };
    case 'string':
      return { valueString: answer.value };
    case 'date':
      return { valueDate: answer.value };
    case 'dateTime':
      return { valueDateTime: answer.value };
    case 'time':
      return { valueTime: answer.value };
    case 'quantity':
      return { valueQuantity: { ...answer.value } };
    case 'coding': {
      const { system, ...coding } = answer.value;
      return { valueCoding: { ...(system && { system }), ...coding } };
    }
  }
}

import type { Extension, QuestionnaireItem, QuestionnaireResponseItemAnswer } from 'fhir/r4';
import type { AnswerValue } from '../../homework/model.ts';
import { answerTypes } from './answer-types.ts';

const DATA_ABSENT_REASON = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

/** An element whose value is there but not shared. */
export const masked = { extension: [{ url: DATA_ABSENT_REASON, valueCode: 'masked' }] };

const maskedByType: Readonly<Partial<Record<AnswerValue['type'], QuestionnaireResponseItemAnswer>>> = {
  boolean: { _valueBoolean: masked },
  string: { _valueString: masked },
};

/**
 * An answer that is there but not shared: data-absent-reason `masked` stands in place of a text or a yes or no. For a
 * number, a date or an option it stands on the answer, whose value is absent: validators read such values, to hold them
 * against limits and options, and refuse one without content.
 *
 * @see https://hl7.org/fhir/R4/extension-data-absent-reason.html
 */
export function maskedAnswer(item: QuestionnaireItem | undefined): QuestionnaireResponseItemAnswer {
  const type = (item && answerTypes(item)[0]) ?? 'string';
  return { ...(maskedByType[type] ?? masked) };
}

/** Whether an answer says that its value is withheld, on the value of whatever type or on the answer itself. */
export function isMasked(answer: QuestionnaireResponseItemAnswer): boolean {
  const values: ({ extension?: Extension[] | undefined } | undefined)[] = [
    answer,
    answer._valueBoolean,
    answer._valueInteger,
    answer._valueDecimal,
    answer._valueString,
    answer._valueDate,
    answer._valueDateTime,
    answer._valueTime,
    answer.valueQuantity,
    answer.valueCoding,
  ];
  return values.some((value) =>
    value?.extension?.some((extension) => extension.url === DATA_ABSENT_REASON && extension.valueCode === 'masked'),
  );
}

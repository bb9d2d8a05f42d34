import type { Coding as FhirCoding, QuestionnaireItem } from 'fhir/r4';
import type { Coding } from '../../homework/model.ts';
import { sameCode } from './check-value.ts';

/** The option of an item that a coding stands for, with all that the questionnaire says of it. */
export function optionOf(item: QuestionnaireItem | undefined, coding: Coding): FhirCoding | undefined {
  return item?.answerOption?.find(({ valueCoding }) => valueCoding && sameCode(valueCoding, coding))?.valueCoding;
}

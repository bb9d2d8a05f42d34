import type { Coding, Observation, QuestionnaireItem, QuestionnaireResponseItemAnswer } from 'fhir/r4';
import { ordinalValues } from '../../foundation/ordinal-values.ts';
import { masked } from '../answers/masked.ts';
import { optionOf } from '../answers/option-of.ts';
import { meantUnit } from '../answers/units-of.ts';
import { QUESTIONNAIRE_UNIT } from './sdc.ts';

/** The value of an Observation, as exactly one of the value[x] that answers can become. */
export type MeasuredValue = Pick<
  Observation,
  | 'valueInteger'
  | 'valueQuantity'
  | 'valueString'
  | 'valueBoolean'
  | 'valueDateTime'
  | 'valueTime'
  | 'valueCodeableConcept'
>;

/**
 * An answer as an Observation value: numbers become a Quantity when the item names its unit (`questionnaire-unit`) or is
 * decimal, an integer without a unit stays one, an amount keeps the unit that it names, a coding becomes a CodeableConcept.
 * Nothing for an answer without a value.
 *
 * @see https://hl7.org/fhir/uv/sdc/extraction.html#observation-based-extraction
 */
export function measuredValue(
  item: QuestionnaireItem,
  answer: QuestionnaireResponseItemAnswer,
): MeasuredValue | undefined {
  const unit = item.extension?.find((extension) => extension.url === QUESTIONNAIRE_UNIT)?.valueCoding;
  const number = answer.valueInteger ?? answer.valueDecimal;
  if (number !== undefined) {
    if (!unit && answer.valueInteger !== undefined) return { valueInteger: number };
    return { valueQuantity: { value: number, ...(unit && unitOf(unit)) } };
  }
  if (answer.valueQuantity) {
    const meant = meantUnit(item, answer.valueQuantity);
    return { valueQuantity: { ...answer.valueQuantity, ...(meant && unitOf(meant)) } };
  }
  if (answer.valueBoolean !== undefined) return { valueBoolean: answer.valueBoolean };
  if (answer.valueString !== undefined) return { valueString: answer.valueString };
  if (answer.valueTime !== undefined) return { valueTime: answer.valueTime };
  const at = answer.valueDateTime ?? answer.valueDate;
  if (at !== undefined) return { valueDateTime: at };
  return answer.valueCoding && { valueCodeableConcept: { coding: codingsOf(item, answer.valueCoding) } };
}

/** The option that is meant; beside it what was said, where that is another code for it. */
function codingsOf(item: QuestionnaireItem, coding: Coding): Coding[] {
  const { system = '', code = '' } = coding;
  const option = optionOf(item, { system, code });
  if (option === undefined || (option.code === code && (option.system ?? '') === system))
    return [withOption(option, coding)];
  return [withOption(option, { ...option }), coding];
}

/** With what the questionnaire says of the option: its words, and its score (`ordinalValue`), which is no number of ours to invent. */
function withOption(option: Coding | undefined, coding: Coding): Coding {
  const { display } = coding;
  const words = display ?? option?.display;
  const scores = (option?.extension ?? coding.extension ?? []).filter(({ url }) => ordinalValues.includes(url));
  return {
    ...(scores.length > 0 && { extension: scores }),
    ...(coding.system !== undefined && { system: coding.system }),
    ...(coding.code !== undefined && { code: coding.code }),
    ...(words !== undefined && { display: words }),
  };
}

function unitOf({ system, code, display }: Coding): { unit?: string; system?: string; code?: string } {
  const unit = display ?? code;
  return { ...(unit && { unit }), ...(system && { system }), ...(code && { code }) };
}

/** The same value[x] with data-absent-reason `masked` in place of what it said. */
export function maskedValue(
  value: { readonly [K in keyof MeasuredValue]: MeasuredValue[K] | undefined },
): Partial<Observation> {
  if (value.valueInteger !== undefined) return { _valueInteger: masked };
  if (value.valueQuantity) return { valueQuantity: masked };
  if (value.valueBoolean !== undefined) return { _valueBoolean: masked };
  if (value.valueDateTime !== undefined) return { _valueDateTime: masked };
  if (value.valueTime !== undefined) return { _valueTime: masked };
  if (value.valueCodeableConcept) return { valueCodeableConcept: masked };
  return { _valueString: masked };
}

import type { QuestionnaireItem } from 'fhir/r4';

const MIN_VALUE = 'http://hl7.org/fhir/StructureDefinition/minValue';
const MAX_VALUE = 'http://hl7.org/fhir/StructureDefinition/maxValue';

/** The smallest and the largest answer an item takes; each absent when the questionnaire does not say. */
export interface ValueLimits {
  readonly min?: number | string;
  readonly max?: number | string;
}

/**
 * The limits of an item from its `minValue` and `maxValue` extensions: numbers for numeric items and quantities,
 * `YYYY-MM-DD` or an instant for dates, `HH:MM:SS` for times.
 *
 * @see https://hl7.org/fhir/extensions/StructureDefinition-minValue.html
 */
export function valueLimits(item: QuestionnaireItem): ValueLimits {
  const min = limit(item, MIN_VALUE);
  const max = limit(item, MAX_VALUE);
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

function limit(item: QuestionnaireItem, url: string): number | string | undefined {
  const found = item.extension?.find((extension) => extension.url === url);
  return found?.valueInteger ?? found?.valueDecimal ?? found?.valueDate ?? found?.valueDateTime ?? found?.valueTime;
}

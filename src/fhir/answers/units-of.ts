import type { Coding, QuestionnaireItem } from 'fhir/r4';

const UNIT = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit';
const UNIT_OPTION = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption';

/**
 * The units that an item's amounts may have, the one that is meant when none is named first; empty when any will do.
 *
 * @see https://hl7.org/fhir/extensions/StructureDefinition-questionnaire-unitOption.html
 */
export function unitsOf(item: QuestionnaireItem): readonly Coding[] {
  const named = (url: string) =>
    (item.extension ?? []).flatMap((extension) => (extension.url === url ? (extension.valueCoding ?? []) : []));
  return [...named(UNIT), ...named(UNIT_OPTION)];
}

/**
 * The unit of an amount in whole: the item's own where none is named, else the one of the item's that has the words. undefined
 * where there is a code already, or where the words are none of the item's: what was said stays as it is.
 */
export function meantUnit(
  item: QuestionnaireItem,
  { unit, code }: { readonly unit?: string | undefined; readonly code?: string | undefined },
): Coding | undefined {
  if (code !== undefined) return undefined;
  const units = unitsOf(item);
  return unit === undefined ? units[0] : units.find((coding) => coding.display === unit || coding.code === unit);
}

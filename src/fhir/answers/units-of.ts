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

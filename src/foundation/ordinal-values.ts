/**
 * The extensions that say what an option counts: R4's name, which stands on the coding, and the later one.
 * @see https://hl7.org/fhir/extensions/StructureDefinition-itemWeight.html
 */
export const ordinalValues: readonly string[] = [
  'http://hl7.org/fhir/StructureDefinition/ordinalValue',
  'http://hl7.org/fhir/StructureDefinition/itemWeight',
];

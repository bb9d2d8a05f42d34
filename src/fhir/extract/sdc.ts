import { ourExtensions } from '../systems.ts';

/** The SDC and FHIR extensions that observation-based extraction reads. */
export const OBSERVATION_EXTRACT =
  'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract';
export const OBSERVATION_EXTRACT_CATEGORY =
  'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observation-extract-category';
export const QUESTIONNAIRE_UNIT = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit';
/** How long after `effective` a component was measured, in milliseconds. */
export const TIME_OFFSET = 'http://hl7.org/fhir/StructureDefinition/observation-timeOffset';
/** Ours: the item says how long after the beginning, or when, the readings of its repetition were taken. */
export const READING_OFFSET = ourExtensions.readingOffset;

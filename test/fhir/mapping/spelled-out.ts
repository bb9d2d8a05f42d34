// What the expected resources of the tests beside this file repeat, spelled out from the specification, the profiles and the
// code systems in `profiles/input/fsh`. Nothing here comes from src/fhir: a table that is wrong there must not be right here.
import type { CodeableConcept, Coding, Identifier, Meta, Reference } from 'fhir/r4';

const base = 'https://intersession.dev/fhir';

/** A code of a system, by its address. */
export const coded = (system: string, code: string, display: string, text?: string): CodeableConcept => ({
  coding: [{ system, code, display }],
  ...(text !== undefined && { text }),
});

/** A code of one of our own systems, by the system's name. */
export const ourCode = (system: string, code: string, display: string, text?: string): CodeableConcept =>
  coded(`${base}/CodeSystem/${system}`, code, display, text);

/** The address of an extension or profile of ours. */
export const ourUrl = (name: string): string => `${base}/StructureDefinition/${name}`;

export const ourId = (sort: string, value: string): Identifier => ({
  system: `https://intersession.dev/id/${sort}`,
  value,
});

/** A reference to a resource of ours: `ourReference('Task', 'assignment', id)`. */
export const ourReference = (type: string, sort: string, id: string): Reference => ({
  reference: `${type}/${id}`,
  identifier: ourId(sort, id),
});

export const sarah: Reference = { reference: 'Patient/sarah' };
export const riverside: Reference = { type: 'Organization', display: 'Riverside Behavioral Health' };

export const mentalHealth: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  code: 'MH',
  display: 'mental health information sensitivity',
};
const observationValue = 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue';
export const redacted: Coding = { system: observationValue, code: 'REDACTED', display: 'redacted' };
export const patientAsserted: Coding = { system: observationValue, code: 'PATAST', display: 'patient asserted' };
export const patientSupplied: Coding = {
  system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-tags',
  code: 'patient-supplied',
  display: 'Patient Supplied',
};

/** The meta of what this service or a clinician made. */
export const metaOf = (profile: string): Meta => ({ profile: [ourUrl(profile)], security: [mentalHealth] });

/** The meta of what the patient or a proxy entered. */
export const suppliedMetaOf = (profile: string): Meta => ({
  profile: [ourUrl(profile)],
  security: [mentalHealth, patientAsserted],
  tag: [patientSupplied],
});

/** The zone of a date, as R4's timezone extension says it. */
export const newYork = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: 'America/New_York' }],
};

export const div = (text: string, language?: string): string =>
  `<div xmlns="http://www.w3.org/1999/xhtml"${language === undefined ? '' : ` lang="${language}" xml:lang="${language}"`}>${text}</div>`;

/** What a note of ours is: a progress note, among the clinical notes. */
export const progressNote = {
  type: coded('http://loinc.org', '11506-3', 'Progress note'),
  category: [
    coded(
      'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
      'clinical-note',
      'Clinical Note',
    ),
  ],
};

import { type FhirResource, isObject, listOf } from '../resource.ts';
import { parseReference } from '../search/match-reference.ts';
import type { FaceServer } from './served-face.ts';

/** The element that says whose record a resource belongs to. */
const OWNER: Readonly<Record<string, string>> = {
  Encounter: 'subject',
  Condition: 'subject',
  Goal: 'subject',
  CareTeam: 'subject',
  CarePlan: 'subject',
  QuestionnaireResponse: 'subject',
  Observation: 'subject',
  DocumentReference: 'subject',
  Communication: 'subject',
  Flag: 'subject',
  RelatedPerson: 'patient',
  Device: 'patient',
  // R4's CompartmentDefinition leaves Task out; EHRs that confine it go by `for`
  Task: 'for',
};

/** Types that belong to no patient: staff, places, forms. */
const SHARED = new Set(['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Questionnaire']);

/** True for a type that everyone with a scope on it may look at. */
export function isShared(type: string): boolean {
  return SHARED.has(type);
}

/**
 * Ids of the patients in whose compartment a resource lies; empty when it lies in none.
 * @see https://hl7.org/fhir/R4/compartmentdefinition-patient.html
 */
export function patientsOf(resource: FhirResource, server: FaceServer): string[] {
  if (resource.resourceType === 'Patient') return resource.id === undefined ? [] : [resource.id];
  if (resource.resourceType === 'Provenance') {
    return localReferences(resource.target, server).flatMap(({ type, id }) => {
      const target = type === 'Provenance' ? undefined : server.store.current(type, id)?.resource;
      return target === undefined ? [] : patientsOf(target, server);
    });
  }
  const owner = OWNER[resource.resourceType];
  if (owner === undefined) return [];
  return localReferences(resource[owner], server).flatMap(({ type, id }) => (type === 'Patient' ? [id] : []));
}

function localReferences(value: unknown, server: FaceServer) {
  return listOf(value).flatMap((reference) => {
    const text = isObject(reference) ? reference.reference : undefined;
    const literal = typeof text === 'string' ? parseReference(text) : undefined;
    return literal !== undefined && (literal.base === undefined || literal.base === server.base) ? [literal] : [];
  });
}

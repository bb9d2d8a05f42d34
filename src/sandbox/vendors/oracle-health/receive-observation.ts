import type { IncomingWrite } from '../../faces.ts';
import { type FhirResource, isObject, listOf, type StoredResource } from '../../resource.ts';
import type { ResourceReader } from '../../store/resource-store.ts';
import { codesOf, follow, idOf } from '../parts.ts';
import { refuseAsOracleHealth } from './refuse.ts';

const CATEGORIES = ['vital-signs', 'laboratory'];
/** What is kept of a measurement; `value` and `effective` stand for all their types. */
const KEPT =
  /^(resourceType|id|status|category|code|subject|encounter|(effective|value)\w+|issued|performer|dataAbsentReason|interpretation|note|component|referenceRange)$/;

/** True for a measurement of a category that is filed at all. */
export function isMeasurement(resource: FhirResource): boolean {
  return codesOf(resource.category).some(({ code }) => CATEGORIES.includes(code));
}

/**
 * A vital sign or laboratory result of a patient whom the provider treats. Elements that are not supported are left
 * out without a word, the identifier and the links to other resources among them.
 */
export function receiveObservation({ resource, user, records }: IncomingWrite): FhirResource {
  if (!isMeasurement(resource)) {
    const words = 'only categories vital-signs and laboratory are filed';
    throw refuseAsOracleHealth(422, 'business-rule', words, 'Observation.category');
  }
  const patient = follow(records, resource.subject, 'Patient');
  if (user?.startsWith('Practitioner/') && !(patient && isTreating(user, patient, records))) {
    throw refuseAsOracleHealth(
      403,
      'forbidden',
      'the provider has no relationship to the patient',
      'Observation.subject',
    );
  }
  const kept = Object.fromEntries(Object.entries(resource).filter(([element]) => KEPT.test(element)));
  return { ...kept, resourceType: resource.resourceType };
}

function isTreating(user: string, patient: StoredResource, records: ResourceReader): boolean {
  const practitioner = user.replace('Practitioner/', '');
  const isUser = (reference: unknown) => idOf(reference, 'Practitioner') === practitioner;
  const ofPatient = (type: string) =>
    [...records.list(type)].filter((resource) => idOf(resource.subject, 'Patient') === patient.id);
  return (
    listOf(patient.generalPractitioner).some(isUser) ||
    ofPatient('CareTeam').some((team) => partsOf(team, 'member').some(isUser)) ||
    ofPatient('Encounter').some((visit) => partsOf(visit, 'individual').some(isUser))
  );
}

function partsOf(resource: StoredResource, element: 'member' | 'individual'): unknown[] {
  return listOf(resource.participant).map((value) => (isObject(value) ? value[element] : undefined));
}

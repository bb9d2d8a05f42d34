import { type FhirJson, isObject } from '../ehr/fhir-json.ts';
import type { ClaimedGroup } from './claimed-group.ts';

/**
 * Whether what stands in the EHR is the group's patient's, or theirs under an id that a confirmed merge took away. One that
 * names no patient is nobody's.
 * @param base of the EHR, without a slash at the end
 */
export function isOfPatient(
  resource: FhirJson,
  { patientId, formerPatientIds }: Pick<ClaimedGroup, 'patientId' | 'formerPatientIds'>,
  base: string,
): boolean {
  const named = resource.resourceType === 'Task' ? resource.for : (resource.subject ?? resource.patient);
  const reference = isObject(named) && typeof named.reference === 'string' ? named.reference : '';
  const local = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference;
  const [, id] = /^Patient\/([^/]+)(?:\/_history\/[^/]+)?$/.exec(local) ?? [];
  return id !== undefined && [patientId, ...formerPatientIds].includes(id);
}

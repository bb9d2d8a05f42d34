import { isShared, patientsOf } from '../fhir/patient-compartment.ts';
import type { FaceServer } from '../fhir/served-face.ts';
import { type FhirResource, isObject, listOf } from '../resource.ts';
import type { ScopeLetter } from './scope-letter.ts';
import type { ScopeLevel } from './scopes.ts';

/** Who stands behind a token that a person authorized. */
export interface Access {
  /** `Practitioner/<id>` or `Patient/<id>`. */
  user: string;
  /** Id of the patient in context, which `patient/` scopes are confined to. */
  patient: string | undefined;
}

/** True when a scope of that level may concern the patient at all; a system token concerns everyone. */
export function reachesPatient(level: ScopeLevel, access: Access | undefined, patient: string, server: FaceServer) {
  if (level === 'system') return access === undefined;
  if (access === undefined) return false;
  if (level === 'patient' && patient !== access.patient) return false;
  return mayOpen(access.user, patient, server);
}

/** True when a scope of that level may be used on this very resource. */
export function reachesResource(
  level: ScopeLevel,
  access: Access | undefined,
  letter: ScopeLetter,
  resource: FhirResource,
  server: FaceServer,
): boolean {
  if (level === 'system') return access === undefined;
  if (access === undefined) return false;
  const reading = letter === 'r' || letter === 's';
  const patients = patientsOf(resource, server);
  if (patients.some((patient) => !mayOpen(access.user, patient, server))) return false;
  const confinedTo = level === 'patient' ? access.patient : patientId(access.user);
  if (level === 'patient' && confinedTo === undefined) return false;
  if (confinedTo === undefined) return true; // a member of staff, on anything that is nobody's or open to them
  if (patients.length > 0) return patients.every((patient) => patient === confinedTo);
  return reading && (isShared(resource.resourceType) || resource.resourceType === 'Device');
}

/** A patient opens their own record; staff open all but restricted ones, which are their own clinician's only. */
export function mayOpen(user: string, patient: string, server: FaceServer): boolean {
  const own = patientId(user);
  if (own !== undefined) return own === patient;
  const record = server.store.current('Patient', patient)?.resource;
  if (record === undefined || !isRestricted(record)) return true;
  return listOf(record.generalPractitioner).some((clinician) => isObject(clinician) && clinician.reference === user);
}

/** True for a record that carries the confidentiality code R. */
export function isRestricted(patient: FhirResource): boolean {
  return listOf(patient.meta?.security).some((label) => isObject(label) && label.code === 'R');
}

/** The id in `Patient/<id>`; undefined for staff. */
export function patientId(user: string): string | undefined {
  return /^Patient\/(.+)$/.exec(user)?.[1];
}

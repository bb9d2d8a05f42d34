import type { FaceServer } from '../fhir/served-face.ts';
import { isObject, type StoredResource } from '../resource.ts';
import { parseReference } from '../search/match-reference.ts';

/** What the chart shows of one patient, as one face stores it. */
export interface PatientRecord {
  server: FaceServer;
  patient: StoredResource;
  /** IANA zone in which times are shown. */
  zone: string;
  /** Resources of a type that concern the patient, in the order they were made. */
  of(type: string): StoredResource[];
  /** The resource a Reference leads to in this record or among staff. */
  follow(reference: unknown): StoredResource | undefined;
}

/** Opens a patient's record; undefined when there is no such patient. */
export function openRecord(server: FaceServer, patientId: string): PatientRecord | undefined {
  const patient = server.store.current('Patient', patientId)?.resource;
  if (patient === undefined) return undefined;
  const follow = (reference: unknown): StoredResource | undefined => {
    const literal =
      isObject(reference) && typeof reference.reference === 'string' ? parseReference(reference.reference) : undefined;
    if (!literal || (literal.base !== undefined && literal.base !== server.base)) return undefined;
    return server.store.current(literal.type, literal.id)?.resource;
  };
  const concerns = (resource: StoredResource) =>
    [resource.subject, resource.for, resource.patient].some((reference) => follow(reference) === patient);
  return {
    server,
    patient,
    zone: zoneOf(patient),
    of: (type) => [...server.store.list(type)].filter(concerns),
    follow,
  };
}

function zoneOf(patient: StoredResource): string {
  const extensions = Array.isArray(patient.meta.extension) ? patient.meta.extension : [];
  const zone = extensions.find((extension) => isObject(extension) && String(extension.url).endsWith('/timezone'));
  const name = isObject(zone) ? String(zone.valueCode) : 'UTC';
  return Intl.supportedValuesOf('timeZone').includes(name) ? name : 'UTC';
}

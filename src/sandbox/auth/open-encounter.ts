import { patientsOf } from '../fhir/patient-compartment.ts';
import type { FaceServer } from '../fhir/served-face.ts';

/** Id of the patient's visit that is going on, undefined when there is none. */
export function openEncounter(server: FaceServer, patientId: string): string | undefined {
  return [...server.store.list('Encounter')].findLast(
    (encounter) => encounter.status === 'in-progress' && patientsOf(encounter, server).includes(patientId),
  )?.id;
}

import { patientsOf } from './fhir/patient-compartment.ts';
import type { FaceServer } from './fhir/served-face.ts';
import { Draft, newId } from './store/draft.ts';

/**
 * Begins a visit of a patient that goes on until it is ended. The clinic's own doing: not in the commit log.
 * @returns the Encounter's id
 */
export function beginVisit(server: FaceServer, patientId: string, clinician: string): string {
  const draft = new Draft(server.store);
  const { stored } = draft.put(
    {
      resourceType: 'Encounter',
      status: 'in-progress',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
      type: [{ text: 'Psychotherapy, individual' }],
      subject: { reference: `Patient/${patientId}` },
      participant: [{ individual: { reference: clinician } }],
      period: { start: new Date().toISOString() },
      serviceProvider: { reference: 'Organization/harbor-clinic', display: 'Harbor Clinic' },
    },
    newId({ long: server.site.has('ids-beyond-r4') }),
  );
  draft.commit(null);
  return stored.id;
}

/** Ends every visit of the patient that is going on. @returns the ids of their Encounters */
export function endVisits(server: FaceServer, patientId: string): string[] {
  const draft = new Draft(server.store);
  const open = [...server.store.list('Encounter')].filter(
    (encounter) => encounter.status === 'in-progress' && patientsOf(encounter, server).includes(patientId),
  );
  for (const encounter of open) {
    const period = { ...(encounter.period as object), end: new Date().toISOString() };
    draft.put({ ...encounter, status: 'finished', period }, encounter.id);
  }
  draft.commit(null);
  return open.map(({ id }) => id);
}

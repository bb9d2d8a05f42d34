import type { Observation } from 'fhir/r4';
import type { Barrier, Plan } from '../homework/model.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { toIdentifier, toOwnReference, toPatientReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';
import { ourProfiles } from './profiles.ts';
import { foreignCodeSystems, ourCodeSystems, ourExtensions } from './systems.ts';
import { toMeta } from './to-meta.ts';
import { toToldPerson } from './told-person.ts';

/**
 * A barrier as a survey Observation: which one and in whose words, performed by who said it (the patient, or the
 * clinician who wrote it down).
 * @see https://hl7.org/fhir/R4/observation.html
 */
export function toBarrierObservation(barrier: Barrier, plan: Plan, context: MappingContext): Observation {
  const { timeZone } = plan;
  const patient = toPatientReference(barrier.patientId);
  const byPatient = barrier.saidBy === 'patient';
  const { assignmentId, talkedOverAt } = barrier;
  return {
    resourceType: 'Observation',
    id: barrier.id,
    meta: toMeta({ profile: ourProfiles.barrier, sensitivity: context.sensitivity, patientSupplied: byPatient }),
    ...(talkedOverAt !== undefined && {
      extension: [{ url: ourExtensions.talkedOverAt, valueDateTime: toDateTime(talkedOverAt, timeZone) }],
    }),
    identifier: [toIdentifier('barrier', barrier.id)],
    basedOn: [toOwnReference('plan', barrier.planId)],
    status: 'final',
    category: [toConcept(foreignCodeSystems.observationCategory, 'survey')],
    code: toConcept(ourCodeSystems.homework, 'homework-barrier'),
    subject: patient,
    ...(assignmentId !== undefined && { focus: [toOwnReference('assignment', assignmentId)] }),
    effectiveDateTime: toDateTime(barrier.recordedAt, timeZone),
    performer: [barrier.saidBy === 'patient' ? patient : toToldPerson(barrier.saidBy, barrier, context)],
    valueCodeableConcept: toConcept(ourCodeSystems.barrier, barrier.code, barrier.text),
  };
}

import type { Observation } from 'fhir/r4';
import type { Barrier } from '../homework/model.ts';
import { barrierCodes } from '../homework/plan/barrier.ts';
import { codeIn } from './concept.ts';
import { toInstant } from './date-time.ts';
import { expectCode, expectElement } from './expect-element.ts';
import { findExtension } from './find-extension.ts';
import { fromEhrReferences, fromIdentifiers, fromOwnReferences, fromPatientReference } from './identity.ts';
import { ourCodeSystems, ourExtensions } from './systems.ts';

/**
 * The barrier that an Observation of ours carries.
 * @throws IntersessionError `invalid-request` naming the element that is missing
 * @see https://hl7.org/fhir/R4/observation.html
 */
export function fromBarrierObservation(observation: Observation): Barrier {
  const assignmentId = fromOwnReferences(observation.focus, 'assignment');
  const text = observation.valueCodeableConcept?.text;
  const talkedOverAt = findExtension(observation, ourExtensions.talkedOverAt)?.valueDateTime;
  const performer = expectElement(fromEhrReferences(observation.performer)[0], 'Observation.performer');
  return {
    id: fromIdentifiers(observation.identifier, 'barrier'),
    planId: expectElement(fromOwnReferences(observation.basedOn, 'plan'), 'Observation.basedOn'),
    ...(assignmentId !== undefined && { assignmentId }),
    patientId: fromPatientReference(observation.subject, 'Observation.subject'),
    code: expectCode(
      codeIn(observation.valueCodeableConcept, ourCodeSystems.barrier),
      barrierCodes,
      'Observation.valueCodeableConcept',
    ),
    ...(text !== undefined && { text }),
    saidBy: performer.startsWith('Patient/') ? 'patient' : performer,
    recordedAt: toInstant(expectElement(observation.effectiveDateTime, 'Observation.effectiveDateTime')),
    ...(talkedOverAt !== undefined && { talkedOverAt: toInstant(talkedOverAt) }),
  };
}

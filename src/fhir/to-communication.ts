import type { Communication, Reference } from 'fhir/r4';
import type { Feedback, Plan } from '../homework/model.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { toIdentifier, toOwnReference, toPatientReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';
import { ourProfiles } from './profiles.ts';
import { ourCodeSystems, ourExtensions } from './systems.ts';
import { toMeta } from './to-meta.ts';
import { toToldPerson } from './told-person.ts';

/**
 * A message about homework as a Communication: the clinician's feedback to the patient, or the patient's own message.
 * `received` is when it reached the app; when it was read is our extension.
 * @see https://hl7.org/fhir/R4/communication.html
 */
export function toCommunication(feedback: Feedback, plan: Plan, context: MappingContext): Communication {
  const { timeZone } = plan;
  const patient = toPatientReference(feedback.patientId);
  const { author, deliveredAt, readAt, inResponseTo } = feedback;
  const about = toAbout(feedback);
  return {
    resourceType: 'Communication',
    id: feedback.id,
    meta: toMeta({
      profile: ourProfiles.feedback,
      sensitivity: context.sensitivity,
      patientSupplied: author === 'patient',
    }),
    ...(readAt !== undefined && {
      extension: [{ url: ourExtensions.readAt, valueDateTime: toDateTime(readAt, timeZone) }],
    }),
    identifier: [toIdentifier('feedback', feedback.id)],
    basedOn: [toOwnReference('plan', feedback.planId)],
    ...(inResponseTo !== undefined && { inResponseTo: [toOwnReference('feedback', inResponseTo)] }),
    status: 'completed',
    category: [toConcept(ourCodeSystems.homework, author === 'patient' ? 'homework-reply' : 'homework-feedback')],
    subject: patient,
    ...(about.length > 0 && { about }),
    sent: toDateTime(feedback.sentAt, timeZone),
    ...(deliveredAt !== undefined && { received: toDateTime(deliveredAt, timeZone) }),
    // To whom a patient's message goes is not recorded, so it is not said.
    ...(author !== 'patient' && { recipient: [patient] }),
    sender: author === 'patient' ? patient : toToldPerson(author, feedback, context),
    payload: [{ contentString: feedback.text }],
  };
}

function toAbout({ assignmentId, logId }: Feedback): Reference[] {
  return [
    ...(assignmentId === undefined ? [] : [toOwnReference('assignment', assignmentId)]),
    ...(logId === undefined ? [] : [toOwnReference('log', logId)]),
  ];
}

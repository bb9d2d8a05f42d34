import type { Communication } from 'fhir/r4';
import type { Feedback } from '../homework/model.ts';
import { toInstant } from './date-time.ts';
import { expectElement } from './expect-element.ts';
import { findExtension } from './find-extension.ts';
import { fromEhrReference, fromIdentifiers, fromOwnReferences, fromPatientReference } from './identity.ts';
import { ourExtensions } from './systems.ts';

/**
 * The message that a Communication of ours carries.
 * @throws IntersessionError `invalid-request` naming the element that is missing
 * @see https://hl7.org/fhir/R4/communication.html
 */
export function fromCommunication(communication: Communication): Feedback {
  const assignmentId = fromOwnReferences(communication.about, 'assignment');
  const logId = fromOwnReferences(communication.about, 'log');
  const inResponseTo = fromOwnReferences(communication.inResponseTo, 'feedback');
  const readAt = findExtension(communication, ourExtensions.readAt)?.valueDateTime;
  const sender = expectElement(fromEhrReference(communication.sender), 'Communication.sender');
  return {
    id: fromIdentifiers(communication.identifier, 'feedback'),
    planId: expectElement(fromOwnReferences(communication.basedOn, 'plan'), 'Communication.basedOn'),
    ...(assignmentId !== undefined && { assignmentId }),
    ...(logId !== undefined && { logId }),
    patientId: fromPatientReference(communication.subject, 'Communication.subject'),
    author: sender.startsWith('Patient/') ? 'patient' : sender,
    text: expectElement(communication.payload?.[0]?.contentString, 'Communication.payload.contentString'),
    sentAt: toInstant(expectElement(communication.sent, 'Communication.sent')),
    ...(communication.received !== undefined && { deliveredAt: toInstant(communication.received) }),
    ...(readAt !== undefined && { readAt: toInstant(readAt) }),
    ...(inResponseTo !== undefined && { inResponseTo }),
  };
}

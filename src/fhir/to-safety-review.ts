import type { Task } from 'fhir/r4';
import type { SafetySignal } from '../homework/safety/safety-signal.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { toIdentifier, toOwnReference, toPatientReference } from './identity.ts';
import { ourProfiles } from './profiles.ts';
import type { SafetyContext } from './safety-context.ts';
import { ourCodeSystems } from './systems.ts';
import { toMeta } from './to-meta.ts';
import { toCareTeam, toOrganization } from './to-requester.ts';

/** The id of the review Task of a safety signal. */
export const safetyReviewId = (signalId: string): string => `${signalId}.review`;

/**
 * What is to be done about a safety signal, now, by the care team: look at it. Completed by whoever closes the signal.
 * @see https://hl7.org/fhir/R4/task.html
 */
export function toSafetyReview(signal: SafetySignal, context: SafetyContext): Task {
  const { id, raisedAt, closedAt, closeReason, evidence } = signal;
  const time = (at: string) => toDateTime(at, context.timeZone);
  const latest = evidence.reduce((last, { at }) => (at > last ? at : last), raisedAt);
  return {
    resourceType: 'Task',
    id: safetyReviewId(id),
    meta: toMeta({ profile: ourProfiles.safetyReview, sensitivity: context.sensitivity }),
    language: context.language,
    identifier: [toIdentifier('safety-review', safetyReviewId(id))],
    status: closedAt === undefined ? 'requested' : 'completed',
    ...(closeReason !== undefined && { statusReason: { text: closeReason } }),
    intent: 'order',
    priority: 'urgent',
    code: toConcept(ourCodeSystems.homework, 'safety-review'),
    description: 'Review the safety signal now, and close it with a reason in the homework app',
    focus: toOwnReference('safety', id),
    for: toPatientReference(signal.patientId),
    executionPeriod: { start: time(raisedAt), ...(closedAt !== undefined && { end: time(closedAt) }) },
    authoredOn: time(raisedAt),
    lastModified: time(closedAt ?? latest),
    requester: toOrganization(context),
    owner: toCareTeam(context),
  };
}

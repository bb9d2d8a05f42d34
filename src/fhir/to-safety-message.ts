import type { Communication } from 'fhir/r4';
import type { SafetySignal } from '../homework/safety/safety-signal.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { toIdentifier, toPatientReference } from './identity.ts';
import { ourProfiles } from './profiles.ts';
import type { SafetyContext } from './safety-context.ts';
import { ourCodeSystems } from './systems.ts';
import { toMeta } from './to-meta.ts';
import { toCareTeam, toOrganization } from './to-requester.ts';

/** The id of the message about a safety signal. */
export const safetyMessageId = (signalId: string): string => `${signalId}.message`;

/**
 * The message to the care team that a safety signal was raised: that, when, and what to do, and nothing of what was
 * answered. It is the same for ever: an alarm that rings anew with every change is one that is switched off.
 * @see https://hl7.org/fhir/R4/communication.html
 */
export function toSafetyMessage(signal: SafetySignal, context: SafetyContext): Communication {
  const { id, raisedAt } = signal;
  const sent = toDateTime(raisedAt, context.timeZone);
  const text = [
    `Homework app: a safety signal was raised for this patient on ${sent}. Please review it now in the homework app.`,
    'The homework app is not monitored round the clock.',
    `[IS:${safetyMessageId(id)}:v1]`,
  ].join('\n');
  return {
    resourceType: 'Communication',
    id: safetyMessageId(id),
    meta: toMeta({ profile: ourProfiles.safetyMessage, sensitivity: context.sensitivity }),
    language: context.language,
    identifier: [toIdentifier('safety-message', safetyMessageId(id))],
    status: 'completed',
    category: [toConcept(ourCodeSystems.homework, 'safety-message')],
    priority: 'urgent',
    subject: toPatientReference(signal.patientId),
    sent,
    recipient: [toCareTeam(context)],
    sender: toOrganization(context),
    payload: [{ contentString: text }],
  };
}

import type { DocumentReference } from 'fhir/r4';
import type { SafetySignal } from '../homework/safety/safety-signal.ts';
import { attachedText } from './attached-text.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { toIdentifier, toPatientReference } from './identity.ts';
import { ourProfiles } from './profiles.ts';
import type { SafetyContext } from './safety-context.ts';
import { safetyNoteId, safetyNoteText } from './safety-note-text.ts';
import { foreignCodeSystems, ourExtensions } from './systems.ts';
import { toMeta } from './to-meta.ts';
import { toOrganization } from './to-requester.ts';

/**
 * A safety signal as a clinical note of its own, never waiting for the between-session report. Nobody has signed it.
 * @see https://hl7.org/fhir/R4/documentreference.html
 */
export function toSafetyNote(signal: SafetySignal, context: SafetyContext): DocumentReference {
  const { id, raisedAt, closedAt, evidence, version } = signal;
  const time = (at: string) => toDateTime(at, context.timeZone);
  const latest = evidence.reduce((last, { at }) => (at > last ? at : last), raisedAt);
  return {
    resourceType: 'DocumentReference',
    id: safetyNoteId(id),
    meta: toMeta({ profile: ourProfiles.safetyNote, sensitivity: context.sensitivity }),
    extension: [{ url: ourExtensions.reportVersion, valuePositiveInt: version }],
    identifier: [toIdentifier('safety-note', safetyNoteId(id))],
    status: 'current',
    docStatus: 'preliminary',
    type: toConcept(foreignCodeSystems.loinc, '11506-3'),
    category: [toConcept(foreignCodeSystems.usCoreDocumentReferenceCategory, 'clinical-note')],
    subject: toPatientReference(signal.patientId),
    date: time(closedAt ?? latest),
    author: [toOrganization(context)],
    description: 'Safety signal from therapy homework',
    content: [
      {
        attachment: {
          contentType: 'text/plain',
          language: context.language,
          ...attachedText(safetyNoteText(signal, context)),
          title: 'Safety signal',
          creation: time(closedAt ?? latest),
        },
      },
    ],
    context: { period: { start: time(raisedAt), ...(closedAt !== undefined && { end: time(closedAt) }) } },
  };
}

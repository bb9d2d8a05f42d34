import type { Communication, DocumentReference } from 'fhir/r4';
import { defined } from '../foundation/defined.ts';
import { toConcept } from './concept.ts';
import { ourCodeSystems } from './systems.ts';

/**
 * A note as a message, for an EHR that takes Communication and no clinical notes: the same identifier, times and text,
 * with the marker line last. It is said of the patient, to whoever reads the chart, so it names no recipient.
 * @see https://hl7.org/fhir/R4/communication.html
 */
export function toReportCommunication(note: DocumentReference): Communication {
  const { identifier, subject, date, author, meta, description } = note;
  const encounter = note.context?.encounter?.[0];
  const sender = author?.[0];
  const labels = meta?.security === undefined ? {} : { meta: { security: meta.security } };
  return {
    resourceType: 'Communication',
    ...defined({ id: note.id }),
    ...labels,
    ...defined({ identifier }),
    status: 'completed',
    category: [toConcept(ourCodeSystems.homework, 'homework-report')],
    ...defined({ subject }),
    ...(description === undefined ? {} : { topic: { text: description } }),
    ...defined({ encounter, sent: date, sender }),
    payload: [{ contentString: textOf(note) }],
  };
}

/** The text/plain content of a note. */
function textOf({ content }: DocumentReference): string {
  const plain = content.find(({ attachment }) => attachment.contentType?.startsWith('text/plain') === true);
  return Buffer.from(plain?.attachment.data ?? '', 'base64').toString('utf8');
}

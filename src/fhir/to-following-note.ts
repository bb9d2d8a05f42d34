import type { Attachment, DocumentReference } from 'fhir/r4';
import { attachedText } from './attached-text.ts';

/** The note in an EHR that a new one takes the place of. */
export interface EarlierNote {
  /** `DocumentReference/17`, as the EHR names it. */
  readonly reference: string;
  /** When it was filed; ISO 8601. */
  readonly filedAt: string;
}

/**
 * A note for an EHR that cannot update the one it holds: it replaces that one by `relatesTo`, and its first line says so,
 * because EHRs pass over `relatesTo` and their readers see the text alone.
 * @see https://hl7.org/fhir/R4/documentreference-definitions.html#DocumentReference.relatesTo
 */
export function toFollowingNote(note: DocumentReference, earlier: EarlierNote): DocumentReference {
  const relatesTo = [
    ...(note.relatesTo ?? []),
    { code: 'replaces' as const, target: { reference: earlier.reference } },
  ];
  const content = note.content.map((documentReferenceContent) => ({
    ...documentReferenceContent,
    attachment: withFirstLine(documentReferenceContent.attachment, note, earlier),
  }));
  return { ...note, relatesTo, content };
}

/** Plain text and XHTML get the line; other formats are made elsewhere, and stay. */
function withFirstLine(attachment: Attachment, note: DocumentReference, earlier: EarlierNote): Attachment {
  const { contentType, data } = attachment;
  if (data === undefined) return attachment;
  const line = `REPLACES the note filed ${filed(earlier.filedAt, attachment.language, note)} (${earlier.reference}).`;
  const text = Buffer.from(data, 'base64').toString('utf8');
  const after = /<body[^>]*>/;
  if (contentType?.startsWith('text/plain')) return withText(attachment, `${line}\n${text}`);
  if (!contentType?.startsWith('application/xhtml+xml') || !after.test(text)) return attachment;
  return withText(
    attachment,
    text.replace(after, (body) => `${body}\n<p><strong>${line}</strong></p>`),
  );
}

function withText(attachment: Attachment, text: string): Attachment {
  const { data, size, hash } = attachedText(text);
  return {
    ...attachment,
    data,
    ...(attachment.size === undefined ? {} : { size }),
    ...(attachment.hash === undefined ? {} : { hash }),
  };
}

/** In the note's own offset from UTC, which is said: `Mar 2, 2026, 10:05 AM, UTC-05:00`. */
function filed(at: string, language: string | undefined, { date }: DocumentReference): string {
  const offset = date?.match(/[+-]\d\d:\d\d$/)?.[0] ?? '+00:00';
  const format = new Intl.DateTimeFormat(language ?? 'en-US', {
    ...{ timeZone: offset, dateStyle: 'medium', timeStyle: 'short' },
  });
  return `${format.format(new Date(at)).replaceAll('\u202f', ' ')}, UTC${offset}`;
}

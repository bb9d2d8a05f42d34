import { createHash } from 'node:crypto';
import type { Attachment } from 'fhir/r4';

/**
 * A text as an Attachment holds it: in UTF-8, with its size in bytes and its SHA-1, both of the text and not of its base64.
 * @see https://hl7.org/fhir/R4/datatypes.html#Attachment
 */
export function attachedText(text: string): Required<Pick<Attachment, 'data' | 'size' | 'hash'>> {
  const bytes = Buffer.from(text);
  return {
    data: bytes.toString('base64'),
    size: bytes.length,
    hash: createHash('sha1').update(bytes).digest('base64'),
  };
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HomeworkRecord } from '../homework-record.ts';

type Signer = Pick<HomeworkRecord, 'publicUrl' | 'responseSecret'>;

/**
 * The address to which a form filler sends the answers of one occurrence, and of no other. Whoever has the address may
 * answer: it is a capability URL, so it must not be logged.
 */
export function responseEndpoint(signer: Signer, tenantId: string, occurrenceId: string): string {
  const signature = signatureOf(signer.responseSecret, tenantId, occurrenceId).toString('base64url');
  const path = [tenantId, 'response', occurrenceId, signature].map(encodeURIComponent).join('/');
  return `${signer.publicUrl.replace(/\/+$/, '')}/fhir/${path}`;
}

/** Whether the signature in a response endpoint's address is ours; takes the same time whatever is wrong with it. */
export function verifyResponseEndpoint(
  signer: Pick<Signer, 'responseSecret'>,
  endpoint: { tenantId: string; occurrenceId: string; signature: string },
): boolean {
  const expected = signatureOf(signer.responseSecret, endpoint.tenantId, endpoint.occurrenceId);
  const given = Buffer.from(endpoint.signature, 'base64url');
  // an address has one spelling only: what decodes to the same bytes must also be written the same
  const spelled = given.toString('base64url') === endpoint.signature;
  const padded = Buffer.alloc(expected.length);
  given.copy(padded);
  return timingSafeEqual(padded, expected) && given.length === expected.length && spelled;
}

function signatureOf(secret: string, tenantId: string, occurrenceId: string): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['response', tenantId, occurrenceId]))
    .digest();
}

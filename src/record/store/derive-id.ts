import { createHash } from 'node:crypto';

/**
 * A UUID that is always the same for the same parts, so that a record told again makes the same artefacts.
 * Version 8 ("custom") of RFC 9562, made from SHA-256.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8
 */
export function deriveId(...parts: readonly [string, ...string[]]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

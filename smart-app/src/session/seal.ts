import type { StoredSession } from './session-store.ts';
import { base64url } from './tab-secret.ts';

/** What is sealed, and what it was sealed with that is no secret. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

/** The key to what is kept, from both halves and whose it is. */
export async function deriveKey(secret: string, { tenant, user, patientId }: StoredSession): Promise<CryptoKey> {
  const encoder = new TextEncoder();
  const base = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveKey']);
  const info = encoder.encode(JSON.stringify([tenant.id, user.reference, patientId ?? null]));
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: encoder.encode('intersession drafts'), info },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** A name for somebody, or something of theirs, that nobody can work out without the service's half. */
export async function nameOf(secret: string, { tenant, user }: StoredSession): Promise<string> {
  const encoder = new TextEncoder();
  const base = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveBits']);
  const info = encoder.encode(JSON.stringify([tenant.id, user.reference]));
  const salt = encoder.encode('intersession names');
  return base64url(
    new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, 128)),
  );
}

/** A value, encrypted. */
export async function seal(key: CryptoKey, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { iv, sealed: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain) };
}

/** The same as one text. */
export async function sealText(key: CryptoKey, value: unknown): Promise<string> {
  const { iv, sealed } = await seal(key, value);
  const all = new Uint8Array(sealed);
  // by chunks: a long text as one argument list would overflow the stack
  const chunks: string[] = [];
  for (let at = 0; at < all.length; at += 8190) chunks.push(base64url(all.subarray(at, at + 8190)));
  return `${base64url(iv)}.${chunks.join('')}`;
}

/** undefined: it was sealed with another key, or is spoilt. */
export async function unseal(key: CryptoKey, iv: BufferSource, sealed: BufferSource): Promise<unknown> {
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return undefined;
  }
}

/** What such a text is of; nothing when it is none. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

import { createHash, randomBytes } from 'node:crypto';

/** 256 bits that nobody can guess, as base64url. */
export function opaqueToken(): string {
  return randomBytes(32).toString('base64url');
}

/** base64url(SHA-256(token)): what is kept of a token, and a PKCE challenge of its verifier. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('base64url');
}

import { hkdfSync } from 'node:crypto';
import type { AppSession } from './app-session.ts';

/**
 * Our half of the key to what a person types on a device before it is sent: the same at each sign-in of the same person
 * at the same EHR, and nobody else's. The device keeps the other half, and never this one (256 bits as base64url).
 */
export function copyKey(
  sessionKey: Uint8Array,
  { tenantId, userReference }: Pick<AppSession, 'tenantId' | 'userReference'>,
): string {
  const whose = JSON.stringify(['local copy', tenantId, userReference]);
  return Buffer.from(hkdfSync('sha256', sessionKey, '', whose, 32)).toString('base64url');
}

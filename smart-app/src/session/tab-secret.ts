const storedUnder = 'intersession.tab';

/**
 * The secret of this tab: 32 random bytes as base64url, made once and kept in the tab's own storage. Kept over a new
 * sign-in, for what was typed before it is encrypted with a key made from it.
 */
export function tabSecret(): string {
  const kept = sessionStorage.getItem(storedUnder);
  if (kept !== null && /^[A-Za-z0-9_-]{43}$/.test(kept)) return kept;
  const made = base64url(crypto.getRandomValues(new Uint8Array(32)));
  sessionStorage.setItem(storedUnder, made);
  return made;
}

/** base64url(SHA-256(secret)): what the authorization is bound to. */
export async function tabKeyHash(secret: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))));
}

/** Forgets the secret, and with it whatever was encrypted by it. */
export function forgetTabSecret(): void {
  sessionStorage.removeItem(storedUnder);
}

/** Bytes as base64url, without padding. */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

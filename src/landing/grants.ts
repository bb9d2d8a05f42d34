import type { Capabilities } from './capabilities.ts';
import { parseScopes, type ScopeGrant } from './granted-scopes.ts';

/**
 * How it is known which scopes count:
 * `granted` the token said so · `given` whoever asks says so · `requested` the server reported none, so those asked for
 * (RFC 6749 §5.1) · `asked` what the app asks a person for · `listed` the SMART configuration offers them ·
 * `unlisted` nothing says anything · `no-tokens` the server takes none.
 */
export type ScopeBasis = 'granted' | 'given' | 'requested' | 'asked' | 'listed' | 'unlisted' | 'no-tokens';

/** The scopes that count at one EHR, and how they are known. */
export interface Grants {
  readonly scopes: readonly ScopeGrant[];
  readonly basis: ScopeBasis;
  /** How a person's scopes are known, where otherwise than the service's own. */
  readonly peopleBasis?: ScopeBasis;
}

/** What may be known of scopes; each a list separated by spaces, the surest first. */
export interface KnownScopes {
  readonly given?: string | undefined;
  readonly granted?: string | undefined;
  readonly requested?: string | undefined;
  /** What the app asks a person for; only beside `granted` or `requested`, which are the service's own. */
  readonly asked?: string | undefined;
  /** What a clinician's token was really granted; in place of `asked`. */
  readonly grantedToPerson?: string | undefined;
}

/** A server that takes no tokens lets anybody do what it offers. */
export const noTokens: Grants = { scopes: [], basis: 'no-tokens' };

/**
 * Takes the surest knowledge of scopes that there is; with none, what the SMART configuration lists, and where that
 * lists no resource scopes either, nothing: then the vendor's habit decides.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
export function knownGrants(known: KnownScopes, capabilities: Capabilities): Grants {
  if (known.given !== undefined) return { scopes: parseScopes(known.given), basis: 'given' };
  const own = known.granted ?? known.requested;
  if (own !== undefined) {
    const basis = known.granted === undefined ? 'requested' : 'granted';
    const people = parseScopes(known.grantedToPerson ?? known.asked ?? '').filter(
      ({ context }) => context !== 'system',
    );
    if (people.length === 0) return { scopes: parseScopes(own), basis };
    const peopleBasis = known.grantedToPerson === undefined ? 'asked' : 'granted';
    return { scopes: [...parseScopes(own), ...people], basis, peopleBasis };
  }
  const listed = parseScopes(capabilities.scopesSupported?.join(' ') ?? '');
  return listed.length === 0 ? { scopes: [], basis: 'unlisted' } : { scopes: listed, basis: 'listed' };
}

/** How the basis is told in a reason. */
export const basisWords: Readonly<Record<ScopeBasis, string>> = {
  granted: 'granted',
  given: 'as given',
  requested: 'as requested: no granted scope was reported, RFC 6749 §5.1',
  asked: 'as the app asks a person for; what is granted is known at sign-in',
  listed: 'assumed: its SMART configuration lists it, and what is granted is not known',
  unlisted: 'assumed: no resource scopes are stated',
  'no-tokens': 'the server takes no tokens',
};

/** Bases that are no knowledge of what this service was granted. */
export const assumedBases: ReadonlySet<ScopeBasis> = new Set<ScopeBasis>(['requested', 'asked', 'listed', 'unlisted']);

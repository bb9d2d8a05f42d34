import { errors } from 'oidc-provider';
import type { Site } from '../site.ts';

/** Allowed difference between the clocks of a client and this EHR. */
export const CLOCK_TOLERANCE_SECONDS = 5;
/** How wrong the clock of an EHR is that has `clock-ahead` or `clock-behind`. */
export const CLOCK_SHIFT_SECONDS = 90;
const MAX_ASSERTION_SECONDS = 300;

/**
 * What SMART asks of a client assertion beyond its signature and its jti.
 * @throws InvalidClientAuth
 * @see https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html#authenticating-to-the-token-endpoint
 */
export function checkAssertion(
  claims: Record<string, unknown>,
  header: Record<string, unknown>,
  { tokenEndpoint, site }: { tokenEndpoint: string; site: Site },
): void {
  const refuse = (reason: string) => new errors.InvalidClientAuth(reason);
  if (header.typ !== 'JWT' || typeof header.kid !== 'string') throw refuse('typ JWT and kid are required');
  if (claims.iss !== claims.sub) throw refuse('iss and sub must be the client_id');
  if (claims.aud !== tokenEndpoint) throw refuse('aud must be the token endpoint');
  const now = Date.now() / 1000;
  const behind = now - (site.has('clock-behind') ? CLOCK_SHIFT_SECONDS : 0);
  const ahead = now + (site.has('clock-ahead') ? CLOCK_SHIFT_SECONDS : 0);
  const latest = behind + MAX_ASSERTION_SECONDS + CLOCK_TOLERANCE_SECONDS;
  if (typeof claims.exp !== 'number' || claims.exp > latest) throw refuse('exp must be within five minutes');
  if (claims.exp < ahead - CLOCK_TOLERANCE_SECONDS) throw refuse('exp has passed');
  for (const name of ['iat', 'nbf']) {
    const from = claims[name];
    if (from === undefined) continue;
    if (typeof from !== 'number' || from > behind + CLOCK_TOLERANCE_SECONDS) throw refuse(`${name} has not come yet`);
  }
}

import { errors } from 'oidc-provider';

/** Allowed difference between the clocks of a client and this EHR. */
export const CLOCK_TOLERANCE_SECONDS = 5;
const MAX_ASSERTION_SECONDS = 300;

/**
 * What SMART asks of a client assertion beyond its signature and its jti.
 * @throws InvalidClientAuth
 * @see https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html#authenticating-to-the-token-endpoint
 */
export function checkAssertion(
  claims: Record<string, unknown>,
  header: Record<string, unknown>,
  tokenEndpoint: string,
): void {
  const refuse = (reason: string) => new errors.InvalidClientAuth(reason);
  if (header.typ !== 'JWT' || typeof header.kid !== 'string') throw refuse('typ JWT and kid are required');
  if (claims.iss !== claims.sub) throw refuse('iss and sub must be the client_id');
  if (claims.aud !== tokenEndpoint) throw refuse('aud must be the token endpoint');
  const latest = Date.now() / 1000 + MAX_ASSERTION_SECONDS + CLOCK_TOLERANCE_SECONDS;
  if (typeof claims.exp !== 'number' || claims.exp > latest) throw refuse('exp must be within five minutes');
}

import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { readBoundedText } from '../../foundation/bounded-text.ts';
import { clockLeewaySeconds } from '../../foundation/clock.ts';
import { seenAssertion } from '../../record/keys/seen-assertion.ts';
import type { AppOptions, HttpTenant, SourceSystem } from '../app-options.ts';
import { OAuthError } from './oauth-error.ts';

const longestLifeSeconds = 300;
/** A key set is small; what is larger is not read. */
const mostKeyBytes = 1024 * 1024;
/** How long a key set is kept, in milliseconds of a clock that never jumps: jose itself goes by the one that may. */
const keepKeysMs = 10 * 60_000;
const remoteKeys = new Map<string, { readonly since: number; readonly keys: JWTVerifyGetKey }>();

/**
 * Checks a client's signed assertion (private_key_jwt): RS384 or ES384 by one of its registered keys, issuer and subject
 * are the client, audience is this token endpoint and nobody else, it was not issued in the future, it lives five minutes
 * at most, and it was never seen before.
 *
 * @throws OAuthError `invalid_client`, saying which of these it misses
 * @see https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html
 */
export async function verifyClientAssertion(
  options: Pick<AppOptions, 'record' | 'fetch'>,
  tenant: HttpTenant,
  { assertion, audience }: { assertion: string; audience: string },
): Promise<SourceSystem> {
  const { record } = options;
  const source = findSource(tenant, assertion);
  const now = record.clock.now();
  const { payload } = await jwtVerify(assertion, keysOf(source, options.fetch), {
    algorithms: ['RS384', 'ES384'],
    issuer: source.clientId,
    subject: source.clientId,
    audience,
    typ: 'JWT',
    requiredClaims: ['exp', 'jti'],
    currentDate: now,
    // for exp and nbf; iat is judged below, and only when it is given
    clockTolerance: clockLeewaySeconds,
  }).catch((cause: unknown) => {
    throw refused(problemOf(cause), cause);
  });
  const { exp, iat, aud } = payload;
  // jose takes any type that was signed
  const jti: unknown = payload.jti;
  if (typeof jti !== 'string' || jti === '' || jti.length > 256) {
    throw refused('"jti" must be a text of 256 characters at most');
  }
  // one that others take as well could be brought to us by them
  if (Array.isArray(aud) && aud.some((text) => text !== audience)) throw refused('"aud" names others beside us');
  if (exp === undefined) throw refused('"exp" is missing');
  if (iat !== undefined && !(iat <= now.getTime() / 1000 + clockLeewaySeconds)) {
    throw refused('"iat" lies in the future');
  }
  if (exp > now.getTime() / 1000 + longestLifeSeconds + clockLeewaySeconds) {
    throw refused(`"exp" is more than ${longestLifeSeconds} seconds away`);
  }
  const seen = await seenAssertion(record.database, record.clock, {
    issuer: `${tenant.id} ${source.clientId}`,
    jti,
    // remembered for as long as it would be taken
    expiresAt: new Date((exp + clockLeewaySeconds) * 1000),
  });
  if (seen) throw refused('its "jti" was used before');
  return source;
}

/** The claims are read unverified only to know whose key must verify them. */
function findSource(tenant: HttpTenant, assertion: string): SourceSystem {
  let issuer: string | undefined;
  try {
    issuer = decodeJwt(assertion).iss;
    if (decodeProtectedHeader(assertion).kid === undefined) throw refused('its header names no "kid"');
  } catch (cause) {
    if (cause instanceof OAuthError) throw cause;
    throw refused('it is not a JWT', cause);
  }
  const source = tenant.sources.find(({ clientId }) => clientId === issuer);
  if (source === undefined) throw refused('its issuer is not a client of this tenant');
  return source;
}

function keysOf(source: SourceSystem, fetch: typeof globalThis.fetch | undefined): JWTVerifyGetKey {
  if (source.jwks !== undefined) return createLocalJWKSet({ keys: [...source.jwks.keys] } satisfies JSONWebKeySet);
  if (source.jwksUri === undefined) throw refused('no key is registered for this client');
  const known = remoteKeys.get(source.jwksUri);
  if (known !== undefined && performance.now() - known.since < keepKeysMs) return known.keys;
  const keys = createRemoteJWKSet(new URL(source.jwksUri), {
    timeoutDuration: 5_000,
    cooldownDuration: 30_000,
    [customFetch]: async (url, init) => {
      const answer = await (fetch ?? globalThis.fetch)(url, init);
      // within the time of the whole request: `init` carries its end
      return new Response(await readBoundedText(answer.body, mostKeyBytes), { status: answer.status });
    },
  });
  remoteKeys.set(source.jwksUri, { since: performance.now(), keys });
  return keys;
}

function refused(problem: string, cause?: unknown): OAuthError {
  return new OAuthError('invalid_client', `The client assertion is refused: ${problem}`, { cause });
}

function problemOf(cause: unknown): string {
  if (cause instanceof errors.JWTExpired) return 'it has expired';
  if (cause instanceof errors.JWTClaimValidationFailed) return `"${cause.claim}" is not as it must be`;
  if (cause instanceof errors.JOSEAlgNotAllowed) return 'its algorithm is neither RS384 nor ES384';
  if (cause instanceof errors.JWKSNoMatchingKey) return 'none of the client’s keys has its "kid"';
  if (cause instanceof errors.JWSSignatureVerificationFailed) return 'its signature is wrong';
  if (cause instanceof errors.JWKSTimeout) return 'the client’s keys could not be fetched';
  return 'it cannot be verified';
}

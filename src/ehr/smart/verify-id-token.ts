import { createHash } from 'node:crypto';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { type Clock, clockLeewaySeconds } from '../../foundation/clock.ts';
import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { sameAddress } from '../../foundation/same-address.ts';
import { sameSecret } from '../../foundation/same-secret.ts';
import { unfit, unreachable } from './ask-server.ts';

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];
/** A claim that is null or empty is not there. */
const claim = z.preprocess((value) => (value === null || value === '' ? undefined : value), z.string().optional());
const claimsShape = z.object({ sub: z.string().min(1), iss: z.string(), fhirUser: claim, at_hash: claim });

export interface VerifyIdToken {
  readonly tenantId: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: JWTVerifyGetKey;
  readonly clock: Clock;
  /** Of the authorization request; absent for a refreshed id_token, which need not repeat it. */
  readonly nonce?: string;
  /** The one that came with it. */
  readonly accessToken: string;
}

export interface IdentityClaims {
  readonly subject: string;
  /** Absent: the scope `fhirUser` was not granted. */
  readonly fhirUser?: string;
}

/**
 * Verifies who signed in: signature by a key of the issuer, issuer, audience, expiry, nonce, and, when it carries
 * `at_hash`, that it belongs to the access token that came with it.
 *
 * [!WARNING] Symmetric algorithms and `none` are not accepted.
 * @throws `id-token-invalid` naming what does not fit; `ehr-unreachable` when the issuer's keys cannot be had now,
 * `ehr-unfit` when what it answers for them are none
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
export async function verifyIdToken(idToken: unknown, options: VerifyIdToken): Promise<IdentityClaims> {
  const { tenantId, issuer, clientId, keys, clock, nonce, accessToken } = options;
  const invalid = (problem: string) =>
    new IntersessionError(
      'id-token-invalid',
      { tenant: tenantId, problem },
      `Who signed in could not be verified: ${problem}.`,
    );
  if (idToken === undefined) throw invalid('there is no id_token');
  if (typeof idToken !== 'string') throw invalid('form');
  let payload: JWTPayload;
  let alg: string;
  try {
    const verified = await jwtVerify(idToken, keys, {
      audience: clientId,
      algorithms,
      currentDate: clock.now(),
      // for exp and nbf; nothing is judged by iat
      clockTolerance: clockLeewaySeconds,
      requiredClaims: ['iss', 'sub', 'exp', 'iat'],
    });
    payload = verified.payload;
    alg = verified.protectedHeader.alg;
  } catch (error) {
    const problem = problemOf(error);
    if (problem !== undefined) throw invalid(problem);
    const notKeys = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
    throw notKeys
      ? unfit(tenantId, 'its key set is none')
      : unreachable(tenantId, 'the keys of its id_tokens cannot be had');
  }
  const claims = claimsShape.safeParse(payload);
  if (!claims.success) throw invalid(String(claims.error.issues[0]?.path[0] ?? 'form'));
  if (!sameAddress(claims.data.iss, issuer)) throw invalid('iss');
  if (nonce !== undefined && payload.nonce !== nonce) throw invalid('nonce');
  if (Array.isArray(payload.aud) && payload.aud.length > 1 && payload.azp !== clientId) throw invalid('azp');
  const { sub, fhirUser, at_hash: tie } = claims.data;
  if (tie !== undefined && !sameSecret(tie, hashOf(accessToken, alg))) throw invalid('at_hash');
  return { subject: sub, ...defined({ fhirUser }) };
}

/** What is wrong with the token; undefined: the keys could not be had. The token itself is not repeated. */
function problemOf(error: unknown): string | undefined {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) return error.claim;
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return 'signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'alg';
  // several keys would do, and it does not say which: OpenID wants a kid then
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'kid';
  if (
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JOSENotSupported
  )
    return 'form';
  return undefined;
}

/** Left half of the hash of the access token, by the hash of the signature's algorithm, base64url. */
function hashOf(accessToken: string, alg: string): string {
  const digest = createHash(`sha${alg.slice(-3)}`)
    .update(accessToken, 'ascii')
    .digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

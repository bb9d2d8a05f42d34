import { createHash } from 'node:crypto';
import { decodeJwt, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import type { Site } from '../site.ts';
import { CLOCK_SHIFT_SECONDS } from './check-assertion.ts';
import type { LaunchContext } from './launches.ts';

/** What an id_token is tied to, and how it is to be made wrong. */
export interface IdTokenTie {
  accessToken: string;
  signingKey: JWK;
  fhirBase: string;
  tamper: LaunchContext['tamper'];
  site: Site;
}

/**
 * Ties an id_token to its access token (`at_hash`, which the provider leaves out of the code flow) and signs it again;
 * a tampering asked for by a test is done here.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken
 */
export async function tieIdToken(idToken: string, tie: IdTokenTie) {
  const { accessToken, signingKey, fhirBase, tamper, site } = tie;
  const own: JWTPayload = { ...decodeJwt(idToken), at_hash: hashOf(accessToken) };
  const claims = { ...own, ...inTheWayOf(site, own, fhirBase) };
  const key =
    tamper === 'signature' ? (await generateKeyPair('RS256')).privateKey : await importJWK(signingKey, 'RS256');
  return new SignJWT({ ...claims, ...wrongClaims(claims, fhirBase, tamper) })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: String(signingKey.kid) })
    .sign(key);
}

/** The claims as this EHR spells them, by the clock that it has. */
function inTheWayOf(site: Site, claims: JWTPayload, fhirBase: string): JWTPayload {
  const now = Number(claims.iat);
  const ahead = now + CLOCK_SHIFT_SECONDS;
  return {
    ...(site.has('issuer-with-slash') ? { iss: `${claims.iss}/` } : {}),
    ...(site.has('fhir-user-relative') ? { fhirUser: String(claims.fhirUser).replace(`${fhirBase}/`, '') } : {}),
    ...(site.has('clock-ahead') ? { iat: ahead, nbf: ahead } : {}),
    // a token that lives a minute by a clock 90 s behind has been over for half of one
    ...(site.has('clock-behind') ? { exp: now - CLOCK_SHIFT_SECONDS + 60 } : {}),
  };
}

function wrongClaims(claims: JWTPayload, fhirBase: string, tamper: LaunchContext['tamper']): JWTPayload {
  switch (tamper) {
    case 'nonce':
      return { nonce: 'of-another-request' };
    case 'aud':
      return { aud: 'another-app' };
    case 'iss':
      return { iss: `${claims.iss}/other` };
    case 'expired':
      return { iat: Number(claims.iat) - 7200, exp: Number(claims.iat) - 3600 };
    case 'other-user': {
      const other = claims.sub === 'Practitioner/dr-lindqvist' ? 'Practitioner/dr-okafor' : 'Practitioner/dr-lindqvist';
      return { sub: other, fhirUser: `${fhirBase}/${other}` };
    }
    case 'at_hash':
      return { at_hash: hashOf('another access token') };
    default:
      return {};
  }
}

/** Left half of the SHA-256 of the access token, base64url. */
function hashOf(accessToken: string): string {
  return createHash('sha256').update(accessToken, 'ascii').digest().subarray(0, 16).toString('base64url');
}

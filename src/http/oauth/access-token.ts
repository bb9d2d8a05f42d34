import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, importJWK, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { AppOptions } from '../app-options.ts';

export const tokenLifeSeconds = 300;

/** Who calls, for which tenant, and what it may do. */
export interface AccessToken {
  readonly tenantId: string;
  readonly clientId: string;
  /** SMART system scopes, space-separated. */
  readonly scope: string;
}

type Signer = Pick<AppOptions, 'signingKeys' | 'config' | 'record'>;

const audienceOf = ({ config }: Signer, tenantId: string): string => `${config.publicUrl}/fhir/${tenantId}`;

/** Signs an access token for one tenant, good for five minutes. @see https://www.rfc-editor.org/rfc/rfc9068 */
export async function issueAccessToken(signer: Signer, { tenantId, clientId, scope }: AccessToken): Promise<string> {
  const { privateJwk, kid } = signer.signingKeys;
  const now = Math.floor(signer.record.clock.now().getTime() / 1000);
  return new SignJWT({ tenant: tenantId, client_id: clientId, scope })
    .setProtectedHeader({ alg: 'ES384', typ: 'at+jwt', kid })
    .setIssuer(signer.config.publicUrl)
    .setAudience(audienceOf(signer, tenantId))
    .setSubject(clientId)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + tokenLifeSeconds)
    .sign(await importJWK(privateJwk, 'ES384'));
}

/**
 * Reads the bearer token of an Authorization header; the tenant is the token's own.
 * @throws `invalid-token` when it is missing, not ours, expired, or for a tenant that is no more
 */
export async function readAccessToken(signer: Signer, authorization: string | undefined): Promise<AccessToken> {
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined)
    throw invalidToken(authorization === undefined ? 'it is missing' : 'it is not a bearer token');
  const keys: JSONWebKeySet = { keys: [...signer.signingKeys.publicJwks.keys] };
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
    algorithms: ['ES384'],
    typ: 'at+jwt',
    issuer: signer.config.publicUrl,
    currentDate: signer.record.clock.now(),
    requiredClaims: ['exp', 'aud', 'sub'],
  }).catch((cause: unknown) => {
    const expired = cause instanceof Error && 'code' in cause && cause.code === 'ERR_JWT_EXPIRED';
    throw invalidToken(expired ? 'it has expired' : 'it is not one of ours', cause);
  });
  const { tenant, client_id: clientId, scope } = payload;
  if (typeof tenant !== 'string' || typeof clientId !== 'string' || typeof scope !== 'string') {
    throw invalidToken('it is not one of ours');
  }
  if (payload.aud !== audienceOf(signer, tenant) || !signer.record.tenants.has(tenant)) {
    throw invalidToken('its tenant is not one of ours');
  }
  return { tenantId: tenant, clientId, scope };
}

/** Why a token is refused. */
export function invalidToken(problem: string, cause?: unknown): IntersessionError {
  return new IntersessionError('invalid-token', { problem }, `The access token is refused: ${problem}`, { cause });
}

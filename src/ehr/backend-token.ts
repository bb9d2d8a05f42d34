import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { type Clock, clockLeewaySeconds } from '../homework/clock.ts';
import { hasCode, IntersessionError } from '../homework/errors.ts';
import type { EhrTenant, SigningKey } from './ehr-tenant.ts';
import type { Authorizer } from './gateway.ts';
import { askServer, safeEndpoint, unfit } from './smart/ask-server.ts';
import { tokenOrRefusal } from './smart/request-token.ts';
import type { TokenResponse } from './token-response.ts';
import type { DoorWatch } from './watch-doors.ts';

/** SMART's five minutes, seen by a clock that is as far behind ours as we allow for. */
const ASSERTION_SECONDS = 300 - clockLeewaySeconds;
const LEEWAY_MS = 30_000;
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Tokens of the service itself, and the scope the server last said it granted. */
export interface BackendToken extends Authorizer {
  grantedScope(): string | undefined;
}

/**
 * Gets access tokens by SMART backend services (client_credentials, private_key_jwt, ES384): kept until 30 s before
 * they expire, one request at a time however many ask.
 * @throws from `authorization()` when no token can be had, as `ehrTrouble` knows them: `ehr-unreachable` when nothing was
 * answered, `app-not-registered`, `scopes-refused`, `ehr-refused` as OAuth words it, `ehr-unfit`, `ehr-answer-unusable`;
 * nothing was sent to the FHIR server then
 * @see https://hl7.org/fhir/smart-app-launch/backend-services.html
 */
export function backendToken(options: {
  readonly tenant: EhrTenant;
  readonly signingKey: SigningKey;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly tokenEndpoint: () => Promise<string | undefined>;
  readonly onGranted?: (scope: string) => Promise<void>;
  readonly doors?: DoorWatch;
}): BackendToken {
  const { tenant, clock } = options;
  const onThisMachine = loopback.test(URL.parse(tenant.fhirBase)?.hostname ?? '');
  let held: { header: string; from: number; until: number } | undefined;
  let asking: Promise<string> | undefined;
  let granted: string | undefined;

  const ask = async (): Promise<string> => {
    const endpoint = safeEndpoint(tenant.id, await options.tokenEndpoint(), 'token endpoint');
    const answer = await requestToken(options, endpoint);
    const { expiresIn = 300 } = answer;
    const header = `Bearer ${answer.accessToken}`;
    const from = clock.now().getTime();
    held = { header, from, until: from + expiresIn * 1000 - LEEWAY_MS };
    if (answer.scope !== undefined && answer.scope !== granted) {
      granted = answer.scope;
      await options.onGranted?.(answer.scope);
    }
    return header;
  };
  return {
    grantedScope: () => granted,
    async authorization() {
      if (tenant.auth === 'none') {
        if (!onThisMachine) {
          throw unfit(tenant.id, 'auth "none" is only for a server on this machine');
        }
        return undefined;
      }
      const now = clock.now().getTime();
      // one that seems to have been had later than now was had while the clock was wrong: how old it is, nobody knows
      if (held !== undefined && now >= held.from && now < held.until) return held.header;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    refused(authorization) {
      if (held?.header === authorization) held = undefined;
    },
  };
}

async function requestToken(
  { tenant, signingKey, clock, timeoutMs, doors }: Parameters<typeof backendToken>[0],
  endpoint: URL,
): Promise<TokenResponse> {
  const clientId = tenant.systemClientId ?? '';
  const seconds = Math.floor(clock.now().getTime() / 1000);
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'ES384', kid: signingKey.kid, typ: 'JWT' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(endpoint.href)
    .setJti(randomUUID())
    .setIssuedAt(seconds - clockLeewaySeconds)
    .setExpirationTime(seconds + ASSERTION_SECONDS)
    .sign(await importJWK(signingKey.privateJwk, 'ES384'));
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  if (tenant.systemScopes !== undefined) body.set('scope', tenant.systemScopes);
  const begun = doors?.entered('token') ?? 0;
  const answer = await askServer({ tenantId: tenant.id, timeoutMs }, endpoint, {
    method: 'POST',
    headers: {},
    body,
  }).catch((error: unknown) => {
    doors?.silent('token', { late: false, begun });
    throw error;
  });
  doors?.answered('token');
  try {
    return tokenOrRefusal(tenant.id, answer);
  } catch (error) {
    // no person is asked here: these words of OAuth are about the service itself
    if (!hasCode(error, 'code-replayed') && !hasCode(error, 'consent-denied')) throw error;
    const word = hasCode(error, 'code-replayed') ? 'invalid_grant' : 'access_denied';
    const problem = `the token endpoint, ${answer.status}: ${word}`;
    throw new IntersessionError('ehr-refused', { tenant: tenant.id, problem }, `EHR of ${tenant.id}: ${problem}`);
  }
}

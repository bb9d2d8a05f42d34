import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { readBoundedJson } from '../homework/bounded-json.ts';
import type { Clock } from '../homework/clock.ts';
import { IntersessionError } from '../homework/errors.ts';
import type { EhrTenant, SigningKey } from './ehr-tenant.ts';
import { isObject } from './fhir-json.ts';
import type { Authorizer } from './gateway.ts';

const ASSERTION_SECONDS = 240;
const LEEWAY_MS = 30_000;
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Tokens of the service itself, and the scope the server last said it granted. */
export interface BackendToken extends Authorizer {
  grantedScope(): string | undefined;
}

/**
 * Gets access tokens by SMART backend services (client_credentials, private_key_jwt, ES384): kept until 30 s before
 * they expire, one request at a time however many ask.
 * @throws `ehr-unreachable` from `authorization()` when no token can be had; nothing was sent to the FHIR server then
 * @see https://hl7.org/fhir/smart-app-launch/backend-services.html
 */
export function backendToken(options: {
  readonly tenant: EhrTenant;
  readonly signingKey: SigningKey;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly tokenEndpoint: () => Promise<string | undefined>;
  readonly onGranted?: (scope: string) => Promise<void>;
}): BackendToken {
  const { tenant, clock } = options;
  const onThisMachine = loopback.test(URL.parse(tenant.fhirBase)?.hostname ?? '');
  let held: { header: string; until: number } | undefined;
  let asking: Promise<string> | undefined;
  let granted: string | undefined;

  const ask = async (): Promise<string> => {
    const endpoint = safeEndpoint(tenant, await options.tokenEndpoint());
    const answer = await requestToken(options, endpoint);
    const expiresIn = typeof answer.expires_in === 'number' ? answer.expires_in : 300;
    const header = `Bearer ${String(answer.access_token)}`;
    held = { header, until: clock.now().getTime() + expiresIn * 1000 - LEEWAY_MS };
    if (typeof answer.scope === 'string' && answer.scope !== granted) {
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
          throw unreachable(tenant, 'auth "none" is only for a server on this machine');
        }
        return undefined;
      }
      if (held !== undefined && clock.now().getTime() < held.until) return held.header;
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
  { tenant, signingKey, clock, timeoutMs }: Parameters<typeof backendToken>[0],
  endpoint: URL,
): Promise<Record<string, unknown>> {
  const clientId = tenant.systemClientId ?? '';
  const seconds = Math.floor(clock.now().getTime() / 1000);
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'ES384', kid: signingKey.kid, typ: 'JWT' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(endpoint.href)
    .setJti(randomUUID())
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + ASSERTION_SECONDS)
    .sign(await importJWK(signingKey.privateJwk, 'ES384'));
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  if (tenant.systemScopes !== undefined) body.set('scope', tenant.systemScopes);
  let status: number;
  let json: unknown;
  try {
    const answer = await fetch(endpoint, {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
      // the assertion is for this endpoint and nobody else
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = answer.status;
    json = readBoundedJson(await answer.text());
  } catch (cause) {
    throw unreachable(tenant, 'the token endpoint does not answer', cause);
  }
  if (status === 200 && isObject(json) && typeof json.access_token === 'string') return json;
  const code = isObject(json) && typeof json.error === 'string' ? json.error.slice(0, 80) : 'no OAuth error';
  throw unreachable(tenant, `the token endpoint answered ${status} (${code})`);
}

function safeEndpoint(tenant: EhrTenant, endpoint: string | undefined): URL {
  const url = endpoint === undefined ? null : URL.parse(endpoint);
  if (url === null) throw unreachable(tenant, 'its SMART configuration names no token endpoint');
  if (url.protocol !== 'https:' && !loopback.test(url.hostname)) {
    throw unreachable(tenant, 'its token endpoint is not https');
  }
  return url;
}

function unreachable(tenant: EhrTenant, problem: string, cause?: unknown): IntersessionError {
  return new IntersessionError('ehr-unreachable', { tenant: tenant.id, problem }, `EHR of ${tenant.id}: ${problem}`, {
    cause,
  });
}

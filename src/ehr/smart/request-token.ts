import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { oauthErrorCode, oauthRefusal } from '../../foundation/oauth-refusal.ts';
import { type Clock, clockLeewaySeconds } from '../../homework/clock.ts';
import { isObject } from '../fhir-json.ts';
import { readTokenResponse, type TokenResponse } from '../token-response.ts';
import { askServer, saysLater, unreachable, unusable } from './ask-server.ts';
import type { SmartTenant } from './smart-tenant.ts';

/** SMART's five minutes, seen by a clock that is as far behind ours as we allow for. */
const assertionSeconds = 300 - clockLeewaySeconds;

export interface TokenRequest {
  readonly tenant: SmartTenant;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** The token endpoint, which is also the audience of an assertion. */
  readonly endpoint: URL;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Asks a token endpoint, authenticated as the tenant's client is registered.
 * @throws `code-replayed` for `invalid_grant`; `consent-denied`, `app-not-registered`, `scopes-refused`, `ehr-refused` as
 * OAuth words it; `ehr-answer-unusable` for a token that is none; `ehr-unreachable`
 * @see https://hl7.org/fhir/smart-app-launch/app-launch.html#obtain-access-token
 */
export async function requestToken(request: TokenRequest): Promise<TokenResponse> {
  return tokenOrRefusal(request.tenant.id, await postAuthenticated(request));
}

/** A token endpoint's answer: a token, or thrown why there is none. */
export function tokenOrRefusal(
  tenant: string,
  { status, json }: { readonly status: number; readonly json: unknown },
): TokenResponse {
  if (status >= 200 && status < 300) {
    const answer = readTokenResponse(json);
    // some servers refuse with 200
    const refused = isObject(json) ? oauthErrorCode(json.error) : undefined;
    if (typeof answer !== 'string') return answer;
    if (refused === undefined) throw unusable(tenant, `${answer} of the token endpoint’s answer`);
    throw oauthRefusal({ tenant, error: refused, by: `the token endpoint, ${status}` });
  }
  const error = isObject(json) ? oauthErrorCode(json.error) : undefined;
  if (error === undefined && saysLater(status)) throw unreachable(tenant, `the token endpoint answered ${status}`);
  throw oauthRefusal({ tenant, error, by: `the token endpoint, ${status}` });
}

/** Posts a form as the client: in its body, in a Basic header, or with a signed assertion. */
export async function postAuthenticated({ tenant, clock, timeoutMs, endpoint, parameters }: TokenRequest) {
  const body = new URLSearchParams(parameters);
  const headers: Record<string, string> = {};
  const { authentication, clientId } = tenant;
  if (authentication.method === 'none') body.set('client_id', clientId);
  if (authentication.method === 'client_secret_basic') {
    const pair = [clientId, authentication.secret].map(formEncoded).join(':');
    headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  if (authentication.method === 'private_key_jwt') {
    body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const seconds = Math.floor(clock.now().getTime() / 1000);
    const { kid, privateJwk } = authentication.signingKey;
    const assertion = await new SignJWT()
      .setProtectedHeader({ alg: 'ES384', kid, typ: 'JWT' })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(endpoint.href)
      .setJti(randomUUID())
      .setIssuedAt(seconds - clockLeewaySeconds)
      .setExpirationTime(seconds + assertionSeconds)
      .sign(await importJWK(privateJwk, 'ES384'));
    body.set('client_assertion', assertion);
  }
  return askServer({ tenantId: tenant.id, timeoutMs }, endpoint, { method: 'POST', headers, body });
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}

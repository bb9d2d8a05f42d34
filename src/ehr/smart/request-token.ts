import type { Clock } from '../../foundation/clock.ts';
import { isObject } from '../../foundation/is-object.ts';
import { oauthErrorCode, oauthRefusal } from '../../foundation/oauth-refusal.ts';
import { signClientAssertion } from '../client-assertion.ts';
import { readTokenResponse, type TokenResponse } from '../token-response.ts';
import { askServer, type ServerAnswer, saysLater, unreachable, unusable } from './ask-server.ts';
import type { SmartTenant } from './smart-tenant.ts';

/** One of the two clients of a tenant: the app, or the service itself. */
export type OAuthClient = Pick<SmartTenant, 'id' | 'clientId' | 'authentication'>;

export interface TokenRequest {
  readonly tenant: OAuthClient;
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
export async function postAuthenticated(request: TokenRequest): Promise<ServerAnswer> {
  const { tenant, timeoutMs, endpoint, parameters } = request;
  const proof = await proofOf(request);
  const form = new URLSearchParams({ ...parameters, ...proof.parameters });
  return askServer({ tenantId: tenant.id, timeoutMs }, endpoint, { headers: proof.headers ?? {}, form });
}

async function proofOf({ tenant, clock, endpoint }: TokenRequest): Promise<{
  readonly parameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}> {
  const { authentication, clientId } = tenant;
  switch (authentication.method) {
    case 'none':
      return { parameters: { client_id: clientId } };
    case 'client_secret_basic': {
      const pair = [clientId, authentication.secret].map(formEncoded).join(':');
      return { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
    }
    case 'private_key_jwt': {
      const key = authentication.signingKey;
      return { parameters: await signClientAssertion({ clientId, key, audience: endpoint.href, clock }) };
    }
  }
}

/**
 * As a form encodes it, and no more than that: of what RFC 6749 wants encoded, `-`, `_` and `.` come out as they are, for
 * servers that decode nothing (most client ids have a `-`).
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}

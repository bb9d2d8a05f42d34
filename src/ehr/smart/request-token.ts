import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../homework/clock.ts';
import { IntersessionError } from '../../homework/errors.ts';
import { askServer, unreachable } from './ask-server.ts';
import type { SmartTenant } from './smart-tenant.ts';

const assertionSeconds = 240;

const tokenShape = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive().optional(),
  scope: z.string().optional(),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
  patient: z.string().optional(),
  encounter: z.string().optional(),
  intent: z.string().optional(),
  need_patient_banner: z.boolean().optional(),
  smart_style_url: z.string().optional(),
});

export type TokenResponse = z.output<typeof tokenShape>;

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
 * @throws `code-replayed` for `invalid_grant`, `consent-denied`, else `ehr-unreachable`
 * @see https://hl7.org/fhir/smart-app-launch/app-launch.html#obtain-access-token
 */
export async function requestToken(request: TokenRequest): Promise<TokenResponse> {
  const { tenant, endpoint } = request;
  const { status, json } = await postAuthenticated(request);
  const parsed = tokenShape.safeParse(json);
  if (status === 200 && parsed.success) return parsed.data;
  if (status === 200)
    throw unreachable(tenant.id, `the token endpoint ${endpoint.pathname} answered without a bearer token`);
  const code = errorCode(json);
  if (code === 'invalid_grant') {
    throw new IntersessionError('code-replayed', { tenant: tenant.id }, 'The EHR takes this sign-in no more.');
  }
  if (code === 'access_denied' || code === 'invalid_scope') {
    throw new IntersessionError('consent-denied', { tenant: tenant.id, problem: code }, 'Access was not granted.');
  }
  throw unreachable(tenant.id, `the token endpoint answered ${status} (${code ?? 'no OAuth error'})`);
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
      .setIssuedAt(seconds)
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

/** OAuth's own error code; nothing else of the answer is repeated. */
function errorCode(json: unknown): string | undefined {
  const code = typeof json === 'object' && json !== null && 'error' in json ? json.error : undefined;
  return typeof code === 'string' && /^[a-z_]{1,40}$/.test(code) ? code : undefined;
}

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type Json, type Reply, reply, type ServiceStub } from '../sandbox/open-sandbox.ts';
import { followAuthorization } from './launch-app.ts';
import type { Simulator } from './simulator.ts';

/** Scopes for everything; what is granted of them is the vendor's to say. */
export const everyScope = (level: 'system' | 'user' | 'patient'): string => `${level}/*.cruds`;

/** The token response of a backend client. */
export async function systemToken(
  simulator: Simulator,
  service: ServiceStub,
  scope = everyScope('system'),
): Promise<Json> {
  const client = 'intersession-system';
  const exp = Math.floor(Date.now() / 1000) + 240;
  const claims = { iss: client, sub: client, aud: simulator.tokenEndpoint, jti: randomUUID(), exp };
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    scope,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await service.assertion(claims),
  });
  return tokenFrom(await fetch(simulator.tokenEndpoint, { method: 'POST', body: form }));
}

/** The token response of the app that a person opened in the chart. @param order `{user, patient?}` */
export async function personToken(simulator: Simulator, service: ServiceStub, order: Json): Promise<Json> {
  const verifier = randomBytes(32).toString('base64url');
  const redirectUri = `${service.url}/callback`;
  const { launch } = await simulator.launch(order);
  const params = new URLSearchParams({
    response_type: 'code',
    client_id: 'intersession-app',
    redirect_uri: redirectUri,
    scope: `openid fhirUser launch ${everyScope('user')} ${everyScope('patient')}`,
    state: randomUUID(),
    aud: simulator.fhirBase,
    launch,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const issuer = `${simulator.authUrl}/${simulator.vendor}`;
  const back = await followAuthorization(`${issuer}/authorize?${params}`, redirectUri);
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: 'intersession-app',
    code: String(back.searchParams.get('code')),
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
  return tokenFrom(await fetch(simulator.tokenEndpoint, { method: 'POST', body: form }));
}

async function tokenFrom(response: Response): Promise<Json> {
  const { status, body } = await reply(response);
  if (status !== 200) throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Sends FHIR requests with one token. */
export type Send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;

export function sender(simulator: Simulator, token: Json): Send {
  return async (method, path, body, headers = {}) => {
    const type = method === 'PATCH' ? 'application/json-patch+json' : 'application/fhir+json';
    const sent = {
      authorization: `Bearer ${token.access_token}`,
      ...(body === undefined ? {} : { 'content-type': type }),
    };
    const init = {
      method,
      headers: { ...sent, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    return reply(await fetch(`${simulator.fhirBase}${path}`, init));
  };
}

import { createHash, randomBytes } from 'node:crypto';
import type { Json } from '../sandbox/open-sandbox.ts';
import type { Simulator } from './simulator.ts';

/** Follows an authorization request as a browser without pages would, up to the app's redirect URL. */
export async function followAuthorization(authorizeUrl: string, redirectUrl: string): Promise<URL> {
  let at = new URL(authorizeUrl);
  while (!at.href.startsWith(redirectUrl)) {
    const answer = await fetch(at, { redirect: 'manual' });
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`the EHR answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    at = new URL(location, at);
  }
  return at;
}

/** What the browser hands to the service's `POST /smart/callback`. */
export interface Callback {
  code: string;
  state: string;
  tabSecret: string;
  /** Where the EHR names itself in its answer. */
  iss?: string;
}

/**
 * The launch of the app in the EHR, without a browser: click in the chart, the service's `POST /smart/launch`, the
 * EHR's redirects.
 * @param order `{user: 'Practitioner/dr-okafor', patient: 'sarah', …}`
 * @returns the body for the service's `POST /smart/callback`
 */
export async function launchApp(simulator: Simulator, serviceUrl: string, order: Json): Promise<Callback> {
  const { iss, launch } = await simulator.launch(order);
  const tabSecret = randomBytes(32).toString('base64url');
  const tabKeyHash = createHash('sha256').update(tabSecret).digest('base64url');
  const begun = await post(`${serviceUrl}/smart/launch`, { iss, launch, tabKeyHash });
  const back = await followAuthorization(String(begun.authorizeUrl), `${serviceUrl}/callback`);
  const [code, state, issuer] = ['code', 'state', 'iss'].map((name) => back.searchParams.get(name) ?? undefined);
  if (code === undefined || state === undefined)
    throw new Error(`the EHR came back with ${back.searchParams.get('error')}`);
  return { code, state, tabSecret, ...(issuer === undefined ? {} : { iss: issuer }) };
}

/** From the click in the chart to the app session: `{session, tenant, user, role, patient, launchId, …}`. */
export async function signInToApp(simulator: Simulator, serviceUrl: string, order: Json): Promise<Json> {
  return post(`${serviceUrl}/smart/callback`, await launchApp(simulator, serviceUrl, order));
}

async function post(url: string, body: unknown): Promise<Json> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`POST ${url}: ${answer.status} ${text.slice(0, 300)}`);
  return JSON.parse(text) as Json;
}

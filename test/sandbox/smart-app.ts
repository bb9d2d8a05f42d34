// A SMART app as the specification describes one, driven by hand: every redirect is looked at.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type FaceName, type Json, type OpenSandbox, type Reply, reply } from './open-sandbox.ts';

export const everyPatientScope = 'openid fhirUser launch launch/patient patient/*.rs';

export interface Answered {
  status: number;
  /** Where the answer leads, undefined when it is a page. */
  location: URL | undefined;
  text: string;
  cookies: string[];
}

/** One run of the authorization code flow; state, nonce and verifier belong to it. */
export class SmartApp {
  readonly ehr: OpenSandbox;
  readonly face: FaceName;
  readonly clientId: string;
  readonly state = randomUUID();
  readonly nonce = randomUUID();
  readonly verifier = randomBytes(32).toString('base64url');

  constructor(ehr: OpenSandbox, face: FaceName = 'native', clientId = 'intersession-app') {
    this.ehr = ehr;
    this.face = face;
    this.clientId = clientId;
  }

  get issuer(): string {
    return `${this.ehr.authUrl}/${this.face}`;
  }

  get redirectUri(): string {
    return `${this.ehr.service.url}/callback`;
  }

  params(more: Json = {}): URLSearchParams {
    const all: Json = {
      response_type: 'code',
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      scope: everyPatientScope,
      state: this.state,
      nonce: this.nonce,
      aud: this.ehr.base(this.face),
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    };
    return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== undefined));
  }

  authorize(more: Json = {}, init: RequestInit = {}): Promise<Answered> {
    return answered(`${this.issuer}/authorize?${this.params(more)}`, init);
  }

  /** The code of an authorization that needs nobody's answer. */
  async code(more: Json): Promise<string> {
    const { location, text } = await this.authorize(more);
    const code = location?.searchParams.get('code');
    if (!code) throw new Error(`no code: ${location?.href ?? text}`);
    return code;
  }

  async token(form: Json, headers: Record<string, string> = {}): Promise<Reply> {
    const identity = this.clientId === 'intersession-app' ? { client_id: this.clientId } : {};
    const body = new URLSearchParams({ ...identity, ...form });
    return reply(await fetch(`${this.issuer}/token`, { method: 'POST', body, headers }));
  }

  exchange(code: string, more: Json = {}, headers: Record<string, string> = {}): Promise<Reply> {
    const grant = { grant_type: 'authorization_code', code, redirect_uri: this.redirectUri };
    return this.token({ ...grant, code_verifier: this.verifier, ...more }, headers);
  }

  /** From a launch to the token response. */
  async signIn(order: Json, more: Json = {}): Promise<Json> {
    const { launch } = await makeLaunch(this.ehr, { face: this.face, ...order });
    const { status, body } = await this.exchange(await this.code({ launch, ...more }));
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  }

  /** One FHIR request with a token that a person authorized. */
  async fhir(token: string, method: string, path: string, body?: Json): Promise<Reply> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return reply(await fetch(`${this.ehr.base(this.face)}${path}`, init));
  }
}

export async function makeLaunch(ehr: OpenSandbox, order: Json): Promise<Json> {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(order) };
  const { status, body } = await reply(await fetch(`${ehr.url}/control/launch`, init));
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

export async function answered(url: string, init: RequestInit = {}): Promise<Answered> {
  const response = await fetch(url, { ...init, redirect: 'manual' });
  const to = response.headers.get('location');
  const text = await response.text();
  const location = to === null ? undefined : new URL(to, url);
  return { status: response.status, location, text, cookies: response.headers.getSetCookie() };
}

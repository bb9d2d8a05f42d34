import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';

export type FaceName = 'native' | 'notes-only';
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape; a wrong path fails the assertion
export type Json = Record<string, any>;

/** What a FHIR request answered. */
export interface Reply {
  status: number;
  headers: Headers;
  body: Json;
}

/** The homework service as the sandbox sees it: a client with a JWKS URL. */
export interface ServiceStub {
  url: string;
  /** Replaces the published key; later assertions are signed with it. */
  rotateKey(): Promise<void>;
  assertion(claims: Json, header?: Json): Promise<string>;
  /** The private half of the published key. */
  privateJwk(): JWK;
  close(): void;
}

export async function startServiceStub(): Promise<ServiceStub> {
  let published: JWK[] = [];
  let held: JWK = {};
  let sign: (claims: Json, header: Json) => Promise<string>;
  async function rotateKey() {
    const { privateKey, publicKey } = await generateKeyPair('ES384', { extractable: true });
    const kid = randomUUID();
    published = [{ ...(await exportJWK(publicKey)), kid, alg: 'ES384', use: 'sig' }];
    held = { ...(await exportJWK(privateKey)), kid, alg: 'ES384', use: 'sig' };
    sign = (claims, header) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'ES384', typ: 'JWT', kid, ...header }).sign(privateKey);
  }
  await rotateKey();
  const server: Server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rotateKey,
    assertion: (claims, header = {}) => sign(claims, header),
    privateJwk: () => held,
    close: () => server.close(),
  };
}

/** A sandbox at work with a client that has a token. */
export class OpenSandbox {
  readonly url: string;
  readonly authUrl: string;
  readonly dataDir: string;
  readonly service: ServiceStub;
  readonly #close: () => Promise<void>;
  readonly #tokens = new Map<string, string>();

  constructor(at: { url: string; authUrl: string }, dataDir: string, service: ServiceStub, close: () => Promise<void>) {
    this.url = at.url;
    this.authUrl = at.authUrl;
    this.dataDir = dataDir;
    this.service = service;
    this.#close = close;
  }

  tokenEndpoint(face: FaceName): string {
    return `${this.authUrl}/${face}/token`;
  }

  base(face: FaceName): string {
    return `${this.url}/fhir/${face}`;
  }

  claims(face: FaceName, more: Json = {}): Json {
    const now = Math.floor(Date.now() / 1000);
    const client = 'intersession-system';
    return {
      iss: client,
      sub: client,
      aud: this.tokenEndpoint(face),
      jti: randomUUID(),
      exp: now + 240,
      ...more,
    };
  }

  /** Asks for a token as a plain SMART backend client does. */
  async askToken(face: FaceName, scope: string, assertion?: string): Promise<Reply> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion ?? (await this.service.assertion(this.claims(face))),
    });
    return reply(await fetch(this.tokenEndpoint(face), { method: 'POST', body: form }));
  }

  async token(face: FaceName, scope = 'system/*.cruds'): Promise<string> {
    const key = `${face} ${scope}`;
    let token = this.#tokens.get(key);
    if (token === undefined) {
      const { status, body } = await this.askToken(face, scope);
      if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`);
      token = String(body.access_token);
      this.#tokens.set(key, token);
    }
    return token;
  }

  /** One FHIR request with a token for `scope`. */
  async fhir(
    face: FaceName,
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string>; scope?: string } = {},
  ): Promise<Reply> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${await this.token(face, options.scope)}`,
      ...(options.body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
      ...options.headers,
    };
    const body =
      options.body === undefined || typeof options.body === 'string' ? options.body : JSON.stringify(options.body);
    return reply(
      await fetch(`${this.base(face)}${path}`, { method, headers, ...(body === undefined ? {} : { body }) }),
    );
  }

  async fault(order: Json): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${this.url}/control/faults`, {
      method: 'POST',
      headers,
      body: JSON.stringify(order),
    });
    if (response.status !== 204) throw new Error(await response.text());
  }

  commits(): Json[] {
    return readLines(join(this.dataDir, 'sandbox/commits.ndjson'));
  }

  requests(): Json[] {
    return readLines(join(this.dataDir, 'sandbox/requests.ndjson'));
  }

  async close(): Promise<void> {
    await this.#close();
    this.service.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Starts a sandbox in this process on a free port and an empty folder. */
export async function openSandbox(more: { tokenSeconds?: number } = {}): Promise<OpenSandbox> {
  const service = await startServiceStub();
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const options = { port: 0, host: '127.0.0.1', dataDir, serviceUrl: service.url, ...more };
  const { url, authUrl, close } = await startSandbox(options);
  return new OpenSandbox({ url, authUrl }, dataDir, service, close);
}

/** The lines of an ndjson file; a last line without an end is an error. */
export function readLines(path: string): Json[] {
  const text = readFileSync(path, 'utf8');
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line is not complete');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Json);
}

export async function reply(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Json) };
}

/** A survey observation that both faces take. */
export function survey(more: Json = {}): Json {
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey', display: 'Survey' },
        ],
      },
    ],
    code: { coding: [{ system: 'https://example.org/codes', code: 'suds', display: 'Distress' }], text: 'Distress' },
    subject: { reference: 'Patient/sarah' },
    effectiveDateTime: '2026-03-02T10:00:00-05:00',
    valueInteger: 75,
    ...more,
  };
}

/** A homework task that native takes. */
export function task(more: Json = {}): Json {
  return {
    resourceType: 'Task',
    status: 'requested',
    intent: 'order',
    for: { reference: 'Patient/sarah' },
    authoredOn: '2026-03-01T15:30:00-05:00',
    ...more,
  };
}

import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { z } from 'zod';
import type { AppOptions, HttpTenant } from '../../src/http/app-options.ts';
import { createApp, mountDoors } from '../../src/http/create-app.ts';
import { layersOf } from '../../src/http/methods-at.ts';
import type { HomeworkRecord } from '../../src/record/homework-record.ts';
import { loadSigningKeys } from '../../src/record/keys/secrets.ts';
import { serverLimits } from '../../src/start/claim-port.ts';
import { openTestRecord, type TestRecord } from '../record/open-test-record.ts';

export const publicUrl = 'https://homework.example';
export const ehrBase = 'https://ehr.example/fhir';
export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly body: unknown;
}

export interface Call {
  readonly body?: unknown;
  /** Sent as it stands, in place of `body`. */
  readonly raw?: string | Uint8Array<ArrayBuffer> | URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  /** A bearer token; none when absent. */
  readonly token?: string;
}

/** The doors, open on a port of their own, over a record in memory. */
export interface Doors {
  readonly test: TestRecord;
  readonly url: string;
  readonly clientKey: JWK;
  /** Every route that is mounted, by its pattern. */
  readonly routes: readonly { readonly methods: readonly string[]; readonly path: string }[];
  call(method: string, path: string, call?: Call): Promise<Answer>;
  /** A signed assertion of the client `product`, with claims or header changed. */
  assertion(
    tenant: string,
    claims?: Record<string, unknown>,
    header?: Record<string, unknown>,
    key?: JWK,
  ): Promise<string>;
  /** An access token; default: of `product`, for all that it may ask. */
  token(tenant: string, scope?: string, clientId?: string): Promise<string>;
  /** Every line of log so far. */
  log(): string;
  /** Ends the service and starts it again on the same database: nothing is left of it but what is stored. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const tokenShape = z.object({ access_token: z.string() });

/**
 * Opens the doors with the client `product` for each tenant, which sees and writes all; `limited` may only read Tasks, `a` and
 * `b` have what they made themselves, and `watcher` sees all and writes its own.
 */
export async function openDoors(
  change: Partial<AppOptions> = {},
  /** What is different about each tenant. */
  ofTenant: (id: string) => Partial<HttpTenant> = () => ({}),
): Promise<Doors> {
  const test = await openTestRecord();
  const { record } = test;
  const clientKey = await newKey('product-1');
  const { d: _private, ...publicKey } = clientKey;
  const source = { jwks: { keys: [publicKey] } };
  const tenants: HttpTenant[] = [...record.tenants.values()].map((tenant) => ({
    ...tenant,
    fhirBase: ehrBase,
    vendor: 'generic',
    sources: [
      {
        ...source,
        clientId: 'product',
        name: 'Homework product (demo)',
        scopes: 'system/*.cruds',
        sees: 'tenant',
        writes: 'tenant',
      },
      { ...source, clientId: 'limited', scopes: 'system/Task.rs' },
      { ...source, clientId: 'a', scopes: 'system/*.cruds' },
      { ...source, clientId: 'b', scopes: 'system/*.cruds' },
      { ...source, clientId: 'watcher', scopes: 'system/*.cruds', sees: 'tenant' },
      { clientId: 'keyless', scopes: 'system/Task.rs' },
    ],
    ...ofTenant(tenant.id),
  }));
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const optionsOf = async (of: HomeworkRecord): Promise<AppOptions> => ({
    record: of,
    tenants,
    config: { publicUrl },
    logger,
    metrics: new Registry(),
    signingKeys: await loadSigningKeys(of.database, of.clock),
    health: () => ({ status: 'ready' }),
    ...change,
  });
  const options = await optionsOf(record);
  let server = await listening(options);
  const routes = layersOf(mountDoors({ ...options, metrics: new Registry() })).flatMap(({ route }) =>
    route === undefined
      ? []
      : [route.path].flat().map((path) => ({ methods: Object.keys(route.methods), path: String(path) })),
  );
  const doors: Doors = {
    test,
    get url() {
      return `http://127.0.0.1:${portOf(server)}`;
    },
    clientKey,
    routes,
    async call(method, path, { body, raw, headers = {}, token } = {}) {
      const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
      const bearer: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const payload = raw ?? (body === undefined ? null : JSON.stringify(body));
      const response = await fetch(`${doors.url}${path}`, {
        method,
        headers: { ...json, ...bearer, ...headers },
        body: payload,
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: asJson(text) };
    },
    async assertion(tenant, claims = {}, header = {}, key = clientKey) {
      const now = Math.floor(record.clock.now().getTime() / 1000);
      const alg = key.alg ?? 'ES384';
      return new SignJWT({
        iss: 'product',
        sub: 'product',
        aud: `${publicUrl}/oauth/${tenant}/token`,
        jti: randomUUID(),
        iat: now,
        exp: now + 240,
        ...claims,
      })
        .setProtectedHeader({ alg, typ: 'JWT', ...(key.kid === undefined ? {} : { kid: key.kid }), ...header })
        .sign(await importJWK(key, alg));
    },
    async token(tenant, scope = 'system/*.cruds', clientId = 'product') {
      const raw = new URLSearchParams({
        grant_type: 'client_credentials',
        scope,
        client_assertion_type: assertionType,
        client_assertion: await doors.assertion(tenant, { iss: clientId, sub: clientId }),
      });
      return tokenShape.parse((await doors.call('POST', `/oauth/${tenant}/token`, { raw })).body).access_token;
    },
    log: () => lines.join(''),
    async restart() {
      await ended(server);
      test.reopen();
      server = await listening(await optionsOf(test.record));
    },
    async close() {
      await ended(server);
      await test.close();
    },
  };
  return doors;
}

async function listening(options: AppOptions): Promise<Server> {
  const server = createServer(serverLimits, createApp(options));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const ended = (server: Server): Promise<unknown> =>
  new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });

/** A new ES384 key, private half included. */
export async function newKey(kid: string, alg = 'ES384'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return address.port;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { type Logger, pino } from 'pino';
import { appClients } from './auth/app-clients.ts';
import { authorizationServer } from './auth/authorization-server.ts';
import { readerClient, serviceClient } from './auth/clients.ts';
import { smartConfiguration } from './auth/smart-configuration.ts';
import { authorizationApp } from './authorization-app.ts';
import { chartRoutes } from './chart/chart-routes.ts';
import { controlRoutes } from './control-routes.ts';
import { loadDefinitions } from './definitions.ts';
import type { FaceName } from './face-name.ts';
import { type Face, faces as plainFaces } from './faces.ts';
import { Faults } from './faults.ts';
import { fhirEndpoint } from './fhir/fhir-endpoint.ts';
import type { FaceServer } from './fhir/served-face.ts';
import { listen, stopListening } from './listen.ts';
import { loopbackOnly } from './loopback-only.ts';
import { pageHeaders } from './page-headers.ts';
import type { SandboxOptions } from './parse-flags.ts';
import { Reviews } from './reviews.ts';
import { seedFace } from './seed/seed-face.ts';
import { Site } from './site.ts';
import { CommitLog } from './store/commit-log.ts';
import { openDatabase } from './store/open-database.ts';
import { RequestLog } from './store/request-log.ts';
import { ResourceStore } from './store/resource-store.ts';
import { vendorFace } from './vendors/registry.ts';

/** A running sandbox EHR. */
export interface Sandbox {
  /** e.g. `http://127.0.0.1:4001`, with the port that was assigned. */
  url: string;
  /** The origin of the authorization servers, e.g. `http://127.0.0.1:4002`. */
  authUrl: string;
  /** Stops listening, ends open connections and closes the files. */
  close(): Promise<void>;
}

/**
 * Starts the sandbox EHR: two FHIR faces with separate stores and one seed, or one that stands for a vendor, their
 * authorization servers, the chart page.
 * @throws Error with code EADDRINUSE when the port is busy
 */
export async function startSandbox(options: SandboxOptions, log: Logger = pino({ level: 'silent' })): Promise<Sandbox> {
  const dataDir = resolve(options.dataDir);
  const folder = join(dataDir, 'sandbox');
  // the ports first: their owner is the one process that may touch the files
  let apps: Apps | undefined;
  const serverOf = (name: keyof Apps) =>
    createServer((request, response) => {
      if (apps) return apps[name](request, response);
      response.writeHead(503, { 'Retry-After': '1' }).end();
    });
  const servers = { ehr: serverOf('ehr'), authorization: serverOf('authorization') };
  const stop = () => Promise.all([stopListening(servers.ehr), stopListening(servers.authorization)]);
  try {
    const url = await listen(servers.ehr, options.port, options.host);
    const authPort = options.authPort ?? (options.port === 0 ? 0 : options.port + 1);
    const authUrl = await listen(servers.authorization, authPort, options.host);
    const database = openDatabase(folder);
    const commits = new CommitLog(database, join(folder, 'commits.ndjson'));
    const requests = new RequestLog(join(folder, 'requests.ndjson'));
    apps = await buildApps({ url, authUrl, options, dataDir, folder, database, commits, requests, log });
    return {
      url,
      authUrl,
      async close() {
        await stop();
        requests.close();
        commits.close();
        database.close();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Apps {
  ehr: Express;
  authorization: Express;
}

interface Parts {
  url: string;
  authUrl: string;
  options: SandboxOptions;
  dataDir: string;
  folder: string;
  database: ReturnType<typeof openDatabase>;
  commits: CommitLog;
  requests: RequestLog;
  log: Logger;
}

async function buildApps(parts: Parts): Promise<Apps> {
  const { url, authUrl, options, folder, database, commits, requests, log } = parts;
  const definitions = loadDefinitions();
  const faces: readonly Face[] = options.vendor === undefined ? plainFaces : [vendorFace(options.vendor)];
  const faults = new Faults(faces.map(({ name }) => name));
  const servers = faces.map((product): FaceServer => {
    const { name } = product;
    const store = new ResourceStore(database, name, commits);
    seedFace(store, product.seed);
    const site = new Site(product, { traits: [...(options.traits ?? [])] });
    return {
      site,
      get face() {
        return site.face;
      },
      ...{ faces, store, definitions, base: `${url}/fhir/${name}`, authorization: endpoints(authUrl, name) },
      reviews: new Reviews(database, name),
    };
  });
  const byFace = (value: (server: FaceServer) => string) =>
    Object.fromEntries(servers.map((server) => [server.face.name, value(server)]));
  const clients = [
    serviceClient(options.serviceUrl),
    await readerClient(
      folder,
      byFace(({ authorization }) => authorization.token),
    ),
    ...appClients(folder, options.serviceUrl),
  ];
  const common = { clients, database, styleUrl: `${authUrl}/smart-style.json`, log };
  const tokenSeconds = options.tokenSeconds ?? 300;
  const authorizations = await Promise.all(
    servers.map((server) => authorizationServer({ server, tokenSeconds, ...common })),
  );

  const app = express();
  app.set('etag', false);
  app.disable('x-powered-by');
  app.get('/health', (_request, response) => {
    const { dataDir } = parts;
    const product = 'intersession-sandbox-ehr';
    const vendor = options.vendor ?? null;
    response.json({ status: 'ok', product, vendor, dataDir, authUrl, faces: byFace(({ base }) => base) });
  });
  for (const authorization of authorizations) {
    const { server } = authorization;
    app.get(`/fhir/${server.face.name}/.well-known/smart-configuration`, (_request, response) => {
      response.set('Access-Control-Allow-Origin', '*').json(smartConfiguration(server));
    });
    app.use(`/fhir/${server.face.name}`, fhirEndpoint({ server, authorization, faults, requests, log }));
  }
  const { serviceUrl } = options;
  const service = new URL(serviceUrl).origin;
  const here = loopbackOnly(options.host);
  app.use('/control', here, controlRoutes({ faults, authorizations, serviceUrl }));
  app.use(helmet(pageHeaders({ frames: [service, authUrl], forms: [service] })), here);
  app.use(chartRoutes(authorizations, serviceUrl));
  // shown inside the app, which is shown inside the chart; the chart may be open under either name of this machine
  const ancestors = [service, url, url.replace('//127.0.0.1', '//localhost')];
  return {
    ehr: app,
    authorization: authorizationApp(authorizations, {
      host: options.host,
      origins: { forms: [service], ancestors },
      faults,
    }),
  };
}

function endpoints(authUrl: string, face: FaceName): FaceServer['authorization'] {
  const issuer = `${authUrl}/${face}`;
  return {
    issuer,
    authorize: `${issuer}/authorize`,
    token: `${issuer}/token`,
    introspect: `${issuer}/introspect`,
    revoke: `${issuer}/revoke`,
    jwks: `${issuer}/jwks`,
  };
}

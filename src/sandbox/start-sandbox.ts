import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { type Logger, pino } from 'pino';
import { authorizationServer } from './auth/authorization-server.ts';
import { readerClient, serviceClient } from './auth/clients.ts';
import { smartConfiguration } from './auth/smart-configuration.ts';
import { chartRoutes } from './chart/chart-routes.ts';
import { controlRoutes } from './control-routes.ts';
import { loadDefinitions } from './definitions.ts';
import { type FaceName, faces } from './faces.ts';
import { Faults } from './faults.ts';
import type { FaceServer } from './fhir/face-server.ts';
import { fhirEndpoint } from './fhir/fhir-endpoint.ts';
import { loopbackOnly } from './loopback-only.ts';
import type { SandboxOptions } from './parse-flags.ts';
import { seedFace } from './seed/seed-face.ts';
import { CommitLog } from './store/commit-log.ts';
import { openDatabase } from './store/open-database.ts';
import { RequestLog } from './store/request-log.ts';
import { ResourceStore } from './store/resource-store.ts';

/** A running sandbox EHR. */
export interface Sandbox {
  /** e.g. `http://127.0.0.1:4001`, with the port that was assigned. */
  url: string;
  /** Stops listening, ends open connections and closes the files. */
  close(): Promise<void>;
}

/**
 * Starts the sandbox EHR: two FHIR faces with separate stores and one seed, their authorization servers, the chart page.
 * @throws Error with code EADDRINUSE when the port is busy
 */
export async function startSandbox(options: SandboxOptions, log: Logger = pino({ level: 'silent' })): Promise<Sandbox> {
  const dataDir = resolve(options.dataDir);
  const folder = join(dataDir, 'sandbox');
  // the port first: its owner is the one process that may touch the files
  let app: Express | undefined;
  const http = createServer((request, response) => {
    if (app) return app(request, response);
    response.writeHead(503, { 'Retry-After': '1' }).end();
  });
  const url = await listen(http, options);
  try {
    const database = openDatabase(folder);
    const commits = new CommitLog(database, join(folder, 'commits.ndjson'));
    const requests = new RequestLog(join(folder, 'requests.ndjson'));
    app = await buildApp({ url, options, dataDir, folder, database, commits, requests, log });
    return {
      url,
      async close() {
        await new Promise<void>((done) => {
          http.close(() => done());
          http.closeAllConnections();
        });
        requests.close();
        commits.close();
        database.close();
      },
    };
  } catch (error) {
    http.close();
    http.closeAllConnections();
    throw error;
  }
}

interface Parts {
  url: string;
  options: SandboxOptions;
  dataDir: string;
  folder: string;
  database: ReturnType<typeof openDatabase>;
  commits: CommitLog;
  requests: RequestLog;
  log: Logger;
}

async function buildApp({ url, options, dataDir, folder, database, commits, requests, log }: Parts): Promise<Express> {
  const definitions = loadDefinitions();
  const faults = new Faults();
  const servers = faces.map((face): FaceServer => {
    const store = new ResourceStore(database, face.name, commits);
    seedFace(store);
    const tokenEndpoint = `${url}/auth/${face.name}/token`;
    return { face, store, definitions, base: `${url}/fhir/${face.name}`, tokenEndpoint };
  });
  const byFace = (value: (server: FaceServer) => string) =>
    Object.fromEntries(servers.map((server) => [server.face.name, value(server)])) as Record<FaceName, string>;
  const clients = [
    serviceClient(options.serviceUrl),
    await readerClient(
      folder,
      byFace(({ tokenEndpoint }) => tokenEndpoint),
    ),
  ];

  const app = express();
  app.set('etag', false);
  app.disable('x-powered-by');
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok', product: 'intersession-sandbox-ehr', dataDir, faces: byFace(({ base }) => base) });
  });
  for (const server of servers) {
    const { face, base } = server;
    const issuer = `${url}/auth/${face.name}`;
    const provider = await authorizationServer({ face, issuer, fhirBase: base, clients, database, log });
    app.use(`/auth/${face.name}`, provider.callback());
    app.get(`/fhir/${face.name}/.well-known/smart-configuration`, (_request, response) => {
      response.json(smartConfiguration(face, issuer));
    });
    app.use(`/fhir/${face.name}`, fhirEndpoint({ server, provider, faults, requests, log }));
  }
  app.use('/control', loopbackOnly(options.host), controlRoutes(faults));
  app.use(helmet(pageHeaders), loopbackOnly(options.host), chartRoutes(servers));
  return app;
}

/** The chart page loads nothing but its own style sheet and script, and runs in nobody's frame. */
const pageHeaders = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false, // loopback without TLS
};

async function listen(http: Server, { port, host }: SandboxOptions): Promise<string> {
  await new Promise<void>((done, failed) => {
    http.once('error', failed);
    http.listen(port, host, () => {
      http.off('error', failed);
      done();
    });
  });
  const { port: assigned } = http.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${assigned}`;
}

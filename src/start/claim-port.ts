import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config/read-config.ts';
import { IntersessionError } from '../foundation/intersession-error.ts';

/** A port that is ours; until `serve` it answers 503. */
export interface ClaimedPort {
  readonly number: number;
  serve(app: RequestListener): void;
  /** From now on answers 503: what would be asked of a request is being taken down. */
  stopServing(): void;
  close(): Promise<void>;
}

/**
 * Node bears a slow request for five minutes; who needs longer than this for headers, or for all of it, holds a connection. And it
 * closes an idle connection after five seconds: a proxy that keeps its own for a minute then sends a request into one that is
 * just closing, and its caller is told 502, or nothing.
 */
export const serverLimits = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 75_000,
} as const;

/** Answers 503 in these words, and takes no further request on this connection. */
const unavailable =
  (status: string): RequestListener =>
  (_request, response) => {
    response
      .writeHead(503, { 'content-type': 'application/json', 'retry-after': '1', connection: 'close' })
      .end(JSON.stringify({ status }));
  };

/**
 * Listens at once, before anything else is opened, so that two services never start on one port.
 * @throws `port-busy`; `configuration-invalid` when nobody could listen there
 */
export function claimPort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<ClaimedPort> {
  let app = unavailable('starting');
  const server = createServer(serverLimits, (request, response) => app(request, response));
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const code = 'code' in cause ? cause.code : undefined;
      reject(code === 'EADDRINUSE' ? busy({ port, host }, cause) : unusable({ port, host }, code, cause));
    });
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      resolve({
        number: address.port,
        serve(next) {
          app = next;
        },
        stopServing() {
          app = unavailable('stopping');
        },
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeIdleConnections();
            setTimeout(() => server.closeAllConnections(), 2_000).unref();
          }),
      });
    });
  });
}

function busy(at: { port: number; host: string }, cause: Error): IntersessionError {
  const message = `Port ${at.port} on ${at.host} is taken by another process; stop it or choose another PORT`;
  return new IntersessionError('port-busy', at, message, { cause });
}

/** An address that is none of this machine's, or a port that only root may take. */
function unusable({ port, host }: { port: number; host: string }, code: unknown, cause: Error): IntersessionError {
  const issues = [{ variable: 'HOST and PORT', problem: `cannot listen on ${host}, port ${port} (${String(code)})` }];
  const message = `Configuration: HOST and PORT: ${issues[0]?.problem}`;
  return new IntersessionError('configuration-invalid', { issues }, message, { cause });
}

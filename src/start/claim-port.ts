import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config.ts';
import { IntersessionError } from '../homework/errors.ts';

/** A port that is ours; until `serve` it answers 503. */
export interface ClaimedPort {
  readonly number: number;
  serve(app: RequestListener): void;
  close(): Promise<void>;
}

/**
 * Listens at once, before anything else is opened, so that two services never start on one port.
 * @throws `port-busy`; `configuration-invalid` when nobody could listen there
 */
export function claimPort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<ClaimedPort> {
  let app: RequestListener = (_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' }).end('{"status":"starting"}');
  };
  const server = createServer((request, response) => app(request, response));
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

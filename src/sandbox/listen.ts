import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Listens and tells the address with the port that was assigned, e.g. `http://127.0.0.1:4001`.
 * @throws Error with code EADDRINUSE when the port is busy
 */
export async function listen(http: Server, port: number, host: string): Promise<string> {
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

/** Stops listening and ends open connections. */
export async function stopListening(http: Server): Promise<void> {
  await new Promise<void>((done) => {
    http.close(() => done());
    http.closeAllConnections();
  });
}

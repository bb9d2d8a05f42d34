import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** How a request is answered. `redirects`: to the same path at `elsewhere`; `mute`: it takes the request and says nothing; `endless`: as fast as it is read; `bomb`: little on the wire, much unpacked. */
export type Manner = 'well' | 'redirects' | 'mute' | 'drips-headers' | 'drips-body' | 'endless' | 'bomb';

/** 64 MB, in 64 kB. */
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));

/** An EHR that answers each type of resource in a manner of its own. */
export interface SlowServer {
  readonly base: string;
  /** Asked for each request. */
  manner: (method: string, path: string) => Manner;
  /** Where a redirect leads, an origin. */
  elsewhere: string;
  /** Paths asked for, in their order. */
  readonly asked: string[];
  /** Connections that are open now. */
  open(): number;
  close(): Promise<void>;
}

/** @param answer what it answers when it answers well, by path after the base */
export async function startSlowServer(answer: (path: string, base: string) => unknown): Promise<SlowServer> {
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  const server: Server = createServer((request, response) => void respond(request, response));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
  const slow: SlowServer = {
    base,
    manner: () => 'well',
    elsewhere: '',
    asked,
    open: () => sockets.size,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for await (const _chunk of request);
    const path = (request.url ?? '/').replace(/^\/fhir\/?/, '');
    asked.push(`${request.method} ${path.split('?')[0]}`);
    const json = { 'content-type': 'application/fhir+json' };
    const again = (ms: number, write: () => void): void => {
      const timer = setInterval(write, ms);
      response.once('close', () => clearInterval(timer));
    };
    switch (slow.manner(request.method ?? 'GET', path)) {
      case 'mute':
        return;
      case 'redirects':
        // one that would have a POST sent again as it is
        response.writeHead(307, { location: `${slow.elsewhere}${request.url}` }).end();
        return;
      case 'drips-headers':
        request.socket.write('HTTP/1.1 200 OK\r\n');
        // so slowly that no limit of headers ends it either: 16 kB are minutes
        again(100, () => request.socket.write('x-slow: 1\r\n'));
        request.socket.once('close', () => response.destroy());
        return;
      case 'drips-body':
        response.writeHead(200, json);
        return again(10, () => response.write(' '));
      case 'endless': {
        response.writeHead(200, json);
        const piece = Buffer.alloc(1024 * 1024, ' ');
        const more = (): void => {
          while (!response.destroyed && response.write(piece));
        };
        response.on('drain', more);
        return more();
      }
      case 'bomb':
        response.writeHead(200, { ...json, 'content-encoding': 'gzip' });
        response.end(bomb);
        return;
      default: {
        const body = answer(path, base);
        response.writeHead(body === undefined ? 404 : 200, json);
        response.end(body === undefined ? '' : JSON.stringify(body));
      }
    }
  }
  return slow;
}

import { request } from 'node:http';
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** One request as it stands, without what `fetch` would tidy up; headers as bytes of latin-1. */
export function sendRequest(
  url: string,
  {
    method,
    path,
    headers,
    body,
  }: { method: string; path: string; headers: Record<string, string>; body?: string | undefined },
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    // kept alive, as one that closes at once may be reset while a refused body is still on its way
    // and framed, which Node does of itself for no DELETE: what follows a request without a length is the next request
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const kept = { connection: 'keep-alive', ...length, ...headers };
    const sent = request(url, { method, path, headers: kept, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        sent.destroy();
      });
      answer.on('error', (error) => resolve({ status: 0, headers: {}, text: error.message }));
    });
    // no answer at all: told as such, for a connection that just breaks is a fault too
    sent.on('error', (error) => resolve({ status: 0, headers: {}, text: error.message }));
    sent.end(body);
  });
}

/** Writes these bytes to the port and answers what came back until the other side closed. */
export function sendBytes(url: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    // what is refused early may be reset while we still write
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

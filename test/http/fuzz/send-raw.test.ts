import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendRequest } from './send-raw.ts';

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    response.end(`${request.method} ${await text(request)}`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
});

/** Without a length a body is the next request on the connection, and its breaking off takes the first one's answer with it. */
it.each(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'POST', 'PUT', 'PATCH'])(
  '%s brings its body as its own, and is answered',
  async (method) => {
    const answer = await sendRequest(url, { method, path: '/', headers: {}, body: '{"wörter":"größer"}' });
    expect(answer).toMatchObject({ status: 200, text: method === 'HEAD' ? '' : `${method} {"wörter":"größer"}` });
  },
);

it.each(['DELETE', 'POST'])('%s without a body has none', async (method) => {
  expect((await sendRequest(url, { method, path: '/', headers: {} })).text).toBe(`${method} `);
});

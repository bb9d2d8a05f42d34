import { afterEach, expect, it } from 'vitest';
import { type ClaimedPort, claimPort, serverLimits } from '../../src/start/claim-port.ts';
import { sendBytes } from '../http/fuzz/send-raw.ts';

let port: ClaimedPort | undefined;
afterEach(() => port?.close());
const open = async () => {
  port = await claimPort({ host: '127.0.0.1', port: 0 });
  return { claimed: port, url: `http://127.0.0.1:${port.number}` };
};

it('answers 503 with Retry-After before it serves, and from when it is told to stop', async () => {
  const { claimed, url } = await open();
  const said = async () => {
    const answer = await fetch(url);
    return [answer.status, answer.headers.get('retry-after'), await answer.text()];
  };
  expect(await said()).toEqual([503, '1', '{"status":"starting"}']);
  claimed.serve((_request, response) => response.end('served'));
  expect(await said()).toEqual([200, null, 'served']);
  claimed.stopServing();
  expect(await said()).toEqual([503, '1', '{"status":"stopping"}']);
});

it('closes while a request is under way that never ends', async () => {
  const { claimed, url } = await open();
  const begun = Promise.withResolvers<void>();
  claimed.serve(() => begun.resolve());
  const answer = sendBytes(url, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await begun.promise;
  const started = performance.now();
  await claimed.close();
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(await answer).toBe('');
});

it('bears no request that comes drop by drop for minutes', () => {
  expect(serverLimits.headersTimeout).toBeLessThanOrEqual(15_000);
  expect(serverLimits.requestTimeout).toBeLessThanOrEqual(30_000);
});

/** The one that closes first loses what the other has just begun to send: it must be the one that asks. */
it('keeps a connection for its next request longer than the usual proxy does', async () => {
  const { claimed, url } = await open();
  claimed.serve((_request, response) => response.end('served'));
  const seconds = Number(/timeout=(\d+)/.exec((await fetch(url)).headers.get('keep-alive') ?? '')?.[1]);
  expect(seconds).toBeGreaterThan(60);
});

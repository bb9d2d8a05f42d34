import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { callServer } from '../../src/cli/call-server.ts';
import { isForbiddenPort } from '../../src/config/forbidden-ports.ts';

const refusedByFetch = async (port: number): Promise<boolean> => {
  const signal = AbortSignal.timeout(50);
  const error = await fetch(`http://127.0.0.1:${port}/`, { signal }).catch((value: unknown) => value);
  return error instanceof Error && error.cause instanceof Error && error.cause.message === 'bad port';
};

it('knows every port that fetch refuses, and no other', async () => {
  const candidates = [
    ...Array(1100).keys(),
    1719,
    1720,
    1723,
    2049,
    3659,
    4000,
    4045,
    4190,
    5000,
    5060,
    5061,
    6000,
    6566,
  ];
  for (const port of [...candidates, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 8080, 10080, 65_535]) {
    // undici takes port 0 for a port; nobody listens there
    if (port !== 0) expect(isForbiddenPort(port), String(port)).toBe(await refusedByFetch(port));
  }
}, 60_000);

it('is what the CLI says of such a port, and not that nothing runs there', async () => {
  await expect(callServer('http://127.0.0.1:4190/x')).rejects.toThrow('fetch connects to port 4190 on no account');
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
  await new Promise((resolve) => server.close(resolve));
  await expect(callServer(`http://127.0.0.1:${port}/x`)).rejects.toThrow('does not answer; is it running?');
});

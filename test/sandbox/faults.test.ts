import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type OpenSandbox, openSandbox, task } from './open-sandbox.ts';

let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
  await ehr.token('native');
});
afterAll(() => ehr.close());
afterEach(() => fetch(`${ehr.url}/control/faults`, { method: 'DELETE' }));

const post = () => ehr.fhir('native', 'POST', '/Task', { body: task() });
const order = { face: 'native', method: 'POST', type: 'Task', times: 1 };

it('drop-before-commit: no answer, nothing written', async () => {
  const before = ehr.commits().length;
  await ehr.fault({ ...order, action: 'drop-before-commit' });
  await expect(post()).rejects.toThrow();
  expect(ehr.commits()).toHaveLength(before);
  expect(ehr.requests().at(-1)).toMatchObject({ method: 'POST', type: 'Task', status: 0 });
  expect((await post()).status).toBe(201);
});

it('drop-after-commit: no answer, yet written', async () => {
  const before = ehr.commits().length;
  await ehr.fault({ ...order, action: 'drop-after-commit' });
  await expect(post()).rejects.toThrow();
  expect(ehr.commits()).toHaveLength(before + 1);
});

it('status: as often as ordered, with Retry-After', async () => {
  await ehr.fault({ ...order, action: 'status', status: 503, retryAfterSeconds: 7, times: 2 });
  expect((await ehr.fhir('native', 'GET', '/Task')).status).toBe(200); // another method
  const refused = await post();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '7']);
  expect([(await post()).status, (await post()).status]).toEqual([503, 201]);
});

it('a transaction is type Bundle; delay answers in the end', async () => {
  await ehr.fault({ face: 'native', type: 'Bundle', action: 'status', status: 429, times: 1 });
  const bundle = { body: { resourceType: 'Bundle', type: 'transaction', entry: [] } };
  expect((await ehr.fhir('native', 'POST', '', bundle)).status).toBe(429);
  await ehr.fault({ face: 'native', action: 'delay', delayMs: 30, times: 1 });
  expect((await ehr.fhir('native', 'POST', '', bundle)).status).toBe(200);
});

it('type token disturbs the token endpoint only, and no other order does', async () => {
  await ehr.fault({ face: 'native', action: 'status', status: 500, times: 1 });
  expect((await ehr.askToken('native', 'system/*.rs')).status).toBe(200);
  expect((await post()).status).toBe(500);
  await ehr.fault({ face: 'native', type: 'token', action: 'status', status: 503, retryAfterSeconds: 3, times: 1 });
  expect((await post()).status).toBe(201);
  const refused = await ehr.askToken('native', 'system/*.rs');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '3']);
  await ehr.fault({ face: 'native', type: 'authorize', action: 'drop-before-commit', times: 1 });
  await expect(fetch(`${ehr.authUrl}/native/authorize`)).rejects.toThrow();
  expect((await ehr.askToken('native', 'system/*.rs')).status).toBe(200);
});

it('DELETE takes all back; an order with unknown or missing fields is refused', async () => {
  await ehr.fault({ ...order, action: 'status', status: 500, times: 9 });
  await fetch(`${ehr.url}/control/faults`, { method: 'DELETE' });
  expect((await post()).status).toBe(201);
  await expect(ehr.fault({ ...order, action: 'explode' })).rejects.toThrow('action');
  await expect(ehr.fault({ ...order, action: 'status' })).rejects.toThrow('status');
  await expect(ehr.fault({ ...order, action: 'delay', delayMs: 1, colour: 'red' })).rejects.toThrow('colour');
});

it('is closed to pages of other hosts', async () => {
  const { request } = await import('node:http');
  const status = await new Promise<number | undefined>((done) => {
    const { port } = new URL(ehr.url);
    const headers = { host: 'rebound.example' };
    request({ port, host: '127.0.0.1', path: '/control/faults', method: 'DELETE', headers }, (response) => {
      response.resume();
      done(response.statusCode);
    }).end();
  });
  expect(status).toBe(403);
});

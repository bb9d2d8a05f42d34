import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Gateway, openGateway } from '../../src/ehr/gateway.ts';
import { searchAll } from '../../src/ehr/search-all.ts';
import { watchCircuits } from '../../src/ehr/watch-circuits.ts';

const clock = { now: () => new Date('2026-03-01T15:00:00.000Z') };
let server: Server;
let base: string;
let gateway: Gateway;
let heard: { url: string; headers: IncomingMessage['headers'] }[];
/** What it answers, by what is asked. */
let answer: (url: string) => { readonly status?: number; readonly body: unknown };
/** Tokens that were asked for, and refused; places that were taken. */
let steps: string[];
let token: () => string;
beforeEach(async () => {
  heard = [];
  steps = [];
  token = () => 'Bearer own';
  answer = () => ({ body: { resourceType: 'Task', id: '1' } });
  server = createServer((request, response) => {
    request.resume();
    heard.push({ url: request.url ?? '', headers: request.headers });
    const { status = 200, body } = answer(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
  gateway = openGateway({
    ...{ base, circuits: watchCircuits({ clock }), clock, connections: 1, timeoutMs: 3_000 },
    authorizer: {
      authorization: async () => {
        steps.push('token');
        return token();
      },
      refused: (header) => void steps.push(`refused ${header}`),
    },
    limit: (work, lane) => {
      steps.push(`place to ${lane}`);
      return work();
    },
  });
});
afterEach(async () => {
  await gateway.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'login' }] };
const task = { method: 'POST', path: 'Task', body: { resourceType: 'Task' }, attemptId: 'a' } as const;

describe('a read', () => {
  it('carries the token, and wants no answer from a minute ago', async () => {
    expect(await gateway.get('Task/1', 'Task')).toMatchObject({ ok: true });
    expect(heard[0]?.headers).toMatchObject({
      ...{ authorization: 'Bearer own', 'cache-control': 'no-cache', accept: 'application/fhir+json' },
    });
  });

  it('of what is open carries no token, and takes no place', async () => {
    expect(await gateway.getOpen('Task/1', 'Task')).toMatchObject({ ok: true });
    expect([heard[0]?.headers.authorization, steps]).toEqual([undefined, []]);
  });

  it.each([
    ...['https://evil.example/fhir/Task/1', '//evil.example/fhir/Task/1', 'HTTPS://evil.example/', 'ftp://127.0.0.1/'],
    ...['http://127.0.0.1:1/fhir/Task/1', 'javascript:alert(1)', 'file:///etc/passwd'],
  ])('of %s is refused before a token or a place is asked for', (address) => {
    expect(() => gateway.get(address, 'Task')).toThrow(/^not sent/);
    expect(steps).toEqual([]);
  });

  it('that is refused for its token is tried once more with another, and no more than once', async () => {
    answer = () => ({ status: 401, body: outcome });
    let count = 0;
    token = () => {
      count += 1;
      return `Bearer ${count}`;
    };
    expect(await gateway.get('Task/1', 'Task')).toMatchObject({ failure: { disposition: 'refresh-token' } });
    expect(heard.map(({ headers }) => headers.authorization)).toEqual(['Bearer 1', 'Bearer 2']);
    expect(steps).toEqual(['place to read', 'token', 'refused Bearer 1', 'token']);
  });
});

describe('a write', () => {
  it('whose time to begin was over when its turn came is not sent', async () => {
    expect(await gateway.write({ ...task, mayBegin: () => false })).toMatchObject({
      ...{ ok: false, failure: { disposition: 'retry', outcome: expect.stringContaining('not sent') } },
    });
    expect(heard).toEqual([]);
    answer = () => ({ status: 201, body: { resourceType: 'Task', id: '1' } });
    await gateway.write({ ...task, mayBegin: () => true });
    expect(heard).toHaveLength(1);
  });

  it('says when its bytes have left, before its answer is judged, and never where they did not', async () => {
    const order: string[] = [];
    await gateway.write({ ...task, onSent: () => order.push('sent') }).then(() => order.push('answered'));
    expect(order).toEqual(['sent', 'answered']);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const never = await gateway.write({ ...task, onSent: () => order.push('sent again') });
    expect([never.ok, order]).toEqual([false, ['sent', 'answered']]);
    server.listen(0, '127.0.0.1');
  });
});

describe('a search', () => {
  const page = (next: number | undefined) => ({
    ...{ resourceType: 'Bundle', type: 'searchset', entry: [{ resource: { resourceType: 'Task', id: '1' } }] },
    link: next === undefined ? [] : [{ relation: 'next', url: `Task?page=${next}` }],
  });
  const numberOf = (url: string) => Number(/page=(\d+)/.exec(url)?.[1] ?? 1);

  it.each([
    [1, true],
    [20, true],
    [21, false],
  ])('of %i pages is read to its end: %s', async (pages, whole) => {
    answer = (url) => ({ body: page(numberOf(url) < pages ? numberOf(url) + 1 : undefined) });
    const found = await searchAll(gateway, 'Task', new URLSearchParams({ patient: '1' }));
    expect([found.ok, heard.length]).toEqual([whole, Math.min(pages, 20)]);
    // what was read of it is not all, so it is nothing
    if (!found.ok)
      expect(found.failure).toMatchObject({
        disposition: 'reject',
        outcome: expect.stringContaining('more than 20 pages'),
      });
  });

  it('follows next links of its own host, however they are spelled, and leaves out what is not of the type', async () => {
    const pageOf = (id: string, next?: string) => ({
      resourceType: 'Bundle',
      entry: [{ resource: { resourceType: 'Task', id } }, { resource: { ...outcome, issue: [] } }],
      link: next === undefined ? [] : [{ relation: 'next', url: next }],
    });
    const pages: Record<string, unknown> = {
      '/fhir/Task?patient=1': pageOf('1', `${base}?page=2`),
      '/fhir?page=2': pageOf('2', '/fhir/Task?page=3'),
      '/fhir/Task?page=3': pageOf('3', 'Task?page=4'),
      '/fhir/Task?page=4': pageOf('4'),
    };
    answer = (url) => ({ body: pages[url] });
    const found = await searchAll(gateway, 'Task', new URLSearchParams({ patient: '1' }));
    expect(found.ok && found.resources.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
  });

  it('whose pages go round in a circle ends', async () => {
    answer = () => ({ body: page(2) });
    expect(await searchAll(gateway, 'Task', new URLSearchParams({ patient: '1' }))).toMatchObject({ ok: false });
    expect(heard).toHaveLength(20);
  });
});

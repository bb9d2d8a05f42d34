import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProbeStore } from '../../src/ehr/ehr-tenant.ts';
import { type Ehr, openEhr } from '../../src/ehr/open-ehr.ts';
import { newPrivateJwk } from '../delivery/open-delivery.ts';

const clock = { now: () => new Date('2026-03-02T15:00:00Z') };
const store: ProbeStore = {
  load: async () => undefined,
  save: async () => {},
  corrections: async () => [],
  correct: async () => {},
  successes: async () => [],
  succeeded: async () => undefined,
  forgetCorrections: async () => {},
};

describe('a write', () => {
  let server: Server;
  let seen: { headers: IncomingMessage['headers']; url: string | undefined; method: string | undefined };
  let respond: (
    request: IncomingMessage,
  ) => { status: number; headers?: Record<string, string>; body?: unknown } | 'drop';
  let local: Ehr;
  beforeEach(async () => {
    server = createServer((request, response) => {
      seen = { headers: request.headers, url: request.url, method: request.method };
      request.resume().on('end', () => {
        const answer = respond(request);
        if (answer === 'drop') request.socket.destroy();
        else
          response
            .writeHead(answer.status, answer.headers)
            .end(answer.body === undefined ? '' : JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const fhirBase = `http://127.0.0.1:${port}/fhir`;
    const signingKey = { kid: 'test', privateJwk: await newPrivateJwk() };
    const tenant = { id: 'north', fhirBase, vendor: 'generic', auth: 'none', limits: {} } as const;
    local = openEhr(tenant, { signingKey, clock, store, timeoutMs: 1000 });
  });
  afterEach(async () => {
    await local.close();
    server.closeAllConnections();
    server.close();
  });
  const write = (onSent?: () => void) =>
    local.write({
      method: 'PUT',
      path: 'Task/17',
      body: { resourceType: 'Task' },
      attemptId: 'try-1',
      ifMatch: '3',
      prefer: 'minimal',
      onSent,
    });

  it('carries the attempt, the version and the preference, and reads where it stands', async () => {
    respond = () => ({ status: 200, headers: { etag: 'W/"4"', location: `${local.base}/Task/17/_history/4` } });
    const order: string[] = [];
    const answer = await write(() => order.push('sent')).finally(() => order.push('answered'));
    expect(answer).toMatchObject({ ok: true, status: 200, reference: 'Task/17', version: '4' });
    expect(seen).toMatchObject({ method: 'PUT', url: '/fhir/Task/17' });
    expect(seen.headers).toMatchObject({ 'if-match': 'W/"3"', 'x-request-id': 'try-1', prefer: 'return=minimal' });
    expect(order).toEqual(['sent', 'answered']);
  });

  it.each([
    [400, 'reject'],
    [401, 'refresh-token'],
    [403, 'reject'],
    [404, 'reject'],
    [405, 'reject'],
    [409, 'conflict'],
    [412, 'conflict'],
    [422, 'reject'],
    [429, 'retry'],
    [500, 'unknown'],
    [502, 'unknown'],
    [503, 'retry'],
    [504, 'unknown'],
    [302, 'reject'],
  ])('takes %i for %s', async (status, disposition) => {
    respond = () => ({
      status,
      headers: { 'retry-after': '7', location: 'https://evil.example/' },
      body: {
        resourceType: 'OperationOutcome',
        issue: [{ code: 'processing', details: { text: 'so it is' }, expression: ['Task.status'] }],
      },
    });
    expect(await write()).toEqual({
      ok: false,
      failure: { status, disposition, outcome: 'processing: so it is (Task.status)', retryAfterMs: 7000 },
    });
  });

  it('tells "never sent" from "sent, but no answer"', async () => {
    respond = () => 'drop';
    expect(await write()).toMatchObject({ ok: false, failure: { disposition: 'unknown' } });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await write()).toMatchObject({
      ok: false,
      failure: { disposition: 'retry', outcome: 'no answer: ECONNREFUSED' },
    });
  });
});

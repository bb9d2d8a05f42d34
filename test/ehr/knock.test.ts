import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPair } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ehr, openEhr } from '../../src/ehr/open-ehr.ts';
import { systemClock } from '../../src/foundation/clock.ts';
import { ehrConnections } from '../../src/start/ehr-connections.ts';

const statement = {
  resourceType: 'CapabilityStatement',
  rest: [{ mode: 'server', resource: [{ type: 'Patient', interaction: [{ code: 'read' }] }] }],
};
let server: Server;
let port: number;
let asked: string[] = [];
let ehr: Ehr;
/** An EHR that has no SMART configuration, as many. */
async function listen(at: number): Promise<void> {
  server = createServer((request, response) => {
    const path = request.url?.replace('/fhir/', '') ?? '';
    asked.push(path);
    const known: Record<string, object> = {
      metadata: statement,
      'Patient/sarah': { resourceType: 'Patient', id: 'sarah' },
    };
    response.writeHead(known[path] === undefined ? 404 : 200, { 'content-type': 'application/fhir+json' });
    response.end(JSON.stringify(known[path] ?? {}));
  });
  server.listen(at, '127.0.0.1');
  await once(server, 'listening');
}
async function hangUp(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
beforeEach(async () => {
  asked = [];
  await listen(0);
  port = (server.address() as AddressInfo).port;
  const { privateKey, publicKey } = await generateKeyPair('ES384');
  ehr = openEhr(
    { id: 't', fhirBase: `http://127.0.0.1:${port}/fhir`, vendor: 'generic', auth: 'none', limits: {} },
    {
      signingKey: { privateKey, publicKey } as never,
      clock: systemClock,
      store: {
        ...{ load: async () => undefined, save: async () => undefined, corrections: async () => [] },
        ...{ correct: async () => undefined, successes: async () => [], succeeded: async () => undefined },
        forgetCorrections: async () => undefined,
      },
    },
  );
});
afterEach(async () => {
  await ehr.close();
  await hangUp();
});

describe('an EHR at whose address nothing listens any more', () => {
  it('is silent, for want of a connection and not of time, without any homework on the way', async () => {
    await ehr.capabilities();
    expect(ehr.pulse()).toEqual({ state: 'answers' });
    await hangUp();
    await ehr.knock(60_000);
    // something was heard a moment ago
    expect(ehr.pulse()).toEqual({ state: 'answers' });
    // the first goes to a connection that was left open, and breaks off
    await ehr.read('Patient', 'sarah');
    await ehr.knock(-1);
    await ehr.knock(-1);
    expect(ehr.pulse()).toMatchObject({ state: 'silent', how: 'unreached' });
    await listen(port);
    await ehr.knock(-1);
    expect(ehr.pulse()).toEqual({ state: 'answers' });
  });

  it('answers again as a whole once one request is answered, whatever was tried meanwhile', async () => {
    await hangUp();
    await ehr.standingOf('sarah');
    await ehr.read('Patient', 'jordan');
    expect(ehr.pulse()).toMatchObject({ state: 'silent', how: 'unreached', requestKinds: ['read Patient'] });
    await listen(port);
    await ehr.knock(-1);
    expect(ehr.pulse()).toEqual({ state: 'answers' });
    expect(asked).toEqual(['.well-known/smart-configuration']);
  });

  it('does not answer, on the page, although it did a moment before', async () => {
    const connection = ehrConnections(new Map([['t', ehr]]), systemClock).get('t');
    expect(await connection?.answers()).toBe(true);
    await hangUp();
    await ehr.read('Patient', 'sarah');
    expect(await connection?.answers()).toBe(false);
    await listen(port);
    expect(await connection?.answers()).toBe(true);
  });
});

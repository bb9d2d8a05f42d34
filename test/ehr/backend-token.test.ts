import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backendToken } from '../../src/ehr/backend-token.ts';
import { newPrivateJwk } from '../delivery/open-delivery.ts';

let server: Server;
let endpoint: string;
let asked = 0;
let answer: (count: number) => { status?: number; body: object };
let now: Date;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    asked += 1;
    const { status = 200, body } = answer(asked);
    response.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
});
beforeEach(() => {
  asked = 0;
  now = new Date('2026-03-01T15:00:00.000Z');
  answer = (count) => ({ body: { access_token: `t${count}`, token_type: 'bearer', expires_in: 300, scope: 's1' } });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function open(more: {
  fhirBase?: string;
  auth?: 'smart' | 'none';
  onGranted?: (scope: string) => Promise<void>;
}) {
  const { fhirBase = 'https://ehr.example/fhir', auth = 'smart', onGranted } = more;
  return backendToken({
    tenant: { id: 'north', fhirBase, vendor: 'generic', auth, systemClientId: 'service', limits: {} },
    signingKey: { kid: 'k', privateJwk: await newPrivateJwk() },
    clock: { now: () => now },
    timeoutMs: 3_000,
    tokenEndpoint: async () => endpoint,
    ...(onGranted === undefined ? {} : { onGranted }),
  });
}

describe('a token of the service itself', () => {
  it.each<[string, number, string]>([
    ['a second later', 1, 'Bearer t1'],
    ['31 s before it ends', 269, 'Bearer t1'],
    ['30 s before it ends', 270, 'Bearer t2'],
    ['long after it has ended', 86_400, 'Bearer t2'],
    // it was had while the clock was wrong: how old it is, nobody knows
    ['before it was had', -1, 'Bearer t2'],
    ['long before it was had', -86_400, 'Bearer t2'],
  ])('%s is %i s', async (_what, seconds, expected) => {
    const token = await open({});
    expect(await token.authorization()).toBe('Bearer t1');
    now = new Date(now.getTime() + seconds * 1000);
    expect(await token.authorization()).toBe(expected);
  });

  it('is asked for once, however many need it, and again when it was refused', async () => {
    const token = await open({});
    const all = await Promise.all([1, 2, 3].map(() => token.authorization()));
    expect([new Set(all), asked]).toEqual([new Set(['Bearer t1']), 1]);
    token.refused('Bearer of-somebody-else');
    expect(await token.authorization()).toBe('Bearer t1');
    token.refused('Bearer t1');
    expect(await token.authorization()).toBe('Bearer t2');
  });

  it('tells what was granted when that is new, and never what was not said', async () => {
    const told: string[] = [];
    const scopes = ['s1', 's1', undefined, 's2'];
    answer = (count) => ({ body: { access_token: `t${count}`, token_type: 'bearer', scope: scopes[count - 1] } });
    const token = await open({ onGranted: async (scope) => void told.push(scope) });
    for (const _scope of scopes) {
      token.refused(await token.authorization().then(String));
    }
    expect([told, token.grantedScope()]).toEqual([['s1', 's2'], 's2']);
  });

  it.each([
    ['invalid_grant', 'ehr-refused'],
    ['access_denied', 'ehr-refused'],
    ['invalid_client', 'app-not-registered'],
    ['invalid_scope', 'scopes-refused'],
  ])('that is refused with %s is %s: no person is asked here', async (error, code) => {
    answer = () => ({ status: 400, body: { error } });
    const fields = { tenant: 'north', problem: expect.stringContaining(error) };
    await expect((await open({})).authorization()).rejects.toMatchObject({ code, fields });
  });
});

describe('no token at all', () => {
  it.each(['http://localhost:8080/fhir', 'http://127.0.0.1/fhir', 'http://127.8.0.1:1/fhir', 'http://[::1]:8080/fhir'])(
    'is enough at %s, which is this machine',
    async (fhirBase) => {
      expect(await (await open({ fhirBase, auth: 'none' })).authorization()).toBeUndefined();
      expect(asked).toBe(0);
    },
  );

  it.each([
    ...['https://ehr.example/fhir', 'http://10.0.0.7/fhir', 'https://localhost.ehr.example/fhir'],
    ...['https://127.0.0.1.ehr.example/fhir', 'https://ehr.example/localhost', 'no address'],
  ])('is refused at %s', async (fhirBase) => {
    const message = 'EHR of north: auth "none" is only for a server on this machine';
    await expect((await open({ fhirBase, auth: 'none' })).authorization()).rejects.toMatchObject({
      ...{ code: 'ehr-unfit', message },
    });
  });
});

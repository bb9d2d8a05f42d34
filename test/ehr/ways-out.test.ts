import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EhrTenant, ProbeStore } from '../../src/ehr/ehr-tenant.ts';
import { type Ehr, openEhr } from '../../src/ehr/open-ehr.ts';
import { openSmartClient, type SmartClient } from '../../src/ehr/smart/open-smart-client.ts';
import { newPrivateJwk } from '../delivery/open-delivery.ts';
import { openFakeEhr } from '../http/smart/fake-authorization-server.ts';
import type { FakeEhr } from '../http/smart/fake-ehr.ts';
import { clientId, redirectUri } from '../http/smart/open-app.ts';
import { type SlowServer, startSlowServer } from './slow-server.ts';

/** Every way by which something of ours leaves for an EHR: whatever it is told, it goes nowhere else. */
const clock = { now: () => new Date('2026-03-01T15:00:00.000Z') };
const timeoutMs = 3_000;
const store: ProbeStore = {
  load: async () => undefined,
  save: async () => {},
  corrections: async () => [],
  correct: async () => {},
  successes: async () => [],
  succeeded: async () => undefined,
  forgetCorrections: async () => {},
};
const statement = {
  ...{ resourceType: 'CapabilityStatement', status: 'active', kind: 'instance', date: '2026-03-01' },
  ...{ fhirVersion: '4.0.1', format: ['json'], rest: [{ mode: 'server' }] },
};

let elsewhere: SlowServer;
beforeAll(async () => {
  if (!nock.isActive()) nock.activate();
  elsewhere = await startSlowServer(() => ({ resourceType: 'Task', id: '1', access_token: 'x', token_type: 'bearer' }));
});
beforeEach(() => {
  elsewhere.asked.length = 0;
});
afterAll(async () => {
  // it changes the process, which other files share
  nock.restore();
  await elsewhere.close();
});

describe('the service itself', () => {
  let server: SlowServer;
  let next = '';
  let tokenEndpoint: string | undefined;
  beforeEach(async () => {
    server = await startSlowServer((path, base) => {
      if (path === 'metadata') return statement;
      if (path.startsWith('.well-known')) return { token_endpoint: tokenEndpoint ?? `${base}/token` };
      if (path === 'token') return { access_token: 'own', token_type: 'bearer', expires_in: 3600 };
      if (!path.includes('?')) return { resourceType: 'Task', id: '1' };
      const link = [{ relation: 'next', url: next }];
      return { resourceType: 'Bundle', type: 'searchset', entry: [], ...(path.includes('page=2') ? {} : { link }) };
    });
    server.elsewhere = new URL(elsewhere.base).origin;
    next = `${server.base}/Task?page=2`;
    tokenEndpoint = undefined;
  });
  afterEach(() => server.close());

  async function open(more: Partial<EhrTenant> = {}): Promise<Ehr> {
    const tenant: EhrTenant = { id: 't', fhirBase: server.base, vendor: 'generic', auth: 'smart', limits: {}, ...more };
    const signingKey = { kid: 'test', privateJwk: await newPrivateJwk() };
    return openEhr({ systemClientId: 'service', ...tenant }, { signingKey, clock, store, timeoutMs });
  }
  const search = (ehr: Ehr) => ehr.search('Task', new URLSearchParams({ patient: 'sarah' }));
  const write = (ehr: Ehr) =>
    ehr.write({ method: 'POST', path: 'Task', body: { resourceType: 'Task' }, attemptId: 'a' });

  it.each<[string, (path: string) => boolean, (ehr: Ehr) => Promise<unknown>]>([
    ['its statement', (path) => path === 'metadata', (ehr) => ehr.rediscover()],
    ['its SMART configuration', (path) => path.startsWith('.well-known'), (ehr) => ehr.read('Task', '1')],
    ['its token endpoint', (path) => path === 'token', (ehr) => ehr.read('Task', '1')],
    ['a read', (path) => path === 'Task/1', (ehr) => ehr.read('Task', '1')],
    ['a search', (path) => path.startsWith('Task?patient'), search],
    ['the next page of a search', (path) => path.includes('page=2'), search],
    ['what it wrote', (path) => path === 'Task/1', (ehr) => ehr.readLocation(`${server.base}/Task/1`, 'Task')],
    ['a write', (path) => path === 'Task', write],
  ])('follows no redirect of %s', async (_what, redirects, way) => {
    const ehr = await open();
    let met = 0;
    server.manner = (_method, path) => {
      if (!redirects(path)) return 'well';
      met += 1;
      return 'redirects';
    };
    await way(ehr).catch(() => undefined);
    expect([met > 0, elsewhere.asked]).toEqual([true, []]);
    await ehr.close();
  });

  it.each<[string, () => string]>([
    ['another host', () => 'https://evil.example/fhir/Task?page=2'],
    ['another port of the same', () => `${elsewhere.base}/Task?page=2`],
    ['another host, relative to the scheme', () => '//evil.example/fhir/Task?page=2'],
    ['the same host without its TLS', () => server.base.replace('127.0.0.1', 'localhost')],
    ['no web at all', () => 'ftp://127.0.0.1/Task?page=2'],
    ['no address', () => 'http://'],
  ])('follows no next link to %s', async (_what, address) => {
    next = address();
    const ehr = await open();
    expect(await search(ehr)).toMatchObject({ ok: false, failure: { disposition: 'reject' } });
    expect(await ehr.readLocation(address(), 'Task')).toBeUndefined();
    expect(elsewhere.asked).toEqual([]);
    await ehr.close();
  });

  describe('with an EHR that names addresses in the clear', () => {
    const heard: string[] = [];
    beforeEach(() => {
      heard.length = 0;
      for (const host of ['http://auth.example', 'http://10.0.0.7', 'http://localhost.auth.example']) {
        for (const method of ['get', 'post'] as const) {
          nock(host)
            .persist()
            [method](/.*/)
            .reply((uri: string) => {
              heard.push(uri);
              return [200, { access_token: 'stolen', token_type: 'bearer' }];
            });
        }
      }
    });
    afterEach(() => {
      nock.cleanAll();
      nock.restore();
      nock.activate();
    });

    it.each(['http://auth.example/token', 'http://10.0.0.7/token', 'http://localhost.auth.example/token'])(
      'sends no assertion to %s',
      async (endpoint) => {
        tokenEndpoint = endpoint;
        const ehr = await open();
        const answer = await ehr.read('Task', '1');
        expect(answer).toMatchObject({ failure: { outcome: 'EHR of t: its token endpoint is not https' } });
        expect([heard, server.asked.includes('GET Task/1')]).toEqual([[], false]);
        await ehr.close();
      },
    );

    it('neither reads nor writes there', async () => {
      const ehr = await open({ fhirBase: 'http://auth.example/fhir', auth: 'none' });
      await ehr.rediscover().catch(() => undefined);
      expect(await write(ehr)).toMatchObject({ ok: false });
      expect(heard).toEqual([]);
      await ehr.close();
    });
  });
});

describe('a person’s client', () => {
  let north: FakeEhr;
  let client: SmartClient;
  beforeEach(async () => {
    north = await openFakeEhr({ clientId, redirectUri, authentication: { method: 'none' } }, clock.now);
    north.resources.set('Patient/sarah', { resourceType: 'Patient', id: 'sarah' });
    const tenant = { id: 'north', fhirBase: north.fhirBase, clientId, authentication: { method: 'none' as const } };
    client = openSmartClient(tenant, { clock, timeoutMs });
  });
  afterEach(() => north.close());

  /** A sign-in, a read, a refresh and a sign-out, as far as they come. */
  async function goAllTheWay(): Promise<unknown> {
    const verifier = 'v'.repeat(43);
    const codeChallenge = Buffer.from(
      await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)),
    ).toString('base64url');
    const [state, nonce] = ['s'.repeat(43), 'n'.repeat(43)];
    const launch = north.issueLaunch({ user: 'Practitioner/dr-okafor', patient: 'sarah' });
    try {
      const asked = await client.authorizeUrl({ state, nonce, codeChallenge, redirectUri, launch });
      const { location } = await north.authorize(asked.url);
      const code = location?.searchParams.get('code') ?? '';
      const given = { code, codeVerifier: verifier, nonce, redirectUri, asked: asked.scope };
      const { tokens } = await client.exchangeCode(given);
      await client.readPatient(tokens.accessToken, 'sarah');
      const fresh = await client.refresh(tokens);
      await client.revoke(fresh);
      return undefined;
    } catch (error) {
      return error;
    }
  }

  const openIdOnly = ({ jwks_uri: _none, ...said }: Record<string, unknown>) => said;

  it('goes all the way when nothing is wrong', async () => {
    expect(await goAllTheWay()).toBeUndefined();
    expect(north.requests).toEqual(expect.arrayContaining(['POST /auth/introspect', 'POST /auth/revoke']));
  });

  it.each([
    ['its SMART configuration', '/fhir/.well-known/smart-configuration'],
    ['its OpenID configuration', '/auth/.well-known/openid-configuration'],
    ['its key set', '/auth/jwks'],
    ['its token endpoint', '/auth/token'],
    ['its introspection', '/auth/introspect'],
    ['its revocation', '/auth/revoke'],
    ['a read', '/fhir/Patient/sarah'],
  ])('follows no redirect of %s', async (_what, path) => {
    if (path.endsWith('openid-configuration')) north.settings.configuration = openIdOnly;
    north.settings.redirects = { [path]: `${elsewhere.base}${path}` };
    await goAllTheWay();
    expect(north.requests.some((request) => request.endsWith(` ${path}`))).toBe(true);
    expect(elsewhere.asked).toEqual([]);
  });

  it.each([
    ['authorization_endpoint', 'authorization endpoint'],
    ['token_endpoint', 'token endpoint'],
    ['introspection_endpoint', 'introspection endpoint'],
    ['revocation_endpoint', 'revocation endpoint'],
    ['jwks_uri', 'key set'],
  ])('sends nobody and nothing to a %s in the clear', async (name, words) => {
    north.settings.configuration = (said) => ({ ...said, [name]: 'http://auth.example/x' });
    expect(await goAllTheWay()).toMatchObject({
      code: 'ehr-unfit',
      message: `EHR of north: its ${words} is not https`,
    });
    expect(north.tokenRequests).toEqual([]);
  });
});

import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Correction } from '../../src/ehr/correction.ts';
import type { EhrTenant, Probe, ProbeStore } from '../../src/ehr/ehr-tenant.ts';
import { type Ehr, openEhr } from '../../src/ehr/open-ehr.ts';

const base = 'https://ehr.example/fhir';
const statement = {
  resourceType: 'CapabilityStatement',
  rest: [{ mode: 'server', resource: [{ type: 'Task', interaction: [{ code: 'create' }] }] }],
};
const tenant: EhrTenant = {
  id: 'north',
  fhirBase: base,
  vendor: 'generic',
  auth: 'smart',
  systemClientId: 'client-1',
  systemScopes: 'system/Task.cruds',
  limits: {},
};
let now = new Date('2026-03-02T15:00:00Z');
let keys: CryptoKeyPair;
let ehr: Ehr;
let kept: Probe | undefined;
let corrections: readonly Correction[] = [];
const store: ProbeStore = {
  load: async () => kept,
  save: async (_tenant, probe) => {
    kept = probe;
  },
  corrections: async () => corrections,
  correct: async (_tenant, correction) => {
    corrections = [...corrections, correction];
  },
  successes: async () => [],
  succeeded: async () => undefined,
  forgetCorrections: async (_tenant, exceptDigest) => {
    corrections = corrections.filter(({ statementDigest }) => statementDigest === exceptDigest);
  },
};

async function open(more: Partial<EhrTenant> = {}): Promise<Ehr> {
  const signingKey = { kid: 'key-1', privateJwk: await exportJWK(keys.privateKey) };
  return openEhr({ ...tenant, ...more }, { signingKey, clock: { now: () => now }, store, timeoutMs: 1000 });
}

function discovery(): void {
  nock(base).get('/metadata').reply(200, statement);
  nock(base).get('/.well-known/smart-configuration').reply(200, { token_endpoint: 'https://auth.example/token' });
}
const granted = (token: string, scope = 'system/Task.cruds') => ({
  access_token: token,
  token_type: 'bearer',
  expires_in: 300,
  scope,
});

beforeAll(async () => {
  if (!nock.isActive()) nock.activate();
  keys = await generateKeyPair('ES384', { extractable: true });
});
// it changes the process, which other files share
afterAll(() => nock.restore());
beforeEach(async () => {
  nock.disableNetConnect();
  kept = undefined;
  now = new Date('2026-03-02T15:00:00Z');
  ehr = await open();
});
afterEach(async () => {
  await ehr.close();
  const pending = nock.pendingMocks();
  nock.cleanAll();
  nock.enableNetConnect();
  nock.restore();
  nock.activate();
  expect(pending).toEqual([]);
});

describe('backend services', () => {
  it('signs an assertion that a conforming server accepts, and uses one token for all', async () => {
    discovery();
    let form = new URLSearchParams();
    nock('https://auth.example')
      .post('/token', (body) => {
        form = new URLSearchParams(body);
        return true;
      })
      .reply(200, granted('one'));
    nock(base, { reqheaders: { authorization: 'Bearer one' } })
      .get('/Task/1')
      .reply(200, { resourceType: 'Task', id: '1' });
    nock(base, { reqheaders: { authorization: 'Bearer one' } })
      .get('/Task/2')
      .reply(404, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }] });
    const [first, second] = await Promise.all([ehr.read('Task', '1'), ehr.read('Task', '2')]);
    expect(first).toMatchObject({ ok: true, resource: { id: '1' } });
    expect(second).toMatchObject({ ok: false, failure: { status: 404, disposition: 'reject' } });
    expect(Object.fromEntries(form)).toMatchObject({ grant_type: 'client_credentials', scope: 'system/Task.cruds' });
    const assertion = form.get('client_assertion') ?? '';
    await jwtVerify(assertion, keys.publicKey, {
      audience: 'https://auth.example/token',
      issuer: 'client-1',
      currentDate: now,
    });
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: 'ES384', kid: 'key-1', typ: 'JWT' });
    const { exp = 0, iat = 0, jti, sub } = decodeJwt(assertion);
    expect(exp - iat).toBeLessThanOrEqual(300);
    // an EHR whose clock is two minutes off either way still takes it, and sees five minutes at most
    const seconds = now.getTime() / 1000;
    expect([exp > seconds + 120, exp <= seconds - 120 + 300, iat <= seconds - 120]).toEqual([true, true, true]);
    expect(sub).toBe('client-1');
    expect(jti).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gets another token 30 s before the old one ends, and once after a 401', async () => {
    discovery();
    const tokens = nock('https://auth.example').post('/token').reply(200, granted('one'));
    nock(base, { reqheaders: { authorization: 'Bearer one' } })
      .get('/Task/1')
      .reply(200, { resourceType: 'Task' });
    await ehr.read('Task', '1');
    expect(tokens.isDone()).toBe(true);
    now = new Date(now.getTime() + 271_000);
    nock('https://auth.example').post('/token').reply(200, granted('two'));
    nock(base, { reqheaders: { authorization: 'Bearer two' } })
      .get('/Task/1')
      .reply(401, {});
    nock('https://auth.example').post('/token').reply(200, granted('three'));
    nock(base, { reqheaders: { authorization: 'Bearer three' } })
      .get('/Task/1')
      .reply(401, {});
    expect(await ehr.read('Task', '1')).toMatchObject({ ok: false, failure: { disposition: 'refresh-token' } });
  });

  it('takes the landing table from the scopes granted, not from those asked for', async () => {
    discovery();
    nock('https://auth.example').post('/token').reply(200, granted('one', 'system/Task.rs'));
    const rows = await ehr.landings();
    expect(rows.find(({ artefact }) => artefact === 'plan')?.landing).toBe('app-only');
    expect(kept?.grantedScope).toBe('system/Task.rs');
  });

  it('says in codes that it got no token, and sends nothing then', async () => {
    discovery();
    nock('https://auth.example')
      .post('/token')
      .reply(400, { error: 'invalid_client', error_description: 'secret words' });
    const answer = await ehr.write({ method: 'POST', path: 'Task', body: { resourceType: 'Task' }, attemptId: 'a' });
    expect(answer).toMatchObject({ ok: false, failure: { disposition: 'retry' } });
    expect(JSON.stringify(answer)).toContain('invalid_client');
    expect(JSON.stringify(answer)).not.toContain('secret words');
  });

  it.each<[number, object | string, string]>([
    [401, { error: 'unauthorized_client' }, 'unauthorized_client'],
    [400, { error: 'invalid_scope' }, 'invalid_scope'],
    [400, { error: 'invalid_grant' }, 'invalid_grant'],
    [400, { error: 'access_denied' }, 'access_denied'],
    [404, '<html>', 'the token endpoint, 404: no OAuth error'],
    [200, { token_type: 'bearer' }, 'access_token of the token endpoint'],
    [200, { ...granted('one'), token_type: 'mac' }, 'token_type of the token endpoint'],
    [503, '', 'the token endpoint answered 503'],
  ])(
    'says of a token endpoint that answers %i %j what it said, not that nobody answered',
    async (status, body, words) => {
      discovery();
      nock('https://auth.example').post('/token').reply(status, body);
      const answer = await ehr.read('Task', '1');
      expect(answer).toMatchObject({ ok: false, failure: { disposition: 'retry' } });
      expect(JSON.stringify(answer)).toContain(words);
      expect(JSON.stringify(answer)).not.toMatch(/does not answer|sign-in/);
    },
  );

  it('keeps a token for as long as a number in text says', async () => {
    discovery();
    nock('https://auth.example')
      .post('/token')
      .reply(200, { ...granted('one'), expires_in: '3600' });
    nock(base).get('/Task/1').times(2).reply(200, { resourceType: 'Task', id: '1' });
    await ehr.read('Task', '1');
    now = new Date(now.getTime() + 3_000_000);
    expect(await ehr.read('Task', '1')).toMatchObject({ ok: true });
  });

  it('refuses a token endpoint without TLS, and auth "none" away from this machine', async () => {
    nock(base).get('/metadata').reply(200, statement);
    nock(base).get('/.well-known/smart-configuration').reply(200, { token_endpoint: 'http://auth.example/token' });
    expect(await ehr.read('Task', '1')).toMatchObject({ ok: false, failure: { disposition: 'retry' } });
    const open2 = await open({ auth: 'none' });
    expect(await open2.read('Task', '1')).toMatchObject({ ok: false, failure: { disposition: 'retry' } });
    await open2.close();
  });

  it.each<[number, object | string, string, RegExp]>([
    [200, { resourceType: 'Conformance', fhirVersion: '1.0.2' }, 'ehr-unfit', /Conformance.*DSTU2/],
    [200, { resourceType: 'CapabilityStatement' }, 'ehr-unfit', /no rest/],
    [200, '<html>', 'ehr-unfit', /not the EHR's answer/],
    [404, {}, 'ehr-unfit', /404/],
    [401, {}, 'ehr-unfit', /401/],
    [503, {}, 'ehr-unreachable', /503/],
    [429, {}, 'ehr-unreachable', /429/],
  ])('blames the network for nothing that was answered: metadata %i %j is %s', async (status, body, code, problem) => {
    nock(base)
      .get('/metadata')
      .times(status === 200 ? 2 : 1)
      .reply(status, body);
    nock(base).get('/.well-known/smart-configuration').reply(404, {});
    const asked = ehr.rediscover();
    await expect(asked).rejects.toMatchObject({ code, fields: { problem: expect.stringMatching(problem) } });
    nock.cleanAll();
  });

  it.each(['3.0.1', '4.3.0', '5.0.0'])(
    'promises nothing of an EHR that speaks %s, and says so',
    async (fhirVersion) => {
      nock(base)
        .get('/metadata')
        .reply(200, { ...statement, fhirVersion });
      nock(base).get('/.well-known/smart-configuration').reply(200, { token_endpoint: 'https://auth.example/token' });
      nock('https://auth.example').post('/token').reply(200, granted('one'));
      const rows = await ehr.landings();
      expect(new Set(rows.map(({ landing }) => landing))).toEqual(new Set(['app-only']));
      expect(rows[0]?.reason).toContain(fhirVersion);
    },
  );

  it('understands an EHR that is down by what it said before, and throws when it never said anything', async () => {
    nock(base).get('/metadata').times(2).replyWithError('down');
    nock(base).get('/.well-known/smart-configuration').times(2).replyWithError('down');
    await expect(ehr.capabilities()).rejects.toMatchObject({ code: 'ehr-unreachable', fields: { tenant: 'north' } });
    kept = {
      at: new Date(0),
      capabilityStatement: {
        ...statement,
        status: 'active',
        date: '',
        kind: 'instance',
        fhirVersion: '4.0.1',
        format: [],
        resourceType: 'CapabilityStatement',
        rest: [{ mode: 'server' }],
      },
    };
    expect((await ehr.capabilities()).interactions).toEqual({});
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EhrTenant, ProbeStore } from '../../src/ehr/ehr-tenant.ts';
import { type Ehr, openEhr } from '../../src/ehr/open-ehr.ts';
import { askServer } from '../../src/ehr/smart/ask-server.ts';
import { openSmartClient } from '../../src/ehr/smart/open-smart-client.ts';
import { systemClock } from '../../src/foundation/clock.ts';
import { newPrivateJwk } from '../delivery/open-delivery.ts';
import { type Manner, type SlowServer, startSlowServer } from './slow-server.ts';

/** A request may take so long here, in milliseconds. The server ends no slow answer by itself within the time of a test: what ends was left. */
const timeoutMs = 250;

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
  ...{ fhirVersion: '4.0.1', format: ['json'] },
  rest: [{ mode: 'server', resource: [{ type: 'Task', interaction: [{ code: 'create' }, { code: 'read' }] }] }],
};
let server: SlowServer;
let ehr: Ehr;
beforeEach(async () => {
  server = await startSlowServer((path, base) => {
    if (path === 'metadata') return statement;
    if (path.startsWith('.well-known')) return { token_endpoint: `${base}/token`, issuer: base };
    if (path === 'token') return { access_token: 'own', token_type: 'bearer', expires_in: 3600 };
    if (path.includes('?')) return { resourceType: 'Bundle', type: 'searchset', entry: [] };
    const [resourceType = '', id = '1'] = path.split('/');
    return { resourceType, id, meta: { versionId: '1' } };
  });
  ehr = await open();
});
afterEach(async () => {
  await ehr.close();
  await server.close();
});

async function open(more: Partial<EhrTenant> = {}): Promise<Ehr> {
  const tenant: EhrTenant = { id: 't', fhirBase: server.base, vendor: 'generic', auth: 'none', limits: {}, ...more };
  const signingKey = { kid: 'test', privateJwk: await newPrivateJwk() };
  return openEhr(tenant, { signingKey, clock: systemClock, store, timeoutMs });
}

const manners: readonly Manner[] = ['mute', 'drips-headers', 'drips-body', 'endless', 'bomb'];
const task = { method: 'POST', path: 'Task', body: { resourceType: 'Task' }, attemptId: 'a' } as const;

describe.each(manners)('an EHR whose manner is %s', (manner) => {
  beforeEach(() => {
    server.manner = (_method, path) => (path.startsWith('metadata') || path.startsWith('.well') ? 'well' : manner);
  });

  it('is left in time by a write, which is in doubt then', async () => {
    const came = await ehr.write({ ...task });
    // a body that is packed is not unpacked for a write: it is read as it is, and is no FHIR
    if (manner !== 'bomb') expect(came).toMatchObject({ ok: false, failure: { disposition: 'unknown' } });
  });

  it.each([
    ['read', () => ehr.read('Task', '1')],
    ['search', () => ehr.search('Task', new URLSearchParams({ patient: 'sarah' }))],
    ['attachment', async () => ehr.readLocation('Binary/1', 'Binary')],
  ] as const)('is left in time by a %s', async (_what, ask) => {
    const came: unknown = await ask();
    expect(came).toMatchObject({
      ok: false,
      failure: { outcome: expect.stringMatching(/EHR_LATE|larger than 16 MB/) },
    });
  });

  it('keeps nobody waiting for what the EHR is', async () => {
    server.manner = () => manner;
    const came = await ehr.landings().then(String, (error: Error) => error.message);
    expect(came).toMatch(/EHR of t/);
  });

  it('keeps nobody waiting for a token', async () => {
    server.manner = () => 'well';
    const own = await open({ auth: 'smart', systemClientId: 'service' });
    await own.capabilities();
    server.manner = () => manner;
    const came = await own.read('Task', '1');
    expect(came).toMatchObject({ ok: false, failure: { disposition: 'retry' } });
    if (manner !== 'bomb') expect(own.pulse()).toMatchObject({ requestKinds: ['token'] });
    await own.close();
  });

  it('keeps no person waiting who signs in, or reads', async () => {
    server.manner = () => manner;
    const tenant = { id: 't', fhirBase: server.base, clientId: 'app', authentication: { method: 'none' as const } };
    const client = openSmartClient(tenant, { clock: systemClock, timeoutMs });
    const said = { state: 's', nonce: 'n', codeChallenge: 'c', redirectUri: 'https://app.example/back' };
    const signIn = await client.authorizeUrl(said).then(String, (error: Error) => error.message);
    expect(signIn).toMatch(/EHR of t/);
    const read = await client.readPatient('token', 'sarah');
    expect(read.ok).toBe(false);
    await askServer({ tenantId: 't', timeoutMs }, new URL(`${server.base}/token`), {}).catch(String);
  });
});

it('an answer of 600 MB takes no such memory', async () => {
  server.manner = (_method, path) => (path.startsWith('Task') ? 'endless' : 'well');
  const before = process.memoryUsage().rss;
  await Promise.all(Array.from({ length: 6 }, () => ehr.read('Task', '1')));
  await Promise.all(Array.from({ length: 6 }, () => ehr.write({ ...task })));
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  await expect.poll(() => server.open(), { timeout: 10_000 }).toBeLessThan(3);
});

describe('eight answers that drip', () => {
  it('to writes keep nobody from reading, and are tried one at a time until one is answered', async () => {
    server.manner = (method) => (method === 'POST' ? 'drips-body' : 'well');
    const writes = Array.from({ length: 20 }, () => ehr.write({ ...task }));
    const ended = Promise.all(writes).then(() => 'writes');
    const read = ehr.read('Patient', 'sarah').then(({ ok }) => (ok ? 'read' : 'failed'));
    expect(await Promise.race([read, ended])).toBe('read');
    const all = await Promise.all(writes);
    // in one go: what had no place yet was not sent
    const sent = server.asked.filter((text) => text === 'POST Task').length;
    expect(sent).toBe(7);
    const dispositions = all.map((writeAnswer) => (writeAnswer.ok ? 'ok' : writeAnswer.failure.disposition));
    expect(dispositions.filter((disposition) => disposition === 'unknown')).toHaveLength(7);
    expect(dispositions.filter((disposition) => disposition === 'retry')).toHaveLength(13);
    expect(ehr.pulse()).toMatchObject({ state: 'slow', requestKinds: ['create Task'] });

    await Promise.all(Array.from({ length: 5 }, () => ehr.write({ ...task })));
    expect(server.asked.filter((text) => text === 'POST Task')).toHaveLength(8);
    // another kind of request is nobody's business
    expect((await ehr.write({ ...task, path: 'Flag' })).ok).toBe(false);
    server.manner = () => 'well';
    expect((await ehr.write({ ...task })).ok).toBe(true);
    expect(ehr.pulse()).toEqual({
      ...{ state: 'slow', how: 'late' },
      ...{ since: expect.any(String), requestKinds: ['create Flag'] },
    });
  });

  it('to searches keep nobody from writing, nor from a plan for a patient', async () => {
    server.manner = (_method, path) => (path.startsWith('Task?') ? 'drips-body' : 'well');
    const searches = Array.from({ length: 20 }, () => ehr.search('Task', new URLSearchParams({ patient: 'sarah' })));
    const all = Promise.all(searches).then(() => 'searches');
    expect(await Promise.race([ehr.write({ ...task }).then(() => 'write'), all])).toBe('write');
    // on a busy machine a first one may be late itself
    await expect.poll(() => ehr.standingOf('sarah'), { timeout: 10_000 }).toMatchObject({ answer: 'known' });
    await all;
  });
});

it('an EHR that is silent altogether says so, with since when', async () => {
  server.manner = () => 'mute';
  const began = new Date().toISOString();
  await Promise.all([ehr.read('Task', '1'), ehr.write({ ...task })]);
  const pulse = ehr.pulse();
  expect(pulse).toMatchObject({ state: 'silent', requestKinds: ['create Task', 'read Task'] });
  expect(pulse.state !== 'answers' && pulse.since >= began).toBe(true);
  server.manner = () => 'well';
  await Promise.all([ehr.read('Task', '1'), ehr.write({ ...task })]);
  expect(ehr.pulse()).toEqual({ state: 'answers' });
});

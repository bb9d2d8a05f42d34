import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { responseEndpoint } from '../../src/record/use-cases/response-endpoint.ts';
import { type Doors, openDoors, publicUrl } from './open-doors.ts';
import { type SentPlan, sendPlan } from './sarah.ts';

/** Which pages of other origins may talk to us. */
let doors: Doors;
let plan: SentPlan;
let token: string;
let endpoint: string;
const forms = 'https://forms.example';
const stranger = 'https://stranger.example';

beforeAll(async () => {
  doors = await openDoors({}, (id) => (id === 'north' ? { fhirOrigins: ['https://a.example', forms] } : {}));
  token = await doors.token('north');
  plan = await sendPlan(doors, token);
  const url = responseEndpoint(doors.test.record, 'north', plan.occurrenceId('1'));
  endpoint = url.slice(publicUrl.length);
});
afterAll(() => doors.close());

const preflight = (path: string, origin: string, method: string, headers: string) =>
  doors.call('OPTIONS', path, {
    headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
  });
const allowed = (answer: { headers: Headers }) => answer.headers.get('access-control-allow-origin');
const listed = (answer: { headers: Headers }, name: string): string[] =>
  (answer.headers.get(name) ?? '')
    .toLowerCase()
    .split(',')
    .map((text) => text.trim());

describe('pages of any origin', () => {
  it.each(['/fhir/north/metadata', '/fhir/north/.well-known/smart-configuration', '/.well-known/jwks.json'])(
    'may read %s, without credentials',
    async (path) => {
      for (const origin of [stranger, forms, 'null', 'http://localhost:3000']) {
        const answer = await doors.call('GET', path, { headers: { origin } });
        expect([answer.status, allowed(answer)]).toEqual([200, '*']);
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      }
      const asked = await preflight(path, stranger, 'GET', 'accept, authorization, cache-control');
      expect([asked.status, allowed(asked)]).toEqual([204, '*']);
      expect(listed(asked, 'access-control-allow-methods')).toEqual(['get', 'head']);
    },
  );

  it('may send to a response endpoint and read what became of it', async () => {
    const asked = await preflight(endpoint, stranger, 'POST', 'content-type,prefer,accept');
    expect([asked.status, allowed(asked)]).toEqual([204, '*']);
    expect(listed(asked, 'access-control-allow-methods')).toEqual(['post']);
    for (const name of ['content-type', 'prefer', 'accept', 'authorization']) {
      expect(listed(asked, 'access-control-allow-headers')).toContain(name);
    }
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    const wrong = await doors.call('POST', endpoint, { headers: { origin: stranger }, body: { resourceType: 'Task' } });
    expect([wrong.status, allowed(wrong)]).toEqual([400, '*']);
    for (const name of ['etag', 'location', 'last-modified']) {
      expect(listed(wrong, 'access-control-expose-headers')).toContain(name);
    }
  });
});

describe('the FHIR endpoint', () => {
  it('answers pages of the origins that its tenant registers', async () => {
    const asked = await preflight('/fhir/north/Task', forms, 'GET', 'authorization, if-none-match, prefer');
    expect([asked.status, allowed(asked)]).toEqual([204, forms]);
    for (const name of ['authorization', 'if-none-match', 'prefer', 'content-type']) {
      expect(listed(asked, 'access-control-allow-headers')).toContain(name);
    }
    const read = await doors.call('GET', `/fhir/north/CarePlan/${plan.planId}`, { token, headers: { origin: forms } });
    expect([read.status, allowed(read)]).toEqual([200, forms]);
    expect(listed(read, 'access-control-expose-headers')).toContain('etag');
    expect(listed(read, 'vary')).toContain('origin');
    expect(read.headers.get('access-control-allow-credentials')).toBeNull();
    const refused = await doors.call('GET', '/fhir/north/Task', { headers: { origin: forms } });
    expect([refused.status, allowed(refused)]).toEqual([401, forms]);
    expect(listed(refused, 'access-control-expose-headers')).toContain('www-authenticate');
    const posted = await preflight('/fhir/north/Task/_search', forms, 'POST', 'authorization,content-type');
    expect(listed(posted, 'access-control-allow-methods')).toContain('post');
    const missing = await doors.call('GET', '/fhir/north/Task/none', { token, headers: { origin: forms } });
    expect([missing.status, allowed(missing)]).toEqual([404, forms]);
  });

  it.each([
    stranger,
    'https://forms.example.evil',
    'https://evil-forms.example',
    'http://forms.example',
    'https://forms.example:8443',
    'https://FORMS.example',
    'null',
    '*',
  ])('and not %s', async (origin) => {
    const asked = await preflight('/fhir/north/Task', origin, 'GET', 'authorization');
    expect(allowed(asked)).toBeNull();
    const read = await doors.call('GET', '/fhir/north/Task', { token, headers: { origin } });
    expect([read.status, allowed(read)]).toEqual([200, null]);
    expect(listed(read, 'vary')).toContain('origin');
  });

  it('of another tenant is not open to them, nor without an origin', async () => {
    expect(allowed(await preflight('/fhir/south/Task', forms, 'GET', 'authorization'))).toBeNull();
    expect(allowed(await doors.call('GET', '/fhir/south/Task', { headers: { origin: forms } }))).toBeNull();
    expect(allowed(await doors.call('GET', '/fhir/north/Task', { token }))).toBeNull();
    expect((await doors.call('OPTIONS', '/fhir/north/Task')).status).toBe(405);
    expect((await doors.call('OPTIONS', '/fhir/north/metadata')).status).toBe(405);
  });
});

it.each([
  ['GET', '/api/v1/plans'],
  ['POST', '/oauth/north/token'],
  ['POST', '/smart/launch'],
  ['GET', '/app/v1/me'],
  ['GET', '/app'],
  ['GET', '/health'],
  ['GET', '/metrics'],
  ['GET', '/openapi.json'],
])('%s %s is open to no other origin', async (method, path) => {
  for (const origin of [forms, stranger]) {
    expect(allowed(await preflight(path, origin, method, 'authorization,content-type'))).toBeNull();
    expect(allowed(await doors.call(method, path, { headers: { origin } }))).toBeNull();
  }
});

it('a tenant registers origins, and nothing that is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'origins-'));
  const file = join(folder, 'tenants.json');
  const read = (fhirOrigins: unknown) => {
    const tenant = { id: 't', name: 'T', fhirBase: 'http://127.0.0.1:9/fhir', auth: 'none', fhirOrigins };
    writeFileSync(file, JSON.stringify([tenant]));
    return readConfig({ TENANTS_FILE: file }).tenants[0]?.fhirOrigins;
  };
  expect(read([forms])).toEqual([forms]);
  for (const wrong of [
    ['*'],
    ['null'],
    ['https://forms.example/'],
    ['https://forms.example/page'],
    ['forms.example'],
    forms,
  ]) {
    expect(() => read(wrong)).toThrow('fhirOrigins');
  }
  rmSync(folder, { recursive: true });
});

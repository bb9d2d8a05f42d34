import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, assertionType, newKey } from './open-doors.ts';
import { type App, clinician, codeOf, openApp, type Tab } from './smart/open-app.ts';

const start = '2026-03-01T15:00:00.000Z';
const most = 4;
let app: App;
let forged: string;
let tab: Tab;
beforeAll(async () => {
  app = await openApp({ app: { doorsPerMinute: most } });
  tab = await app.signIn(clinician);
  forged = await app.doors.assertion('north', {}, {}, await newKey('product-1'));
});
afterAll(() => app.close());
beforeEach(() => app.doors.test.setTime(start));

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const from = (address: string) => ({ 'x-forwarded-for': address });
const at = (method: string, path: string, headers: Record<string, string>) => (address: string) =>
  app.doors.call(method, path, {
    headers: { ...headers, ...from(address) },
    ...(method === 'POST' ? { body: {} } : {}),
  });
const assertion = (client_assertion: string) => (address: string) => {
  const fields = { grant_type: 'client_credentials', client_assertion_type: assertionType, client_assertion };
  return app.doors.call('POST', '/oauth/north/token', { raw: new URLSearchParams(fields), headers: from(address) });
};

const doors: [string, () => (address: string) => Promise<Answer>][] = [
  ['/api/v1 with a forged token', () => at('GET', '/api/v1/plans', bearer(forged))],
  ['/api/v1 with what is no token', () => at('POST', '/api/v1/plans', { authorization: 'Basic eA==' })],
  ['/fhir with a forged token', () => at('GET', '/fhir/north/Task', bearer(forged))],
  ['/app/v1 with a session that never was', () => at('GET', '/app/v1/patient', bearer('x'.repeat(43)))],
  ['/smart/session', () => at('DELETE', '/smart/session', bearer('y'.repeat(43)))],
  ['/oauth with a forged assertion', () => assertion(forged)],
  ['/oauth with what is no assertion', () => assertion('x.y.z')],
  ['/fhir/response with a guessed address', () => at('POST', `/fhir/north/response/a.1/${'z'.repeat(43)}`, fhir)],
];
const fhir = { 'content-type': 'application/fhir+json' };

describe.each(doors)('%s', (name, knock) => {
  it('is refused, then told to wait, until its minute is over; another address is not', async () => {
    const number = doors.findIndex(([door]) => door === name) + 1;
    const address = `192.0.2.${number}`;
    const first = await knock()(address);
    expect([400, 401, 404]).toContain(first.status);
    for (let time = 1; time < most; time += 1) expect((await knock()(address)).status).toBe(first.status);
    app.doors.test.setTime('2026-03-01T15:00:20.000Z');
    const refused = await knock()(address);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40']);
    expect(refused.text).not.toContain('192.0.2');
    // what is remembered in the process says the same as the database
    expect((await knock()(address)).status).toBe(429);
    expect((await knock()(`198.51.100.${number}`)).status).toBe(first.status);
    app.doors.test.setTime('2026-03-01T15:01:01.000Z');
    expect((await knock()(address)).status).toBe(first.status);
  });
});

it('counts all doors together', async () => {
  const address = '203.0.113.1';
  for (const [, knock] of doors.slice(0, most)) await knock()(address);
  for (const [, knock] of doors) expect((await knock()(address)).status).toBe(429);
});

it('goes on serving what is good from an address whose refusals are over the limit', async () => {
  const address = '203.0.113.2';
  const wrong = at('GET', '/app/v1/patient', bearer('x'.repeat(43)));
  for (let time = 0; time < 10; time += 1) await wrong(address);
  expect((await wrong(address)).status).toBe(429);
  const good = await app.doors.call('GET', '/app/v1/patient', {
    token: tab.session,
    headers: { 'x-launch': tab.launchId, ...from(address) },
  });
  expect(good.status).toBe(200);
});

it('does not count who presents nothing, nor what a good token may not do', async () => {
  const address = '203.0.113.3';
  for (let time = 0; time < 2 * most; time += 1) {
    expect((await at('GET', '/api/v1/plans', {})(address)).status).toBe(401);
    const elsewhere = { ...bearer(tab.session), 'x-launch': 'another' };
    expect((await at('GET', '/app/v1/patient', elsewhere)(address)).status).toBe(403);
  }
});

it('says it in the words of its door', async () => {
  const address = '203.0.113.4';
  for (let time = 0; time < most; time += 1) await assertion(forged)(address);
  expect((await assertion(forged)(address)).body).toMatchObject({ error: 'temporarily_unavailable' });
  expect(codeOf(await at('GET', '/api/v1/plans', bearer(forged))(address))).toBe('rate-limited');
  const atFhir = await at('GET', '/fhir/north/Task', bearer(forged))(address);
  expect(atFhir.body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'throttled' }] });
});

import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sandboxTenants } from '../../../src/config/sandbox-tenants.ts';
import { openSmartClient } from '../../../src/ehr/smart/open-smart-client.ts';
import { systemClock } from '../../../src/foundation/clock.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { type Answer, type Doors, openDoors, publicUrl } from '../open-doors.ts';
import { codeOf } from './open-app.ts';

/** The doors against the sandbox EHR itself: another authorization server, written by others. */
let sandbox: Sandbox;
let doors: Doors;
let dataDir: string;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'intersession-smart-'));
  sandbox = await startSandbox({ port: 0, host: '127.0.0.1', dataDir, serviceUrl: publicUrl });
  const { hostname: host, port } = new URL(sandbox.url);
  const [tenant] = sandboxTenants({ host, port: Number(port) });
  if (tenant?.clientId === undefined) throw new Error('the sandbox tenant has no client id');
  const { id, fhirBase, clientId } = tenant;
  const authentication = { method: 'none' } as const;
  const client = openSmartClient({ id, fhirBase, clientId, authentication }, { clock: systemClock });
  doors = await openDoors({
    tenants: [tenant],
    smart: { clients: new Map([[id, client]]), sessionKey: randomBytes(32) },
  });
  // the sandbox lives in the machine's time
  doors.test.setTime(systemClock.now().toISOString());
});
afterAll(async () => {
  await doors.close();
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const launched = z.object({ iss: z.string(), launch: z.string() });
const begun = z.object({ authorizeUrl: z.string() });
const signedIn = z.looseObject({ session: z.string(), launchId: z.string() });

async function signIn(order: Record<string, unknown>): Promise<Answer> {
  const made = await fetch(`${sandbox.url}/control/launch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ face: 'native', ...order }),
  });
  const { iss, launch } = launched.parse(await made.json());
  const tabSecret = randomBytes(32).toString('base64url');
  const tabKeyHash = createHash('sha256').update(tabSecret).digest('base64url');
  const { authorizeUrl } = begun.parse(
    (await doors.call('POST', '/smart/launch', { body: { iss, launch, tabKeyHash } })).body,
  );
  let at = new URL(authorizeUrl);
  while (!at.href.startsWith(`${publicUrl}/callback`)) {
    const answer = await fetch(at, { redirect: 'manual' });
    const location = answer.headers.get('location');
    if (location === null)
      throw new Error(`the sandbox answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    at = new URL(location, at);
  }
  const [code, state, issuer] = ['code', 'state', 'iss'].map((name) => at.searchParams.get(name));
  if (code === null) throw new Error(`the sandbox came back with ${at.searchParams.get('error')}`);
  return doors.call('POST', '/smart/callback', { body: { code, state, iss: issuer, tabSecret } });
}

const okafor = { user: 'Practitioner/dr-okafor', patient: 'sarah' };

describe('a launch from the sandbox', () => {
  it.each([
    ['clinician', okafor, 'Dr. Adaeze Okafor'],
    ['patient', { user: 'Patient/sarah', patient: 'sarah' }, 'Sarah Whitfield'],
    ['coordinator', { user: 'Practitioner/coordinator-reyes' }, 'Marisol Reyes'],
    ['integration', { user: 'Practitioner/integration-haddad' }, 'Noor Haddad'],
  ])('signs in the %s', async (role, order, name) => {
    const answer = await signIn(order);
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    expect(answer.body).toMatchObject({ role, canWrite: true, user: { name } });
  });

  it('lets a coordinator see names and open a patient by their own token', async () => {
    const call = async (order: object, method: string, path: string, body?: object) => {
      const { session: token, launchId } = signedIn.parse((await signIn({ ...order })).body);
      const headers = { 'x-launch': launchId };
      return doors.call(method, `/app/v1${path}`, { token, headers, ...(body === undefined ? {} : { body }) });
    };
    const plan = { libraryPlan: 'social-anxiety-speaking-up|1.0.0' };
    expect((await call(okafor, 'POST', '/plans', plan)).status).toBe(201);
    const reyes = { user: 'Practitioner/coordinator-reyes' };
    expect((await call(reyes, 'POST', '/roster/search', { q: 'whit' })).body).toMatchObject({
      rows: [{ patientId: 'sarah', name: 'Sarah Whitfield', plans: [{ clinician: 'Dr. Adaeze Okafor' }] }],
    });
    const opened = await call(reyes, 'POST', '/open-patient', { patientId: 'sarah' });
    expect(opened.body).toMatchObject({ patient: { id: 'sarah', name: 'Sarah Whitfield' } });
  });

  it.each([
    ['nonce', 'id-token-invalid'],
    ['aud', 'id-token-invalid'],
    ['iss', 'id-token-invalid'],
    ['signature', 'id-token-invalid'],
    ['expired', 'id-token-invalid'],
    ['at_hash', 'id-token-invalid'],
    ['no-id-token', 'id-token-invalid'],
    ['other-user', 'foreign-user'],
    ['no-patient', 'launch-without-patient'],
  ])('with its answer tampered with (%s) is refused', async (tamper, code) => {
    const answer = await signIn({ ...okafor, tamper });
    expect(codeOf(answer)).toBe(code);
  });
});

async function settle(traits: readonly string[]): Promise<void> {
  const answer = await fetch(`${sandbox.url}/control/site/native`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ traits }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

describe('an EHR with a past', () => {
  afterAll(() => settle([]));

  it('past-names: everybody is called by the name that is in use', async () => {
    await settle(['past-names']);
    const { body } = await signIn(okafor);
    expect(body).toMatchObject({ user: { name: 'Dr. Adaeze Okafor' }, patient: { name: 'Sarah Whitfield' } });
  });

  it('missed-visits: sixty appointments that nobody kept hide neither the last visit nor the visits of a note', async () => {
    const call = async (path: string) => {
      const { session: token, launchId } = signedIn.parse((await signIn(okafor)).body);
      return (await doors.call('GET', `/app/v1${path}`, { token, headers: { 'x-launch': launchId } })).body;
    };
    await settle([]);
    const [page, offered] = [await call('/patient'), await call('/encounters')];
    expect(page).toHaveProperty('lastVisit');
    await settle(['missed-visits']);
    expect(await call('/patient')).toMatchObject({
      lastVisit: z.object({ lastVisit: z.string() }).parse(page).lastVisit,
    });
    expect(await call('/encounters')).toEqual(offered);
    expect(z.object({ encounters: z.array(z.unknown()).min(2) }).safeParse(offered).success).toBe(true);
  });

  it.each<[readonly string[], object]>([
    [['many-visits'], { last: 'own' }],
    [['many-visits', 'encounters-unsorted'], { last: 'own' }],
    [['other-care'], { last: 'own' }],
    [['other-care', 'encounter-unsaid', 'many-visits', 'missed-visits'], { last: 'own' }],
    [['encounters-left-open'], { last: 'own' }],
    [['encounters-by-day'], { last: 'own', dayOnly: true }],
    [['encounters-bare'], { last: 'seen' }],
    [['encounters-bare', 'encounters-by-day', 'encounters-left-open', 'encounters-unsorted'], { last: 'seen' }],
  ])('%j: the last visit is the same, and the page knows how it is known', async (traits, how) => {
    const visitsOf = async () => {
      const { session: token, launchId } = signedIn.parse((await signIn(okafor)).body);
      const { body } = await doors.call('GET', '/app/v1/patient', { token, headers: { 'x-launch': launchId } });
      return z.object({ lastVisit: z.string(), visits: z.array(z.looseObject({ start: z.string() })) }).parse(body);
    };
    await settle([]);
    const tidy = await visitsOf();
    expect(tidy.visits.filter(({ last }) => last !== undefined)).toMatchObject([{ last: 'own', own: true }]);
    await settle(traits);
    const { lastVisit, visits } = await visitsOf();
    expect(lastVisit.slice(0, 10)).toBe(tidy.lastVisit.slice(0, 10));
    expect(visits.filter(({ last }) => last !== undefined)).toMatchObject([{ ...how, start: lastVisit }]);
  });

  it('encounters-refused: nothing is said of visits, and the page is there', async () => {
    await settle(['encounters-refused']);
    const { session: token, launchId } = signedIn.parse((await signIn(okafor)).body);
    const { status, body } = await doors.call('GET', '/app/v1/patient', { token, headers: { 'x-launch': launchId } });
    expect([status, Object.keys(Object(body)).filter((key) => /visit/i.test(key))]).toEqual([200, []]);
  });
});

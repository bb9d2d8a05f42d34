import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { openSmartClient } from '../../../src/ehr/smart/open-smart-client.ts';
import type { ClientAuthentication } from '../../../src/ehr/smart/smart-tenant.ts';
import type { AppOptions, HttpTenant } from '../../../src/http/app-options.ts';
import { holdToContract } from '../app/held-to-contract.ts';
import { type Answer, type Doors, openDoors, publicUrl } from '../open-doors.ts';
import { newClientKey, type Registration } from './client-problem.ts';
import { openFakeEhr } from './fake-authorization-server.ts';
import type { FakeEhr, FakeLaunch } from './fake-ehr.ts';

export const redirectUri = `${publicUrl}/callback`;
export const clientId = 'homework-app';

/** A browser tab that is signed in. */
export interface Tab {
  readonly session: string;
  readonly launchId: string;
  readonly view: Record<string, unknown>;
}

/** The doors with two EHRs behind them: `north` and `south`. */
export interface App {
  readonly doors: Doors;
  readonly north: FakeEhr;
  readonly south: FakeEhr;
  readonly sessionKey: Uint8Array;
  /** A new tab's secret and its hash. */
  newTab(): { tabSecret: string; tabKeyHash: string };
  begin(ehr: FakeEhr, launch: FakeLaunch): Promise<{ authorizeUrl: string; tabSecret: string }>;
  /** As far as the callback: what the browser brings back. */
  goThrough(ehr: FakeEhr, launch: FakeLaunch): Promise<{ code: string; state: string; tabSecret: string }>;
  callback(returned: object): Promise<Answer>;
  /** A whole sign-in. */
  signIn(launch: FakeLaunch, ehr?: FakeEhr): Promise<Tab>;
  /** A sign-in that is refused: its code. */
  refusedSignIn(launch: FakeLaunch, ehr?: FakeEhr): Promise<string>;
  call(tab: Tab, method: string, path: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

const begun = z.object({ authorizeUrl: z.string() });
const signedIn = z.looseObject({ session: z.string(), launchId: z.string() });
const problem = z.object({ code: z.string() });

export const clinician: FakeLaunch = { user: 'Practitioner/dr-okafor', patient: 'sarah', encounter: 'sarah-today' };
export const patient: FakeLaunch = { user: 'Patient/sarah', patient: 'sarah' };
export const coordinator: FakeLaunch = { user: 'Practitioner/coordinator-reyes' };

/** Who looks after the connection. */
export const integration: FakeLaunch = { user: 'Practitioner/integration-lee' };

export function codeOf(answer: Answer): string {
  return problem.parse(answer.body).code;
}

export async function openApp(
  options: {
    readonly method?: ClientAuthentication['method'];
    /** In place of the secret that the EHR has. */
    readonly secretHere?: string;
    readonly tenant?: Partial<HttpTenant>;
    readonly app?: Partial<AppOptions>;
  } = {},
): Promise<App> {
  let doors: Doors | undefined;
  const clock = { now: () => doors?.test.record.clock.now() ?? new Date('2026-03-01T15:00:00.000Z') };
  const { registered, authentication } = await credentials(options.method ?? 'none', options.secretHere);
  const registration: Registration = { clientId, redirectUri, authentication: registered };
  const [north, south] = await Promise.all([
    openFakeEhr(registration, clock.now),
    openFakeEhr(registration, clock.now),
  ]);
  for (const ehr of [north, south]) seed(ehr);
  const clients = new Map(
    Object.entries({ north, south }).map(([id, { fhirBase }]) => [
      id,
      openSmartClient({ id, fhirBase, clientId, authentication }, { clock, timeoutMs: 3_000 }),
    ]),
  );
  const tenant = (id: string, { fhirBase }: FakeEhr): HttpTenant => ({
    ...{ id, name: `${id} clinic`, fhirBase, vendor: 'generic', timeZone: 'America/New_York', language: 'en-US' },
    sandbox: false,
    sources: [],
    roles: [
      { fhirUser: 'Practitioner/dr-*', role: 'clinician' },
      { fhirUser: 'Practitioner/coordinator-*', role: 'coordinator' },
      { fhirUser: 'Practitioner/integration-*', role: 'integration' },
      { practitionerRoleCode: 'http://roles.example|therapist', role: 'clinician' },
    ],
    roster: 'all',
    frameAncestors: [`https://${id}.ehr.example`],
    ...options.tenant,
  });
  const sessionKey = randomBytes(32);
  const opened = await openDoors({
    tenants: [tenant('north', north), tenant('south', south)],
    smart: { clients, sessionKey },
    ...options.app,
  });
  doors = opened;
  for (const id of ['north', 'south']) opened.test.safety.set(id, 'chart');

  const app: App = {
    doors: opened,
    north,
    south,
    sessionKey,
    newTab() {
      const tabSecret = randomBytes(32).toString('base64url');
      return { tabSecret, tabKeyHash: createHash('sha256').update(tabSecret).digest('base64url') };
    },
    async begin(ehr, launch) {
      const { tabSecret, tabKeyHash } = app.newTab();
      const iss = ehr.settings.spelledBase ?? ehr.fhirBase;
      const body = { iss, launch: ehr.issueLaunch(launch), tabKeyHash };
      const { authorizeUrl } = begun.parse((await opened.call('POST', '/smart/launch', { body })).body);
      return { authorizeUrl, tabSecret };
    },
    async goThrough(ehr, launch) {
      const { authorizeUrl, tabSecret } = await app.begin(ehr, launch);
      const { location, refused } = await ehr.authorize(authorizeUrl);
      if (location === undefined) throw new Error(`the authorization server refused: ${refused}`);
      const { searchParams } = location;
      return { code: searchParams.get('code') ?? '', state: searchParams.get('state') ?? '', tabSecret };
    },
    async callback(body) {
      const answer = await opened.call('POST', '/smart/callback', { body });
      if (answer.status === 200) holdToContract('POST', '/smart/callback', answer.body);
      return answer;
    },
    async signIn(launch, ehr = north) {
      const answer = await app.callback(await app.goThrough(ehr, launch));
      const view = signedIn.parse(answer.body);
      return { session: view.session, launchId: view.launchId, view };
    },
    async refusedSignIn(launch, ehr = north) {
      const answer = await app.callback(await app.goThrough(ehr, launch));
      return codeOf(answer);
    },
    async call({ session, launchId }, method, path, body) {
      const answer = await opened.call(method, path, {
        token: session,
        headers: { 'x-launch': launchId },
        ...(body === undefined ? {} : { body }),
      });
      // whatever a test asks for: what is answered is what the contract says, and nothing beside it
      if (
        answer.status < 300 &&
        path.startsWith('/app/v1/') &&
        answer.headers.get('content-type') !== 'application/pdf'
      )
        holdToContract(method, path, answer.body);
      return answer;
    },
    async close() {
      await Promise.all([opened.close(), north.close(), south.close()]);
    },
  };
  return app;
}

async function credentials(
  method: ClientAuthentication['method'],
  secretHere?: string,
): Promise<{ registered: Registration['authentication']; authentication: ClientAuthentication }> {
  if (method === 'none') return { registered: { method }, authentication: { method } };
  if (method === 'client_secret_basic') {
    const secret = 's3cr+t: with/signs&=%';
    return { registered: { method, secret }, authentication: { method, secret: secretHere ?? secret } };
  }
  const { privateJwk, publicJwk } = await newClientKey('app-1');
  return {
    registered: { method, jwks: { keys: [publicJwk] } },
    authentication: { method, signingKey: { kid: 'app-1', privateJwk } },
  };
}

function seed({ resources, restricted }: FakeEhr): void {
  const put = (resourceType: string, id: string, rest: object) =>
    resources.set(`${resourceType}/${id}`, { resourceType, id, ...rest });
  const name = (given: string, family: string) => [{ use: 'official', given: [given], family }];
  put('Patient', 'sarah', { name: name('Sarah', 'Whitfield'), birthDate: '1991-06-14' });
  put('Patient', 'marcus', { name: name('Marcus', 'Bell'), birthDate: '1984-02-29' });
  put('Patient', 'hidden', { name: name('Hidden', 'Person') });
  put('Practitioner', 'dr-okafor', { name: [{ prefix: ['Dr.'], given: ['Adaeze'], family: 'Okafor' }] });
  put('Practitioner', 'coordinator-reyes', { name: name('Marisol', 'Reyes') });
  put('Practitioner', 'integration-lee', { name: name('Robin', 'Lee') });
  put('Practitioner', 'prac-7', { name: name('Ada', 'Lind') });
  put('Practitioner', 'porter-1', { name: name('Pat', 'Porter') });
  put('PractitionerRole', 'role-7', {
    practitioner: { reference: 'Practitioner/prac-7' },
    code: [{ coding: [{ system: 'http://roles.example', code: 'therapist' }] }],
  });
  const visit = (id: string, start: string) =>
    put('Encounter', id, { status: 'finished', subject: { reference: 'Patient/sarah' }, period: { start } });
  visit('sarah-before', '2026-02-23T15:00:00Z');
  visit('sarah-today', '2026-03-01T14:45:00Z');
  const elsewhere = 'https://other-hospital.example/fhir/Patient/marcus';
  put('Group', 'team', {
    member: ['Patient/sarah/_history/2', elsewhere].map((reference) => ({ entity: { reference } })),
  });
  restricted.set('Patient/hidden', ['Practitioner/dr-lindqvist']);
}

import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { sandboxTenants } from '../../../src/config/sandbox-tenants.ts';
import type { SmartClient } from '../../../src/ehr/smart/open-smart-client.ts';
import { openSmartClient } from '../../../src/ehr/smart/open-smart-client.ts';
import { systemClock } from '../../../src/foundation/clock.ts';
import type { RoleRule } from '../../../src/http/app-options.ts';
import { startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { type Answer, openDoors, publicUrl } from '../open-doors.ts';

/** The doors with the sandbox EHR behind them, whose traits can be changed. */
export interface SandboxApp {
  readonly fhirBase: string;
  /** From here on the EHR is like this, and is asked anew what it is. */
  setTraits(traits: readonly string[]): Promise<void>;
  /** A whole sign-in, by a launch that is ordered: what the page is answered, at whichever door it ends. */
  signIn(order: object): Promise<Answer>;
  /** What the EHR's token endpoint answers an app. */
  tokenResponse(order: object): Promise<Record<string, unknown>>;
  log(): string;
  close(): Promise<void>;
}

const launched = z.object({ iss: z.string(), launch: z.string() });

/** @param roles who is what; default: as in the demo, by how they are referred to */
export async function openSandboxApp(roles?: readonly RoleRule[]): Promise<SandboxApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'intersession-traits-'));
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1', dataDir, serviceUrl: publicUrl });
  const { hostname: host, port } = new URL(sandbox.url);
  const [tenant] = sandboxTenants({ host, port: Number(port) });
  if (tenant?.clientId === undefined) throw new Error('the sandbox tenant has no client id');
  const { id, fhirBase, clientId } = tenant;
  const connect = () =>
    openSmartClient({ id, fhirBase, clientId, authentication: { method: 'none' } }, { clock: systemClock });
  const clients = new Map<string, SmartClient>([[id, connect()]]);
  const doors = await openDoors({
    tenants: [roles === undefined ? tenant : { ...tenant, roles: [...roles] }],
    smart: { clients, sessionKey: randomBytes(32) },
  });
  // the sandbox lives in the machine's time
  doors.test.setTime(systemClock.now().toISOString());

  const order = async (body: object) => {
    const headers = { 'content-type': 'application/json' };
    const made = await fetch(`${sandbox.url}/control/launch`, {
      ...{ method: 'POST', headers },
      body: JSON.stringify({ face: 'native', ...body }),
    });
    return launched.parse(await made.json());
  };
  const throughPages = async (authorizeUrl: string): Promise<URLSearchParams> => {
    let at = new URL(authorizeUrl);
    while (!at.href.startsWith(`${publicUrl}/callback`)) {
      const answer = await fetch(at, { redirect: 'manual' });
      const location = answer.headers.get('location');
      if (location === null)
        throw new Error(`the EHR answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
      at = new URL(location, at);
    }
    return at.searchParams;
  };

  return {
    fhirBase,
    async setTraits(traits) {
      const answer = await fetch(`${sandbox.url}/control/site/native`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ traits }),
      });
      if (!answer.ok) throw new Error(await answer.text());
      clients.set(id, connect());
    },
    async signIn(body) {
      const { iss, launch } = await order(body);
      const tabSecret = randomBytes(32).toString('base64url');
      const tabKeyHash = createHash('sha256').update(tabSecret).digest('base64url');
      const begun = await doors.call('POST', '/smart/launch', { body: { iss, launch, tabKeyHash } });
      const address = z.object({ authorizeUrl: z.string() }).safeParse(begun.body);
      if (!address.success) return begun;
      const returned = await throughPages(address.data.authorizeUrl);
      const said = Object.fromEntries(
        ['code', 'state', 'iss', 'error'].flatMap((name) => {
          const value = returned.get(name);
          return value === null ? [] : [[name, value]];
        }),
      );
      return doors.call('POST', '/smart/callback', { body: { ...said, tabSecret } });
    },
    async tokenResponse(body) {
      const { iss, launch } = await order(body);
      const verifier = randomBytes(32).toString('base64url');
      const asked = new URL(`${sandbox.authUrl}/native/authorize`);
      asked.search = new URLSearchParams({
        ...{ response_type: 'code', client_id: clientId, redirect_uri: `${publicUrl}/callback`, launch, aud: iss },
        ...{ scope: 'launch openid fhirUser user/Patient.rs patient/Patient.rs', state: 's', nonce: 'n' },
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }).toString();
      const code = (await throughPages(asked.href)).get('code') ?? '';
      const answer = await fetch(`${sandbox.authUrl}/native/token`, {
        method: 'POST',
        body: new URLSearchParams({
          ...{ grant_type: 'authorization_code', code, client_id: clientId },
          ...{ redirect_uri: `${publicUrl}/callback`, code_verifier: verifier },
        }),
      });
      return z.record(z.string(), z.unknown()).parse(await answer.json());
    },
    log: () => doors.log(),
    async close() {
      await doors.close();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

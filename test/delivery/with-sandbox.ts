import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EhrTenant } from '../../src/ehr/ehr-tenant.ts';
import type { Database } from '../../src/record/database/database.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { TraitName } from '../../src/sandbox/traits.ts';
import { DeliveryBench, newPrivateJwk, TestClock } from './open-delivery.ts';

const scopes = ['Patient.rs', 'CarePlan.cruds', 'Task.cruds', 'QuestionnaireResponse.cruds', 'Observation.cruds']
  .concat(['DocumentReference.cruds', 'Communication.cruds', 'Goal.rs', 'Flag.cruds'])
  .map((scope) => `system/${scope}`)
  .join(' ');

/** The sandbox EHR at work in this process, and delivery to it with a real token. */
export interface SandboxBench {
  readonly url: string;
  readonly dataDir: string;
  /** @param options.timeoutMs how long the EHR may take to answer; default: two seconds */
  open(
    database: Database,
    face: string,
    more?: Partial<EhrTenant>,
    options?: { readonly timeoutMs?: number },
  ): Promise<DeliveryBench>;
  close(): Promise<void>;
}

export async function openSandboxBench(traits: readonly TraitName[] = []): Promise<SandboxBench> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-bench-'));
  const privateJwk = await newPrivateJwk();
  const { d: _private, ...publicJwk } = privateJwk;
  const keys = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [publicJwk] }));
  });
  await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
  const serviceUrl = `http://127.0.0.1:${(keys.address() as AddressInfo).port}`;
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1', dataDir, serviceUrl, traits });
  return {
    url: sandbox.url,
    dataDir,
    async open(database, face, more = {}, options = {}) {
      const tenant = { auth: 'smart' as const, systemClientId: 'intersession-system', systemScopes: scopes, ...more };
      // tokens are about real time: this clock stands still at the moment the test began
      const clock = new TestClock(new Date().toISOString());
      return DeliveryBench.open(database, `${sandbox.url}/fhir/${face}`, tenant, { clock, privateJwk, ...options });
    },
    async close() {
      await sandbox.close();
      keys.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

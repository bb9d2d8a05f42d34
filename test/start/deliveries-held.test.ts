import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { backendClient } from '../../src/cli/backend-client.ts';
import { FakeEhr } from '../delivery/fake-ehr.ts';
import { preparedFolder } from './prepared-folder.ts';
import { type Launched, launch, patience, readyUrl, until } from './run-process.ts';

// An EHR that answers all that is read, and every write with 401.
let ehr: FakeEhr;
let dataDir: string;
let service: Launched;
let url: string;
let assign: () => Promise<number>;

beforeAll(async () => {
  ehr = await FakeEhr.start();
  ehr.fault = (method) => (method === 'GET' ? { type: 'none' } : { type: 'status', status: 401 });
  dataDir = await preparedFolder();
  const { privateKey, publicKey } = await generateKeyPair('ES384', { extractable: true });
  const kid = 'product-1';
  const keys = [{ ...(await exportJWK(publicKey)), kid, alg: 'ES384' }];
  const tenant = {
    ...{ id: 'clinic', name: 'Clinic', fhirBase: ehr.base, auth: 'none', timeZone: 'America/New_York' },
    sources: [{ clientId: 'product', jwks: { keys }, scopes: 'system/*.cruds' }],
  };
  const TENANTS_FILE = join(dataDir, 'tenants.json');
  writeFileSync(TENANTS_FILE, JSON.stringify([tenant]));
  service = launch('src/main.ts', [], { PORT: '0', DATA_DIR: dataDir, TENANTS_FILE, LOG_LEVEL: 'warn' });
  url = await readyUrl(service);
  const api = backendClient({
    ...{ base: url, tokenUrl: `${url}/oauth/clinic/token`, scope: 'system/*.cruds', accept: 'application/json' },
    credentials: { clientId: 'product', jwk: { ...(await exportJWK(privateKey)), kid, alg: 'ES384' } },
  });
  assign = async () => {
    const by = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
    const first = { key: '1', kind: 'self-monitoring', title: 'Notice', unlock: { type: 'at-start' } };
    const { status } = await api.request('POST', '/api/v1/plans', {
      ...{ sourceId: 'plan-1', patientId: 'pat-1', title: 'Speaking up' },
      assignments: [{ ...first, schedule: { type: 'once', by } }],
    });
    return status;
  };
}, patience);
afterAll(async () => {
  await service?.stop();
  await ehr.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const told = async () => (await fetch(`${url}/ready`)).text();

it('says of itself, as the log does, that the EHR takes no deliveries, and no longer once it does', {
  timeout: patience,
}, async () => {
  expect(await told()).not.toContain('takes no deliveries');
  expect(await assign()).toBe(201);
  await until('the log', () => (service.stdout().includes('takes no deliveries') ? true : undefined));
  expect(await told()).toMatch(/takes no deliveries since [^"]+: 401"/);
  ehr.fault = () => ({ type: 'none' });
  await until('deliveries', async () => ((await told()).includes('takes no deliveries') ? undefined : true));
  expect(ehr.all('CarePlan')).toHaveLength(1);
});

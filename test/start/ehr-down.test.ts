import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type BackendClient, backendClient } from '../../src/cli/backend-client.ts';
import { FakeEhr } from '../delivery/fake-ehr.ts';
import { preparedFolder } from './prepared-folder.ts';
import { freePorts, type Launched, launch, patience, readyUrl, until } from './run-process.ts';

// The EHR is there all the time; the port that the service knows of it is opened only later.
let ehr: FakeEhr;
let ehrServer: Server | undefined;
let ehrPort: number;
let dataDir: string;
let service: Launched;
let url: string;
let api: BackendClient;

beforeAll(async () => {
  ehr = await FakeEhr.start();
  ehrPort = await freePorts();
  dataDir = await preparedFolder();
  const { privateKey, publicKey } = await generateKeyPair('ES384', { extractable: true });
  const kid = 'product-1';
  const TENANTS_FILE = join(dataDir, 'tenants.json');
  const tenant = {
    id: 'clinic',
    name: 'Clinic',
    fhirBase: `http://127.0.0.1:${ehrPort}/fhir`,
    auth: 'none',
    timeZone: 'America/New_York',
    sources: [
      {
        clientId: 'product',
        jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'ES384' }] },
        scopes: 'system/*.cruds',
      },
    ],
  };
  writeFileSync(TENANTS_FILE, JSON.stringify([tenant]));
  service = launch('src/main.ts', [], { PORT: '0', DATA_DIR: dataDir, TENANTS_FILE, LOG_LEVEL: 'warn' });
  url = await readyUrl(service);
  api = backendClient({
    base: url,
    tokenUrl: `${url}/oauth/clinic/token`,
    credentials: { clientId: 'product', jwk: { ...(await exportJWK(privateKey)), kid, alg: 'ES384' } },
    scope: 'system/*.cruds',
    accept: 'application/json',
  });
}, patience);
afterAll(async () => {
  await service?.stop();
  ehrServer?.close();
  await ehr.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function openPort(): Promise<unknown> {
  const behind = Number(new URL(ehr.base).port);
  ehrServer = createServer((socket) => {
    const inner = connect(behind, '127.0.0.1');
    for (const end of [socket, inner]) end.on('error', () => [socket, inner].map((socket) => socket.destroy()));
    socket.pipe(inner).pipe(socket);
  });
  ehrServer.listen(ehrPort, '127.0.0.1');
  return once(ehrServer, 'listening');
}

const ledger = async () =>
  z
    .object({ rows: z.array(z.looseObject({ artefact: z.string(), state: z.string() })) })
    .parse((await api.request('GET', '/api/v1/ledger')).body).rows;

it('starts although the EHR does not answer, and says so', async () => {
  await until('the note', () => (service.stdout().includes('Note:') ? true : undefined));
  expect(service.stdout()).toContain('the EHR of tenant "clinic" does not answer');
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(service.stderr()).toBe('');
});

it('takes homework meanwhile, and says where it stands', async () => {
  const by = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
  const { status } = await api.request('POST', '/api/v1/plans', {
    sourceId: 'plan-1',
    patientId: 'pat-1',
    title: 'Speaking up',
    assignments: [
      {
        key: '1',
        kind: 'self-monitoring',
        title: 'Notice',
        schedule: { type: 'once', by },
        unlock: { type: 'at-start' },
      },
    ],
  });
  expect(status).toBe(201);
  const rows = await ledger();
  expect(rows.map(({ artefact }) => artefact).sort()).toEqual([
    'adherence',
    'adherence',
    'assignment',
    'occurrence',
    'plan',
  ]);
  expect(rows.filter(({ state }) => state === 'landed' || state === 'rejected')).toEqual([]);
  expect(ehr.writes).toEqual([]);
});

it('delivers when the EHR is there, each thing once', { timeout: patience }, async () => {
  await openPort();
  await until('delivery', async () => ((await ledger()).every(({ state }) => state === 'landed') ? true : undefined));
  expect(ehr.all('CarePlan')).toMatchObject([{ title: 'Speaking up', subject: { reference: 'Patient/pat-1' } }]);
  expect(ehr.all('Task')).toHaveLength(2);
  const creates = ehr.writes.filter((write) => write.startsWith('create'));
  expect(new Set(creates).size).toBe(5);
  expect(creates).toHaveLength(5);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awaitDelivery, type LedgerRow } from '../../src/cli/demo/await-delivery.ts';
import { playSarah } from '../../src/cli/demo/play-sarah.ts';
import { serviceClient } from '../../src/cli/service-client.ts';
import type { Config } from '../../src/config/read-config.ts';
import { sandboxTenants } from '../../src/config/sandbox-tenants.ts';
import { createLogger } from '../../src/logger.ts';
import { start } from '../../src/start.ts';
import { compareSarah } from '../oracle/compare-sarah.ts';
import { readEhr } from '../oracle/read-ehr.ts';
import { run } from '../start/run-process.ts';
import { type Hapi, startHapi } from './hapi.ts';
import { seedHapi } from './seed-hapi.ts';

// Sarah's case against a FHIR server that is none of ours: the same manifest, also when our database was lost.
const tenant = 'hapi';
let work: string;
let hapi: Hapi;

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'hapi-demo-'));
  hapi = await startHapi();
  await seedHapi(hapi.base);
});
afterAll(async () => {
  await hapi?.close();
  if (work) rmSync(work, { recursive: true });
});

function configOf(dataDir: string): Config {
  // A demo tenant, because its clock can be set; but of another EHR, which takes no tokens.
  const [demoTenant] = sandboxTenants({ host: '127.0.0.1', port: 0 });
  if (demoTenant === undefined) throw new Error('there is no demo tenant');
  const common = { port: 0, host: '127.0.0.1', publicUrl: 'http://127.0.0.1:0', logLevel: 'warn' as const };
  return { ...common, dataDir, tenants: [{ ...demoTenant, id: tenant, auth: 'none', fhirBase: hapi.base }] };
}

/** Runs the service on a database of its own, tells it Sarah's case and waits until all of it rests. */
async function play(database: string): Promise<LedgerRow[]> {
  const config = configOf(join(work, database));
  const running = await start(config, { logger: createLogger(config.logLevel) });
  try {
    expect(running.problems).toEqual([]);
    const api = serviceClient(config, { tenant, url: running.url });
    const { planId } = await playSarah(api, tenant, () => {});
    return await awaitDelivery(api, planId, 90_000);
  } finally {
    await running.close();
  }
}

/** Every resource of the types that we write, whoever wrote it: `Task/12`. */
async function everything(): Promise<string[]> {
  const ehr = await readEhr(hapi.base);
  const types = ['CarePlan', 'Task', 'QuestionnaireResponse', 'Observation', 'DocumentReference', 'Goal'] as const;
  const found = await Promise.all(types.map((type) => ehr.search(type, {})));
  return found.flatMap((resources) => resources.map(({ resourceType, id }) => `${resourceType}/${id}`)).sort();
}

const astray = (rows: LedgerRow[]) => rows.filter(({ state }) => state !== 'landed');

test('the demo leaves the manifest in HAPI', async () => {
  expect(astray(await play('first'))).toEqual([]);
  expect(await compareSarah({ base: hapi.base, face: 'native' })).toEqual([]);
});

test('the demo told again to an empty database leaves the same, and no second copy', async () => {
  const before = await everything();
  expect(before.length).toBeGreaterThan(0);
  expect(astray(await play('second'))).toEqual([]);
  expect(await compareSarah({ base: hapi.base, face: 'native' })).toEqual([]);
  expect(await everything()).toEqual(before);
});

test('doctor says beforehand, of the live server, what then happened', { timeout: 120_000 }, async () => {
  const file = join(work, 'tenants.json');
  const entry = { id: tenant, name: 'HAPI', vendor: 'hapi', fhirBase: hapi.base, auth: 'none' };
  writeFileSync(file, JSON.stringify([entry]));
  const environment = { TENANTS_FILE: file, DATA_DIR: work };
  const { stdout } = await run('src/cli.ts', ['doctor', '--tenant', tenant, '--json'], environment);
  const { landings }: { landings: { artefact: string; landing: string; identity: string }[] } = JSON.parse(stdout);
  const golden = JSON.parse(
    readFileSync(join(import.meta.dirname, '../fixtures/ehr/golden-landings.json'), 'utf8'),
  ).hapi;
  for (const { artefact, landing, identity } of landings) {
    const { landing: expected, identity: whose } = golden[artefact];
    expect({ artefact, landing, identity }).toEqual({ artefact, landing: expected, identity: whose });
  }
  const rows = await play('doctor');
  const said = new Map(landings.map(({ artefact, landing }) => [artefact, landing]));
  for (const { artefact, landing } of rows)
    expect({ artefact, landing }).toEqual({ artefact, landing: said.get(artefact) });
});

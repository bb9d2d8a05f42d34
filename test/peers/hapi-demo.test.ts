import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awaitDelivery, type LedgerRow } from '../../src/cli/demo/await-delivery.ts';
import { playSarah } from '../../src/cli/demo/play-sarah.ts';
import { serviceClient } from '../../src/cli/service-client.ts';
import type { Config } from '../../src/config.ts';
import { createLogger } from '../../src/logger.ts';
import { start } from '../../src/start.ts';
import { compareSarah } from '../oracle/compare-sarah.ts';
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
  return {
    port: 0,
    host: '127.0.0.1',
    dataDir,
    publicUrl: 'http://127.0.0.1:0',
    logLevel: 'warn',
    tenants: [
      {
        id: tenant,
        name: 'Harbor Clinic (HAPI)',
        fhirBase: hapi.base,
        vendor: 'generic',
        auth: 'none',
        roles: [],
        timeZone: 'America/New_York',
        language: 'en-US',
        encounterRule: 'latest-open',
        limits: {},
        sources: [],
        // Its clock can be set, as only a demo tenant's can.
        sandbox: true,
      },
    ],
  };
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

/** Every resource of the types that we write, with its version: `Task/12` → `3`. */
async function versions(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const type of ['CarePlan', 'Task', 'QuestionnaireResponse', 'Observation', 'DocumentReference', 'Goal']) {
    const page = (await (await fetch(`${hapi.base}/${type}?_count=500&_elements=id`)).json()) as {
      entry?: { resource: { id: string; meta: { versionId: string } } }[];
      link?: { relation: string }[];
    };
    expect(page.link?.some(({ relation }) => relation === 'next')).toBe(false);
    for (const { resource } of page.entry ?? []) found.set(`${type}/${resource.id}`, resource.meta.versionId);
  }
  return found;
}

const astray = (rows: LedgerRow[]) => rows.filter(({ state }) => state !== 'landed');

test('the demo leaves the manifest in HAPI', async () => {
  expect(astray(await play('first'))).toEqual([]);
  expect(await compareSarah({ base: hapi.base, face: 'native' })).toEqual([]);
});

test('the demo told again to an empty database changes nothing there', async () => {
  const before = await versions();
  expect(astray(await play('second'))).toEqual([]);
  expect(await compareSarah({ base: hapi.base, face: 'native' })).toEqual([]);
  expect([...(await versions()).keys()].sort()).toEqual([...before.keys()].sort());
});

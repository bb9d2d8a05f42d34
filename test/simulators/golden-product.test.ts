import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendClient } from '../../src/cli/backend-client.ts';
import { type LedgerRow, ledgerOf } from '../../src/cli/demo/await-delivery.ts';
import { playSarah } from '../../src/cli/demo/play-sarah.ts';
import { serviceClient } from '../../src/cli/service-client.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createLogger } from '../../src/logger.ts';
import { type Running, start } from '../../src/start.ts';
import { preparedFolder } from '../start/prepared-folder.ts';
import { runHere } from '../start/run-here.ts';
import { freePorts, patience, until } from '../start/run-process.ts';
import { signInToApp } from './launch-app.ts';
import { simulatorAt } from './open-simulator.ts';
import { playKinds } from './play-kinds.ts';
import type { Simulator } from './simulator.ts';

type Cell = { landing: string; identity: string };
const golden: Record<string, Record<string, Cell>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/ehr/golden-landings.json'), 'utf8'),
);
const vendors = Object.keys(golden).filter((vendor) => vendor !== 'hapi');

/** The resource type of an artefact that stands in the EHR by itself; undefined: it is told in the report, or nowhere. */
function ownType(artefact: string, landing: string): string | undefined {
  if (artefact === 'report') return { note: 'DocumentReference', communication: 'Communication' }[landing];
  if (artefact === 'feedback') return landing === 'communication' ? 'Communication' : undefined;
  return { 'questionnaire-response': 'QuestionnaireResponse', observation: 'Observation' }[landing];
}

const count = (values: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));

describe.each(vendors)('the worked case and every kind at the simulator of %s', (vendor) => {
  const column = golden[vendor] ?? {};
  const tenant = `sandbox-${vendor}`;
  let running: Running;
  let simulator: Simulator;
  let api: BackendClient;
  let dataDir: string;
  let environment: Record<string, string>;
  const plans: string[] = [];

  beforeAll(async () => {
    dataDir = await preparedFolder();
    const port = await freePorts();
    environment = { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
    const config = readConfig(environment, { vendor });
    running = await start(config, { logger: createLogger('silent') });
    simulator = await simulatorAt(`http://127.0.0.1:${port + 1}`);
    api = serviceClient(config, { tenant });
    plans.push(await playKinds(api, tenant, 'sarah'));
    plans.push((await playSarah(api, tenant, () => {})).planId);
    await running.idle();
  }, patience);
  afterAll(async () => {
    await running?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const ledger = async (): Promise<LedgerRow[]> => (await Promise.all(plans.map((plan) => ledgerOf(api, plan)))).flat();
  const delegated = Object.values(column).some(({ identity }) => identity === 'delegated');

  it('is what doctor says of it', { timeout: patience }, async () => {
    const { stdout } = await runHere(['doctor', '--tenant', tenant, '--json'], environment);
    const { landings }: { landings: ({ artefact: string } & Cell)[] } = JSON.parse(stdout);
    for (const { artefact, landing, identity } of landings) {
      const { landing: expected, identity: whose } = column[artefact] ?? {};
      expect({ artefact, landing, identity }).toEqual({ artefact, landing: expected, identity: whose });
    }
    expect(landings).toHaveLength(9);
  });

  it('writes nothing that only a person may write before one has signed in', async () => {
    const allowed = Object.entries(column)
      .filter(([, { identity }]) => identity === 'system')
      .map(([artefact, { landing }]) => ownType(artefact, landing));
    for (const { type } of simulator.commits()) expect(allowed).toContain(type);
    if (delegated) {
      const waiting = (await ledger()).filter(({ state }) => state === 'waiting');
      expect(waiting.some(({ reason }) => reason?.startsWith("for a person's token"))).toBe(true);
    }
  });

  it('then leaves exactly what the golden table says, each once, and tries nothing else', {
    timeout: patience,
  }, async () => {
    if (delegated) {
      await simulator.beginVisit('sarah');
      await signInToApp(simulator, running.url, { user: 'Practitioner/dr-okafor', patient: 'sarah' });
    }
    const rows = await until('everything stands where it belongs', async () => {
      await running.idle();
      const now = await ledger();
      return now.every(({ state }) => state === 'landed') ? now : undefined;
    });
    const landed = new Map<string, Set<string>>();
    for (const { artefact, landing } of rows) {
      landed.set(artefact, (landed.get(artefact) ?? new Set()).add(landing ?? 'none'));
    }
    for (const [artefact, found] of landed) {
      expect({ artefact, found: [...found] }).toEqual({ artefact, found: [column[artefact]?.landing] });
    }
    const expected = rows.flatMap(({ artefact }) => ownType(artefact, column[artefact]?.landing ?? '') ?? []);
    const commits = simulator.commits();
    const created = commits.filter(({ interaction }) => interaction === 'create');
    expect(count(created.map(({ type }) => String(type)))).toEqual(count(expected));
    expect(new Set(created.map(({ identifier }) => identifier)).size).toBe(created.length);
    const tried = simulator.requests().filter(({ method }) => method === 'POST' || method === 'PUT');
    for (const { type, status } of tried) {
      // a batch is a request to the base
      if (type !== null && type !== undefined) expect(expected).toContain(type);
      expect(Number(status)).toBeLessThan(300);
    }
  });

  it('says in the note or message, with its mark, what has no place of its own', async () => {
    const { landing } = column.report ?? { landing: 'app-only' };
    const notes = (await ledger()).filter(({ artefact }) => artefact === 'report');
    expect(notes).toHaveLength(2);
    for (const { ehrReference } of notes) {
      if (landing === 'app-only') expect(ehrReference ?? null).toBeNull();
      else expect(ehrReference).toMatch(landing === 'note' ? /^DocumentReference\// : /^Communication\//);
    }
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendClient } from '../../src/cli/backend-client.ts';
import { type LedgerRow, ledgerOf } from '../../src/cli/demo/await-delivery.ts';
import { playSarah } from '../../src/cli/demo/play-sarah.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { type House, openHouse } from '../start/open-house.ts';
import { patience, until } from '../start/run-process.ts';
import { compareKind } from './compare-kind.ts';
import { type Held, readHeld } from './held.ts';
import { signInToApp } from './launch-app.ts';
import { simulatorAt } from './open-simulator.ts';
import { keptWord, type PlayedLog, playKinds } from './play-kinds.ts';
import { Simulator } from './simulator.ts';

type Cell = { landing: string; identity: string };
type Golden = Record<string, Record<string, Cell>>;
const read = (name: string): Golden =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../fixtures/ehr/${name}.json`), 'utf8'));
const { hapi: _noSimulator, ...vendors } = read('golden-landings');
/** The sandbox EHR's own two faces, which stand for no vendor. */
const ownFaces = read('golden-faces');
const ownTenants: Record<string, string> = { native: 'sandbox', 'notes-only': 'sandbox-notes' };

/** The resource type of an artefact that stands in the EHR by itself; undefined: it is told in the report, or nowhere. */
function ownType(artefact: string, landing: string): string | undefined {
  if (artefact === 'report') return { note: 'DocumentReference', communication: 'Communication' }[landing];
  if (landing === 'native') return nativeTypes[artefact];
  if (artefact === 'feedback') return landing === 'communication' ? 'Communication' : undefined;
  return { 'questionnaire-response': 'QuestionnaireResponse', observation: 'Observation' }[landing];
}
const nativeTypes: Record<string, string> = {
  ...{ plan: 'CarePlan', assignment: 'Task', occurrence: 'Task', log: 'QuestionnaireResponse' },
  ...{ measure: 'Observation', adherence: 'Observation', feedback: 'Communication' },
};

const count = (values: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));

describe.each(Object.entries({ ...vendors, ...ownFaces }))('the worked case and every kind at %s', (face, column) => {
  const ownTenant = ownTenants[face];
  const tenant = ownTenant ?? `sandbox-${face}`;
  let house: House;
  let simulator: Simulator;
  let api: BackendClient;
  let logs: readonly PlayedLog[];
  const plans: string[] = [];
  /** What stands there in the end, and what the ledger says of it. */
  let held: Held = [];
  let rows: readonly LedgerRow[] = [];

  beforeAll(async () => {
    house = await openHouse(ownTenant === undefined ? face : undefined);
    const there = await simulatorAt(house.ehr);
    simulator = new Simulator({ url: there.url, authUrl: there.authUrl, dataDir: house.dataDir, vendor: face });
    api = house.api(tenant);
    const played = await playKinds(api, { tenant, patientId: 'sarah' });
    logs = played.logs;
    plans.push(played.planId, (await playSarah(api, tenant, () => {})).planId);
    await house.running.idle();
  }, 3 * patience);
  afterAll(() => house?.close());

  const ledger = async (): Promise<LedgerRow[]> => (await Promise.all(plans.map((plan) => ledgerOf(api, plan)))).flat();
  const delegated = Object.values(column).some(({ identity }) => identity === 'delegated');

  it('is what doctor says of it', { timeout: patience }, async () => {
    const { stdout } = await house.command('doctor', '--tenant', tenant, '--json');
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
      await signInToApp(simulator, house.running.url, { user: 'Practitioner/dr-okafor', patient: 'sarah' });
    }
    rows = await until('everything stands where it belongs', async () => {
      await house.running.idle();
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
    const created = simulator.created();
    expect(count(created.map(({ type }) => String(type)))).toEqual(count(expected));
    expect(new Set(created.map(({ identifier }) => identifier)).size).toBe(created.length);
    const tried = simulator.requests().filter(({ method }) => method === 'POST' || method === 'PUT');
    for (const { type, status } of tried) {
      // a batch or transaction is a request to the base
      if (type !== null && type !== undefined && type !== 'Bundle') expect(expected).toContain(type);
      expect(Number(status)).toBeLessThan(300);
    }
    held = await readHeld(simulator);
  });

  it('says in the note or message, with its mark, what has no place of its own', () => {
    const { landing } = column.report ?? { landing: 'app-only' };
    const notes = rows.filter(({ artefact }) => artefact === 'report');
    expect(notes).toHaveLength(2);
    for (const { ehrReference } of notes) {
      if (landing === 'app-only') expect(ehrReference ?? null).toBeNull();
      else expect(ehrReference).toMatch(landing === 'note' ? /^DocumentReference\// : /^Communication\//);
    }
  });

  it.each(registeredKinds.kinds.map(({ slug }) => slug))(
    '%s: what was logged of it stands there, or is told',
    (slug) => {
      const [log, ...more] = logs.filter(({ version }) => version.kind.slug === slug);
      if (log === undefined) throw new Error(`nothing was logged of ${slug}`);
      expect(more).toEqual([]);
      expect(compareKind(log, held, rows, column)).toEqual([]);
    },
  );

  it('holds nothing that was kept', () => {
    expect(logs.filter(({ withheld }) => withheld.length > 0).length).toBeGreaterThan(10);
    const coded = held.map((resource) => JSON.stringify(resource)).join('\n');
    const notes = [...coded.matchAll(/"data":"([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) =>
      Buffer.from(data, 'base64'),
    );
    expect([coded, ...notes.map(String)].join('\n')).not.toContain(keptWord);
  });
});

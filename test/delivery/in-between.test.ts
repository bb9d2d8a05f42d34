import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import type { TraitName } from '../../src/sandbox/traits.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import type { DeliveryBench } from './open-delivery.ts';
import { seededLog, seededPlan } from './seed-record.ts';
import { openSandboxBench, type SandboxBench } from './with-sandbox.ts';

let database: Database;
let sandbox: SandboxBench;
beforeAll(async () => {
  database = await openTestDatabase();
  sandbox = await openSandboxBench();
});
afterAll(async () => {
  await sandbox.close();
  await database.close();
});

async function change(face: string, traits: readonly TraitName[]): Promise<void> {
  const order = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ traits }) };
  expect((await fetch(`${sandbox.url}/control/site/${face}`, order)).status).toBe(200);
}
/** The clock moves on little: tokens are about real time. */
async function deliver(bench: DeliveryBench, rounds: number, done: readonly string[]): Promise<string[]> {
  const states = async () => [...(await bench.ledger()).values()].map(({ state }) => state);
  for (let round = 0; round < rounds; round += 1) {
    await bench.delivery?.idle();
    if ((await states()).every((state) => done.includes(state))) break;
    bench.clock.advance(4_000);
  }
  return [...new Set(await states())].sort();
}

// a log waits for its plan; in a chart of notes alone it waits for the report that tells it
it.each<[string, TraitName, string[]]>([
  ['native', 'login-redirect', ['unknown', 'pending', 'waiting']],
  ['native', 'gateway-not-found', ['pending', 'waiting']],
  ['native', 'html-after-write', ['landed']],
  ['notes-only', 'login-redirect', ['unknown', 'pending', 'waiting']],
  ['notes-only', 'html-after-write', ['landed', 'waiting']],
])('the sandbox EHR %s behind %s gets each thing once, when it is over', async (face, trait, meanwhile) => {
  const bench = await sandbox.open(database, face);
  try {
    await change(face, []);
    await bench.ehr.landings();
    await change(face, [trait]);
    const plan = seededPlan();
    const log = seededLog(plan);
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    bench.start();
    const done = face === 'native' ? ['landed'] : ['landed', 'waiting'];
    for (const state of await deliver(bench, 8, done)) expect(meanwhile).toContain(state);
    await change(face, []);
    for (const state of await deliver(bench, 60, done)) expect(done).toContain(state);
    const found = await bench.ehr.search('Observation', new URLSearchParams({ patient: 'sarah' }));
    const ours = found.ok ? found.resources.filter((resource) => JSON.stringify(resource).includes(log.logId)) : [];
    expect(ours).toHaveLength(2);
    expect(bench.logged.join()).not.toMatch(/login\.gateway|Session expired|sarah/);
  } finally {
    await bench.close();
    await change(face, []);
  }
});

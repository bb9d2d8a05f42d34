import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { seededLog, seededPlan } from './seed-record.ts';
import { openSandboxBench, type SandboxBench } from './with-sandbox.ts';

let database: Database;
let sandbox: SandboxBench;
beforeAll(async () => {
  database = await openTestDatabase();
  sandbox = await openSandboxBench(['location-unreadable', 'search-lags']);
});
afterAll(async () => {
  await sandbox.close();
  await database.close();
});

it.each(['native', 'notes-only'])(
  'the sandbox EHR that says not where, and finds late, gets each thing once: %s',
  async (face) => {
    const bench = await sandbox.open(database, face);
    const plan = seededPlan();
    const log = seededLog(plan);
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    await bench.start().idle();
    expect([...(await bench.ledger()).values()].map(({ state }) => state)).toContain('unknown');
    // the search catches up; the clock moves on little, because tokens are about real time
    const left = async () =>
      [...(await bench.ledger()).values()].filter(({ state }) => state !== 'landed' && state !== 'waiting');
    for (let round = 0; round < 14 && (await left()).length > 0; round += 1) {
      await wait(700);
      bench.clock.advance(5_000);
      await bench.delivery?.idle();
    }
    expect(await left()).toEqual([]);
    // whatever was made a second time would show by now
    await wait(2100);
    for (const [type, count] of [
      ['Observation', 2],
      ...(face === 'native'
        ? ([
            ['Task', 3],
            ['CarePlan', 1],
          ] as const)
        : []),
    ] as const) {
      const found = await bench.ehr.search(type, new URLSearchParams({ patient: 'sarah' }));
      const ours = found.ok
        ? found.resources.filter(
            (resource) =>
              JSON.stringify(resource.identifier).includes(plan.planId) ||
              JSON.stringify(resource.identifier).includes(log.logId),
          )
        : [];
      expect([type, ours.length]).toEqual([type, count]);
    }
    await bench.close();
  },
  60_000,
);

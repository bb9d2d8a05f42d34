import { claimGroups } from '../../src/delivery/claim-groups.ts';
import type { Database } from '../../src/record/database/database.ts';
import { fillLedger } from './fill-ledger.ts';
import { median } from './median.ts';

class RollBack extends Error {}

/** Milliseconds to claim 50 due groups with their rows and resources, with a backlog of so many groups. */
export async function claimMs(database: Database, backlog: number, times = 15): Promise<number> {
  await fillLedger(database, backlog, false);
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const now = new Date();
    const leaseUntil = new Date(now.getTime() + 30_000);
    await database
      .transaction(async (tx) => {
        const started = performance.now();
        const groups = await claimGroups(tx, 'bench', { now, leaseUntil, limit: 50 });
        taken.push(performance.now() - started);
        if (groups.length !== 50) throw new Error(`claimed ${groups.length} of 50: this was no measurement`);
        throw new RollBack();
      })
      .catch((error: unknown) => {
        if (!(error instanceof RollBack)) throw error;
      });
  }
  return median(taken);
}

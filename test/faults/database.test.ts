import type { ChildProcess } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { createTestDatabase } from '../record/open-test-database.ts';
import { expectWhole } from './expect-whole.ts';
import { buildHouse, type House } from './house.ts';
import { openPrivatePostgres, type PrivatePostgres } from './private-postgres.ts';

let postgres: PrivatePostgres;
let house: House | undefined;
beforeAll(async () => {
  postgres = await openPrivatePostgres();
});
afterAll(() => postgres.remove());
afterEach(async () => {
  await house?.tearDown();
  house = undefined;
  delete process.env.DATABASE_URL;
});

/** The service on a database of its own, and the worked case told to it until it has taken all of it. */
async function playThrough(
  disturb: (at: { administrator: () => Promise<Database>; service: ChildProcess }) => Promise<void>,
) {
  const { url } = await createTestDatabase(postgres.url);
  process.env.DATABASE_URL = url;
  house = await buildHouse();
  const service = await house.startService();
  const first = house.demo('sandbox');
  const administrator = () => openDatabase({ databaseUrl: postgres.url });
  await disturb({ administrator, service });
  const told = await first;
  await house.ready();
  const again = told.code === 0 ? told : await house.demo('sandbox');
  expect(again.stderr).toBe('');
  expect(again.code).toBe(0);
  // the very process that was there at first
  expect([service.exitCode, service.signalCode]).toEqual([null, null]);
  await expectWhole(house, 'native');
}

describe('PostgreSQL, while the worked case is told', () => {
  it('ends every connection, forty times: the process lives, nothing is lost, nothing is doubled', async () => {
    let ended = 0;
    await playThrough(async ({ administrator }) => {
      const database = await administrator();
      while (ended < 40) {
        // only those that are in the middle of something, as soon as there are any
        const { rowCount } = await database.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where datname like 'intersession_test_%' and (state <> 'idle' or $1)`,
          [ended % 4 === 0],
        );
        ended += rowCount;
      }
      await database.close();
    });
    expect(ended).toBeGreaterThanOrEqual(40);
  });

  it('is killed in the middle and comes back, three times', async () => {
    await playThrough(async () => {
      for (let time = 0; time < 3; time += 1) postgres.restart();
    });
  });

  it('is away for as long as it takes to be noticed: 503 meanwhile, and all goes on by itself', async () => {
    await playThrough(async () => {
      postgres.stop();
      await expect.poll(() => house?.status('/ready'), { timeout: 60_000 }).toBe(503);
      expect(await house?.status('/health')).toBe(200);
      postgres.start();
    });
  });
});

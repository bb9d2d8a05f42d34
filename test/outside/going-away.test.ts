import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { type Doors, openDoors } from '../http/open-doors.ts';
import { type FaultyWire, openFaultyWire } from '../record/faulty-wire.ts';
import { createTestDatabase, testDatabaseUrl } from '../record/open-test-database.ts';

// What users of neighbouring products met when a database or a proxy between did what they do.
const unreachable = { code: 'database-unreachable' };

const onPostgres = () => {
  let made: { url: string; drop: () => Promise<void> };
  let wire: FaultyWire;
  let database: Database;
  let direct: Database;
  beforeAll(async () => {
    made = await createTestDatabase(testDatabaseUrl ?? '');
    direct = await openDatabase({ databaseUrl: made.url });
    wire = await openFaultyWire(made.url);
    database = await openDatabase({ databaseUrl: wire.url, statementSeconds: 1 });
    await direct.query('create table note (id int primary key)');
  });
  afterAll(async () => {
    await database.close();
    await wire.close();
    await direct.close();
    await made.drop();
  });

  it('brianc/node-postgres#3399: after the network is lost in a query, the next one does not wait on the same connection', async () => {
    const lost = wire.breakAt('answer-silent', /pg_sleep/);
    await expect(database.query('select pg_sleep(0.01)')).rejects.toMatchObject(unreachable);
    await lost;
    await expect(database.query('select 1 as n')).resolves.toMatchObject({ rows: [{ n: 1 }] });
  }, 30_000);

  it('brianc/node-postgres#2973: the pool is used up while the network is off, and works when it is back', async () => {
    wire.cut();
    const many = Array.from({ length: 30 }, () => database.query('select 1'));
    for (const answer of await Promise.allSettled(many)) {
      expect(answer).toMatchObject({ status: 'rejected', reason: unreachable });
    }
    wire.mend();
    const again = await Promise.all(Array.from({ length: 30 }, () => database.query('select 1 as n')));
    expect(again.every(({ rows }) => rows.length === 1)).toBe(true);
  }, 30_000);

  it('brianc/node-postgres#2635, #2762: a restart while clients are checked out does not end the process', async () => {
    for (let time = 0; time < 5; time += 1) {
      const begun = Promise.withResolvers<void>();
      const ended = Promise.withResolvers<void>();
      const work = database.transaction(async (tx) => {
        await tx.query('insert into note values ($1)', [100 + time]);
        begun.resolve();
        await ended.promise;
        return 'done';
      });
      const answer = work.catch((error: unknown) => error);
      await begun.promise;
      await wire.terminate();
      ended.resolve();
      expect(await answer).toMatchObject(unreachable);
    }
    const { rows } = await direct.query('select count(*)::int as n from note where id >= 100');
    expect(rows).toEqual([{ n: 0 }]);
  }, 30_000);

  it('npgsql/efcore.pg#1306: a connection that leads to what is read-only since the failover is not kept', async () => {
    const name = new URL(made.url).pathname.slice(1);
    const beside = await openDatabase({ databaseUrl: testDatabaseUrl ?? '' });
    const failOver = async (): Promise<void> => {
      await beside.query(`alter database ${name} set default_transaction_read_only = on`);
      // every connection of the pool is made anew, and leads to the standby
      await wire.terminate();
    };
    const failBack = () => beside.query(`alter database ${name} reset default_transaction_read_only`);
    const inTransaction = (id: number) => database.transaction((tx) => tx.query('insert into note values ($1)', [id]));
    const alone = (id: number) => database.query('insert into note values ($1)', [id]);
    for (const [write, id] of [[inTransaction, 1] as const, [alone, 3] as const]) {
      await failOver();
      await expect(write(id)).rejects.toMatchObject(unreachable);
      await failBack();
      // the one that was found to be read-only is gone: the next leads to the server that can be written to
      await expect(write(id + 1)).resolves.toBeDefined();
    }
    await beside.close();
    const { rows } = await database.query('select id from note where id < 100');
    expect(rows.map(({ id }) => id)).toEqual([2, 4]);
  }, 30_000);
};
if (testDatabaseUrl !== undefined) describe('PostgreSQL', onPostgres);

describe('who may read the metrics', () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await openDoors();
  });
  afterAll(() => doors.close());

  it('canonical-ols/talisker#91: nobody becomes this machine by saying so in X-Forwarded-For', async () => {
    for (const forwarded of ['127.0.0.1', '127.0.0.1, 192.0.2.1', '::1', 'localhost', '']) {
      const answer = await doors.call('GET', '/metrics', { headers: { 'x-forwarded-for': forwarded } });
      expect([forwarded, answer.status]).toEqual([forwarded, 401]);
    }
  });
});

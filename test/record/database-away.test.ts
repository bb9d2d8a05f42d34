import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { isAway, nameTrouble } from '../../src/record/database/database-trouble.ts';
import { openEmbedded } from '../../src/record/database/embedded-database.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { createTestDatabase, testDatabaseUrl } from './open-test-database.ts';
import { openTestRecord } from './open-test-record.ts';

const unreachable = { code: 'database-unreachable' };

describe('a failure of the database', () => {
  it.each([
    ['57P01', 'terminating connection due to administrator command'],
    ['57014', 'canceling statement due to statement timeout'],
    ['53200', 'out of memory'],
    ['08006', 'connection failure'],
    ['ECONNREFUSED', ''],
    [undefined, 'Connection terminated unexpectedly'],
    [undefined, 'timeout exceeded when trying to connect'],
    [undefined, 'Cannot use a pool after calling end on the pool'],
    [undefined, 'PGlite is closed'],
  ])('is told from a fault of what was asked: %s %s', (code, message) => {
    const error = Object.assign(new Error(message), code === undefined ? {} : { code });
    expect(isAway(error)).toBe(true);
    expect(() => nameTrouble(error)).toThrow(expect.objectContaining(unreachable));
  });

  it.each([
    ['22008', 'invalid-request'],
    ['22003', 'invalid-request'],
    ['54000', 'invalid-request'],
    ['42703', '42703'],
    ['23503', '23503'],
  ])('is not what a value does: %s', (code, expected) => {
    expect(() => nameTrouble(Object.assign(new Error('x'), { code }))).toThrow(
      expect.objectContaining({ code: expected }),
    );
  });

  it('is said of an embedded database that is closed', async () => {
    const database = await openEmbedded({ folder: undefined });
    await database.close();
    await expect(database.query('select 1')).rejects.toMatchObject(unreachable);
    await expect(database.transaction((tx) => tx.query('select 1'))).rejects.toMatchObject(unreachable);
  });

  it('is said when nobody listens there', async () => {
    const database = await openDatabase({ databaseUrl: 'postgres://postgres@127.0.0.1:1/none' });
    await expect(database.query('select 1')).rejects.toMatchObject(unreachable);
    await expect(database.transaction((tx) => tx.query('select 1'))).rejects.toMatchObject(unreachable);
    await database.close();
  });
});

const onPostgres = () => {
  let made: { url: string; drop: () => Promise<void> };
  let database: Database;
  let other: Database;
  beforeAll(async () => {
    made = await createTestDatabase(testDatabaseUrl ?? '');
    database = await openDatabase({ databaseUrl: made.url, statementSeconds: 1 });
    other = await openDatabase({ databaseUrl: testDatabaseUrl ?? '' });
  });
  afterAll(async () => {
    await database.close();
    await other.close();
    await made.drop();
  });
  const pidOf = async (asked: Pick<Database, 'query'>): Promise<number> => {
    const { rows } = await asked.query<{ pid: number }>('select pg_backend_pid() as pid');
    return rows[0]?.pid ?? 0;
  };
  const end = (pid: number) => other.query('select pg_terminate_backend($1::int)', [pid]);

  it('may end a connection between two statements of a transaction: the process lives, and the next one works', async () => {
    const begun = Promise.withResolvers<number>();
    const ended = Promise.withResolvers<void>();
    const broken = database.transaction(async (tx) => {
      begun.resolve(await pidOf(tx));
      await ended.promise;
      await tx.query('select 1');
    });
    await end(await begun.promise);
    // the news of it comes as an event, with nobody asking
    await other.query('select pg_sleep(0.2)');
    ended.resolve();
    await expect(broken).rejects.toMatchObject(unreachable);
    await expect(database.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
  });

  it('ends a statement that takes too long, and a migration takes its time', async () => {
    await expect(database.query('select pg_sleep(3)')).rejects.toMatchObject(unreachable);
    const patient = database.transaction(async (tx) => {
      await tx.query('set local statement_timeout = 0');
      await tx.query('select pg_sleep(1.2)');
      return 'done';
    });
    await expect(patient).resolves.toBe('done');
  });

  it('does not keep the process for a statement that is under way when it is closed', async () => {
    const busy = await openDatabase({ databaseUrl: made.url });
    const running = busy.query('select pg_sleep(20)').catch((error: unknown) => error);
    const pid = await (async () => {
      for (;;) {
        const { rows } = await other.query<{ pid: number }>(
          `select pid from pg_stat_activity where query like 'select pg_sleep(20)%' and state = 'active' limit 1`,
        );
        if (rows[0] !== undefined) return rows[0].pid;
      }
    })();
    const started = performance.now();
    await busy.close();
    expect(performance.now() - started).toBeLessThan(10_000);
    await expect(busy.query('select 1')).rejects.toMatchObject(unreachable);
    await end(pid);
    expect(await running).toMatchObject(unreachable);
  }, 30_000);
};
// the embedded database has no connections to lose
if (testDatabaseUrl !== undefined) describe('PostgreSQL', onPostgres);

it('a record says so to whoever asks it', async () => {
  const test = await openTestRecord();
  await test.close();
  await expect(test.database.query('select 1')).rejects.toMatchObject(unreachable);
});

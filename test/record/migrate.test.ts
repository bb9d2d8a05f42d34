import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
import { type Migration, migrate, readMigrations } from '../../src/record/database/migrate.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { createTestDatabase, openTestDatabase, testDatabaseUrl } from './open-test-database.ts';

const clock: Clock = { now: () => new Date('2026-03-01T15:00:00.000Z') };

function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

describe('migrate', () => {
  const ours = readMigrations();
  const extra = migration('9001-extra.sql', '-- one; two\ncreate table extra (x int); insert into extra values (1);');

  it('applies what is missing, in order, once', async () => {
    expect(ours.map(({ name }) => name)).toEqual(ours.map(({ name }) => name).toSorted());
    expect(ours[0]?.name).toBe('0001-spine.sql');
    expect(await migrate(database, clock, [...ours, extra])).toEqual(['9001-extra.sql']);
    expect(await migrate(database, clock, [...ours, extra])).toEqual([]);
    expect((await database.query('select x from extra')).rows).toEqual([{ x: 1 }]);
    const { rows } = await database.query('select checksum, applied_at from migration where name = $1', [extra.name]);
    expect(rows).toEqual([{ checksum: extra.checksum, applied_at: '2026-03-01T15:00:00.000Z' }]);
  });

  it('refuses a database whose migration was edited, or that is newer than the service', async () => {
    const edited = migration(extra.name, `${extra.sql} `);
    await expect(migrate(database, clock, [...ours, edited])).rejects.toThrow('9001-extra.sql was edited');
    await expect(migrate(database, clock, ours)).rejects.toThrow('9001-extra.sql, which this version does not know');
  });

  it('applies all or nothing', async () => {
    const good = migration('9002-good.sql', 'create table good (x int);');
    const bad = migration('9003-bad.sql', 'create table bad (x int); insert into bad values (1 / 0);');
    await expect(migrate(database, clock, [...ours, extra, good, bad])).rejects.toThrow('division by zero');
    const { rows } = await database.query(`select to_regclass('good') as good, to_regclass('bad') as bad`);
    expect(rows).toEqual([{ good: null, bad: null }]);
  });

  it('lets processes that start together wait for one another', async () => {
    const { three, end } = await threeOnOne();
    const applied = await Promise.all(three.map((database) => migrate(database, clock)));
    expect(applied.flat()).toEqual(ours.map(({ name }) => name));
    await end();
  });
});

/** Three connections to one empty database; the embedded one has only itself to offer three times. */
async function threeOnOne(): Promise<{ three: Database[]; end: () => Promise<void> }> {
  if (testDatabaseUrl === undefined) {
    const embedded = await openDatabase({ folder: 'memory' });
    return { three: [embedded, embedded, embedded], end: () => embedded.close() };
  }
  const { url, drop } = await createTestDatabase(testDatabaseUrl);
  const three = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl: url })));
  const end = async (): Promise<void> => {
    await Promise.all(three.map((database) => database.close()));
    await drop();
  };
  return { three, end };
}

import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openEmbedded } from '../../src/record/database/embedded-database.ts';
import { migrate, readMigrations } from '../../src/record/database/migrate.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { lendDatabase } from './lend-database.ts';

const cache = fileURLToPath(new URL('../../node_modules/.cache/intersession/', import.meta.url));

/** The PostgreSQL that tests are to run on, if one is named; each file gets a database of its own there. */
export const testDatabaseUrl: string | undefined = process.env.TEST_DATABASE_URL;

/**
 * An empty database with all tables, for one test file: on that PostgreSQL (default: of TEST_DATABASE_URL), else PGlite in memory.
 * `close` leaves nothing behind.
 */
export async function openTestDatabase(serverUrl: string | undefined = testDatabaseUrl): Promise<Database> {
  if (serverUrl === undefined) {
    return lendDatabase(async () => openEmbedded({ folder: undefined, dump: await migratedDump() }));
  }
  const { url, drop } = await createTestDatabase(serverUrl);
  const database = await openDatabase({ databaseUrl: url });
  await migrate(database, systemClock);
  // a test may take the database away itself
  let closed = false;
  return {
    ...database,
    async close() {
      await database.close();
      if (!closed) await drop();
      closed = true;
    },
  };
}

/** A new, empty PostgreSQL database beside the given one, for a test that needs its URL. */
export async function createTestDatabase(serverUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `intersession_test_${randomBytes(6).toString('hex')}`;
  const onServer = async (sql: string): Promise<void> => {
    const server = await openDatabase({ databaseUrl: serverUrl });
    await server.query(sql).finally(() => server.close());
  };
  await onServer(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database ${name} with (force)`) };
}

/** An embedded database with all tables as one file: starting from it takes a fraction of making it. */
async function migratedDump(): Promise<Blob> {
  const checksums = readMigrations().map(({ checksum }) => checksum);
  const file = join(cache, `record-${createHash('sha256').update(checksums.join()).digest('hex').slice(0, 16)}.tar`);
  if (!existsSync(file)) {
    const database = await openEmbedded({ folder: undefined });
    await migrate(database, systemClock);
    const dump = Buffer.from(await (await database.dump()).arrayBuffer());
    await database.close();
    mkdirSync(cache, { recursive: true });
    // whole or not at all: other test files may be at it as well
    const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
    writeFileSync(draft, dump);
    renameSync(draft, file);
  }
  return new Blob([readFileSync(file)]);
}

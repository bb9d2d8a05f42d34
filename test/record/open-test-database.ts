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
  const { url, drop } = await createTestDatabase(serverUrl, await migratedTemplate(serverUrl));
  const database = await openDatabase({ databaseUrl: url });
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

/**
 * A new PostgreSQL database beside the given one, for a test that needs its URL.
 * @param template what it begins as; default: empty
 */
export async function createTestDatabase(
  serverUrl: string,
  template = 'template1',
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `intersession_test_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, [`create database ${name} template ${template}`]);
  return { url: urlOf(serverUrl, name), drop: () => onServer(serverUrl, [`drop database ${name} with (force)`]) };
}

function urlOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(serverUrl: string, statements: readonly string[]): Promise<void> {
  const server = await openDatabase({ databaseUrl: serverUrl });
  try {
    for (const sql of statements) await server.query(sql);
  } finally {
    await server.close();
  }
}

/** Of all migrations together: what was made by others is another. */
const migrationsId = (): string => {
  const checksums = readMigrations().map(({ checksum }) => checksum);
  return createHash('sha256').update(checksums.join()).digest('hex').slice(0, 16);
};

const templates = new Map<string, Promise<string>>();

/**
 * The name of a database with all tables, made once for a server: to begin as it takes a fraction of making it. It stays there, and nobody
 * connects to it, or it could not be copied.
 */
function migratedTemplate(serverUrl: string): Promise<string> {
  const known = templates.get(serverUrl);
  if (known !== undefined) return known;
  const made = makeTemplate(serverUrl, `intersession_template_${migrationsId()}`);
  templates.set(serverUrl, made);
  return made;
}

async function makeTemplate(serverUrl: string, name: string): Promise<string> {
  if (await isThere(serverUrl, name)) return name;
  const draft = await createTestDatabase(serverUrl);
  const database = await openDatabase({ databaseUrl: draft.url });
  await migrate(database, systemClock);
  await database.close();
  // whole or not at all: other test files may be at it as well, and the first wins
  const made = new URL(draft.url).pathname.slice(1);
  await onServer(serverUrl, [`alter database ${made} rename to ${name}`]).catch(async (error: unknown) => {
    await draft.drop();
    if (!(await isThere(serverUrl, name))) throw error;
  });
  return name;
}

async function isThere(serverUrl: string, name: string): Promise<boolean> {
  const server = await openDatabase({ databaseUrl: serverUrl });
  try {
    const { rows } = await server.query('select 1 from pg_database where datname = $1', [name]);
    return rows.length > 0;
  } finally {
    await server.close();
  }
}

/** An embedded database with all tables as one file: starting from it takes a fraction of making it. */
async function migratedDump(): Promise<Blob> {
  const file = join(cache, `record-${migrationsId()}.tar`);
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

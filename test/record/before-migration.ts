import { systemClock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openEmbedded } from '../../src/record/database/embedded-database.ts';
import { migrate, readMigrations } from '../../src/record/database/migrate.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { createTestDatabase, testDatabaseUrl } from './open-test-database.ts';

/** A database as it was before a migration, for rows of that time. */
export interface BeforeMigration {
  readonly database: Database;
  /** Brings it up to date. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param number of the migration: `0024`
 * @throws Error where there is no such migration
 */
export async function openBeforeMigration(number: string): Promise<BeforeMigration> {
  const all = readMigrations();
  if (!all.some(({ name }) => name.startsWith(number))) throw new Error(`there is no migration ${number}`);
  const made = testDatabaseUrl === undefined ? undefined : await createTestDatabase(testDatabaseUrl);
  const database =
    made === undefined ? await openEmbedded({ folder: undefined }) : await openDatabase({ databaseUrl: made.url });
  await migrate(
    database,
    systemClock,
    all.filter(({ name }) => name < number),
  );
  return {
    database,
    async migrate() {
      await migrate(database, systemClock, all);
    },
    async close() {
      await database.close();
      await made?.drop();
    },
  };
}

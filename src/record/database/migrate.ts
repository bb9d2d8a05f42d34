import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../foundation/clock.ts';
import type { Database, Queryable } from './database.ts';
import { splitStatements } from './split-statements.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of `sql`, hex. */
  readonly checksum: string;
}

const ourFolder = fileURLToPath(new URL('../migrations/', import.meta.url));

/** Any number will do, as long as nobody else takes it in this database: "hmwk". */
const advisoryLock = 0x686d776b;

/** The migrations of a folder in order of their names: `0001-spine.sql`, … */
export function readMigrations(folder: string = ourFolder): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, `file://${folder.replace(/\/?$/, '/')}`), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * Brings the tables up to date, all or nothing; processes that start together wait for one another. Migrations are only
 * ever added.
 * @returns the names of those applied now.
 * @throws Error when an applied migration is missing or was edited since.
 */
export async function migrate(
  database: Database,
  clock: Clock,
  migrations: readonly Migration[] = readMigrations(),
): Promise<string[]> {
  const bringUpToDate = async (tx: Queryable): Promise<string[]> => {
    await tx.query('select pg_advisory_xact_lock($1::bigint)', [advisoryLock]);
    await tx.query(
      'create table if not exists migration (name text primary key, checksum text not null, applied_at timestamptz not null)',
    );
    const { rows } = await tx.query<{ name: string; checksum: string }>(
      'select name, checksum from migration order by name',
    );
    refuseEdited(rows, migrations);
    const applied = new Set(rows.map(({ name }) => name));
    const missing = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of missing) await apply(tx, migration, clock);
    return missing.map(({ name }) => name);
  };
  // waiting for another process, and an index on a large table, may take their time
  return database.transaction(bringUpToDate, { patient: true });
}

function refuseEdited(applied: readonly { name: string; checksum: string }[], migrations: readonly Migration[]): void {
  for (const { name, checksum } of applied) {
    const known = migrations.find((migration) => migration.name === name);
    if (known === undefined) {
      throw new Error(
        `The database has the migration ${name}, which this version does not know: it is older than its data.`,
      );
    }
    if (known.checksum !== checksum) throw new Error(`The migration ${name} was edited after it was applied.`);
  }
}

async function apply(tx: Queryable, { name, sql, checksum }: Migration, clock: Clock): Promise<void> {
  // one by one: a parameterised query, which is what both stores share, takes a single statement
  for (const statement of splitStatements(sql)) await tx.query(statement);
  await tx.query('insert into migration (name, checksum, applied_at) values ($1, $2, $3)', [
    name,
    checksum,
    clock.now(),
  ]);
}

import type { Config } from '../config/read-config.ts';
import { IntersessionError } from '../foundation/intersession-error.ts';
import type { Database } from '../record/database/database.ts';
import { openDatabase } from '../record/database/open-database.ts';
import { checkDataDir } from './check-data-dir.ts';

/** Nothing that the service asks takes a second; what takes this long takes the database from everybody else. */
const statementSeconds = 20;

/**
 * Opens the database that the configuration names: PostgreSQL, else the embedded one in the data folder.
 * @throws `folder-locked`; `configuration-invalid` when the folder cannot be used or PostgreSQL does not let us in
 */
export async function openStore({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Database> {
  if (databaseUrl === undefined) {
    checkDataDir(dataDir);
    return openDatabase({ folder: dataDir }).catch(refuseForeignFolder);
  }
  const database = await openDatabase({ databaseUrl, statementSeconds });
  try {
    await database.query('select 1');
    return database;
  } catch (cause) {
    await database.close();
    // the code only: a driver's message may name the user and the database
    const driver = cause instanceof IntersessionError ? cause.cause : cause;
    const code = driver instanceof Error && 'code' in driver ? String(driver.code) : 'unknown';
    const issues = [{ variable: 'DATABASE_URL', problem: `PostgreSQL does not let us in (${code})` }];
    const message = `Configuration: DATABASE_URL: ${issues[0]?.problem}`;
    throw new IntersessionError('configuration-invalid', { issues }, message, { cause });
  }
}

/** @throws `configuration-invalid` when what is in the folder is somebody else's, so that we cannot close it to others */
function refuseForeignFolder(cause: unknown): never {
  if (!(cause instanceof Error && 'code' in cause && (cause.code === 'EPERM' || cause.code === 'EACCES'))) throw cause;
  const problem = `what is in the folder cannot be closed to others than its owner (${cause.code})`;
  const issues = [{ variable: 'DATA_DIR', problem }];
  throw new IntersessionError('configuration-invalid', { issues }, `Configuration: DATA_DIR: ${problem}`, { cause });
}

import { join } from 'node:path';
import type { Database } from './database.ts';
import { openEmbedded } from './embedded-database.ts';
import { lockFolder } from './folder-lock.ts';
import { openPostgres } from './postgres-database.ts';
import { privateContent, privateFolder } from './private-folder.ts';

export interface OpenDatabase {
  /** PostgreSQL; wins over `folder`. */
  readonly databaseUrl?: string;
  /** The data folder (`DATA_DIR`): the embedded database is its subfolder `record`. `memory`: nowhere. */
  readonly folder?: string;
  /** PostgreSQL ends a statement after so long; absent: never. */
  readonly statementSeconds?: number;
}

/**
 * Opens the database; its tables are brought up to date by `migrate`.
 * @throws `folder-locked` when another process uses the data folder.
 */
export async function openDatabase({
  databaseUrl,
  folder = 'memory',
  statementSeconds,
}: OpenDatabase): Promise<Database> {
  if (databaseUrl !== undefined) return openPostgres(databaseUrl, statementSeconds);
  if (folder === 'memory') return openEmbedded({ folder: undefined });

  const lock = lockFolder(folder);
  try {
    const place = join(folder, 'record');
    // before anything is in it: the embedded database makes files that everybody may read and write
    privateFolder(place);
    const database = await openEmbedded({ folder: place });
    privateContent(place);
    return {
      ...database,
      async close() {
        await database.close();
        privateContent(place);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

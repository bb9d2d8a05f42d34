import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/foundation/clock.ts';
import { migrate, readMigrations } from '../../src/record/database/migrate.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { root } from './run-process.ts';

/**
 * A new data folder whose embedded database has all tables and no rows: a copy of one that was made once, because making
 * it takes seconds. The caller removes it.
 */
export async function preparedFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'intersession-house-'));
  cpSync(join(await template(), 'record'), join(folder, 'record'), { recursive: true });
  return folder;
}

async function template(): Promise<string> {
  const checksums = readMigrations().map(({ checksum }) => checksum);
  const name = `folder-${createHash('sha256').update(checksums.join()).digest('hex').slice(0, 16)}`;
  const made = join(root, 'node_modules/.cache/intersession', name);
  if (existsSync(made)) return made;
  const draft = `${made}.${process.pid}.${randomBytes(4).toString('hex')}`;
  mkdirSync(draft, { recursive: true });
  try {
    const database = await openDatabase({ folder: draft });
    await migrate(database, systemClock).finally(() => database.close());
    // whole or not at all: other test files may be at it as well
    renameSync(draft, made);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(made)) throw error;
  }
  return made;
}

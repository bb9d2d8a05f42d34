import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { tighten } from './private-folder.ts';

export interface FolderLock {
  release(): void;
}

/**
 * Takes the exclusive lock on a data folder, or refuses at once. The lock is one of the operating system's, held by an
 * open SQLite transaction on `record.lock` beside the embedded database, so it is free as soon as the process is gone,
 * however it went.
 * @throws `folder-locked` when another process has it.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'record.lock');
  const lock = new DatabaseSync(file);
  tighten(file);
  try {
    lock.exec('pragma busy_timeout = 0; pragma locking_mode = exclusive; begin exclusive;');
  } catch (cause) {
    lock.close();
    throw new IntersessionError(
      'folder-locked',
      { folder },
      `The data folder ${folder} is in use by another process. Stop that one first, or set DATA_DIR or DATABASE_URL.`,
      { cause },
    );
  }
  return { release: () => lock.close() };
}

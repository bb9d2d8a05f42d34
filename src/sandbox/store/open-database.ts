import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Opens (and makes, on first use) `<folder>/ehr.sqlite`.
 * Every commit is fsynced (`synchronous = FULL`): an answered write outlives kill -9 and power loss.
 */
export function openDatabase(folder: string): DatabaseSync {
  // an EHR's record, if only a made-up one: others on this machine don't read it
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const database = new DatabaseSync(join(folder, 'ehr.sqlite'));
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE; -- a second process on the folder is refused
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA busy_timeout = 200;
    CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS resource_version (
      seq INTEGER PRIMARY KEY,
      face TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
      last_updated TEXT NOT NULL, body TEXT, -- NULL body: the version in which it was deleted
      UNIQUE (face, type, id, version)
    );
    CREATE TABLE IF NOT EXISTS commit_line (seq INTEGER PRIMARY KEY, line TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS authorization_record (
      face TEXT NOT NULL, model TEXT NOT NULL, id TEXT NOT NULL,
      payload TEXT NOT NULL, grant_id TEXT, uid TEXT, expires_at INTEGER,
      PRIMARY KEY (face, model, id)
    );
  `);
  return database;
}

/** The value kept under a name, made and kept the first time it is asked for. */
export function keptSetting(database: DatabaseSync, name: string, make: () => string): string {
  const row = database.prepare('SELECT value FROM setting WHERE name = ?').get(name);
  if (row !== undefined) return String(row.value);
  const value = make();
  database.prepare('INSERT INTO setting (name, value) VALUES (?, ?)').run(name, value);
  return value;
}

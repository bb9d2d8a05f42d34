import type { DatabaseSync } from 'node:sqlite';
import type { FaceName } from '../face-name.ts';
import type { StoredResource } from '../resource.ts';
import type { CommitLog } from './commit-log.ts';

/** One write that is to be committed together with others. */
export interface Write {
  interaction: 'create' | 'update' | 'delete';
  type: string;
  id: string;
  version: number;
  lastUpdated: string;
  /** undefined: deleted in this version. */
  resource: StoredResource | undefined;
  identifier: string | null;
}

/** Where one resource stands now. */
export interface Current {
  version: number;
  lastUpdated: string;
  /** undefined: it was deleted. */
  resource: StoredResource | undefined;
}

/** One version of a resource as history tells it. */
export interface VersionRow extends Current {
  id: string;
}

/** What reading, searching and staging ask of a store (or of writes staged over it). */
export interface ResourceReader {
  current(type: string, id: string): Current | undefined;
  /** Resources that are not deleted, in the order they were made. */
  list(type: string): Iterable<StoredResource>;
}

/** The resources of one face: all current ones in memory, every version in the database. */
export class ResourceStore implements ResourceReader {
  readonly #database: DatabaseSync;
  readonly #face: FaceName;
  readonly #log: CommitLog;
  readonly #types = new Map<string, Map<string, Current>>();
  #changes = 0;

  constructor(database: DatabaseSync, face: FaceName, log: CommitLog) {
    this.#database = database;
    this.#face = face;
    this.#log = log;
    // in order of writing: a Map keeps the place of a key's first insertion, which is the order of creation
    const rows = database
      .prepare('SELECT type, id, version, last_updated, body FROM resource_version WHERE face = ? ORDER BY seq')
      .iterate(face);
    for (const row of rows) this.#of(String(row.type)).set(String(row.id), toCurrent(row));
  }

  /** Rises with every commit: a cheap "did anything change". */
  get changes(): number {
    return this.#changes;
  }

  current(type: string, id: string): Current | undefined {
    return this.#types.get(type)?.get(id);
  }

  *list(type: string): Iterable<StoredResource> {
    for (const { resource } of this.#types.get(type)?.values() ?? []) if (resource) yield resource;
  }

  /** Every version of a resource, newest first; empty when it never existed. */
  history(type: string, id: string): VersionRow[] {
    const rows = this.#database
      .prepare(
        'SELECT version, last_updated, body FROM resource_version WHERE face = ? AND type = ? AND id = ? ORDER BY seq DESC',
      )
      .all(this.#face, type, id);
    return rows.map((row) => ({ id, ...toCurrent(row) }));
  }

  /**
   * Commits writes all or none, then their log lines; returns only when both are on disk.
   * @param requestId names the request in the log; null = not logged (the seed)
   */
  commit(writes: readonly Write[], requestId: string | null): void {
    if (writes.length === 0) return;
    const version = this.#database.prepare(
      'INSERT INTO resource_version (face, type, id, version, last_updated, body) VALUES (?, ?, ?, ?, ?, ?)',
    );
    const line = this.#database.prepare('INSERT INTO commit_line (line) VALUES (?)');
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const write of writes) {
        const body = write.resource === undefined ? null : JSON.stringify(write.resource);
        version.run(this.#face, write.type, write.id, write.version, write.lastUpdated, body);
        if (requestId !== null) line.run(JSON.stringify(logLine(this.#face, write, requestId)));
      }
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
    for (const { type, id, version, lastUpdated, resource } of writes) {
      this.#of(type).set(id, { version, lastUpdated, resource });
    }
    this.#changes++;
    this.#log.flush();
  }

  #of(type: string): Map<string, Current> {
    let resources = this.#types.get(type);
    if (resources === undefined) {
      resources = new Map();
      this.#types.set(type, resources);
    }
    return resources;
  }
}

function toCurrent(row: Record<string, unknown>): Current {
  return {
    version: Number(row.version),
    lastUpdated: String(row.last_updated),
    resource: row.body === null ? undefined : (JSON.parse(String(row.body)) as StoredResource),
  };
}

function logLine(face: FaceName, write: Write, requestId: string) {
  const { lastUpdated: time, interaction, type, id, version, identifier } = write;
  return { time, face, interaction, type, id, version, identifier, requestId };
}

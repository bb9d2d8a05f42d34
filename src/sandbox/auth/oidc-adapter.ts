import type { DatabaseSync } from 'node:sqlite';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { FaceName } from '../face-name.ts';

/** Finds a registered client's metadata by its client_id. */
export type FindClient = (clientId: string) => Promise<AdapterPayload | undefined>;

/**
 * Storage of one face's authorization server in the EHR's database: tokens, used assertion ids and (later) grants
 * survive a restart, so a replay stays a replay.
 */
export function oidcAdapter(
  database: DatabaseSync,
  face: FaceName,
  findClient: FindClient,
): (model: string) => Adapter {
  return (model) => new SqliteAdapter(database, face, model, findClient);
}

class SqliteAdapter implements Adapter {
  readonly #database: DatabaseSync;
  readonly #face: FaceName;
  readonly #model: string;
  readonly #findClient: FindClient;

  constructor(database: DatabaseSync, face: FaceName, model: string, findClient: FindClient) {
    this.#database = database;
    this.#face = face;
    this.#model = model;
    this.#findClient = findClient;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const now = Math.floor(Date.now() / 1000);
    const expiresAt = expiresIn > 0 ? now + expiresIn : null;
    this.#database.prepare('DELETE FROM authorization_record WHERE expires_at < ?').run(now);
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO authorization_record (face, model, id, payload, grant_id, uid, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        this.#face,
        this.#model,
        id,
        JSON.stringify(payload),
        payload.grantId ?? null,
        payload.uid ?? null,
        expiresAt,
      );
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (this.#model === 'Client') return this.#findClient(id);
    return this.#first('id', id);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#first('uid', uid);
  }

  async findByUserCode(): Promise<undefined> {
    return undefined; // the device flow is not offered
  }

  async consume(id: string): Promise<void> {
    const payload = await this.find(id);
    if (payload === undefined) return;
    this.#database
      .prepare('UPDATE authorization_record SET payload = ? WHERE face = ? AND model = ? AND id = ?')
      .run(JSON.stringify({ ...payload, consumed: Math.floor(Date.now() / 1000) }), this.#face, this.#model, id);
  }

  async destroy(id: string): Promise<void> {
    this.#database
      .prepare('DELETE FROM authorization_record WHERE face = ? AND model = ? AND id = ?')
      .run(this.#face, this.#model, id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    this.#database
      .prepare('DELETE FROM authorization_record WHERE face = ? AND model = ? AND grant_id = ?')
      .run(this.#face, this.#model, grantId);
  }

  #first(column: 'id' | 'uid', value: string): AdapterPayload | undefined {
    const row = this.#database
      .prepare(
        `SELECT payload FROM authorization_record
         WHERE face = ? AND model = ? AND ${column} = ? AND (expires_at IS NULL OR expires_at >= ?)`,
      )
      .get(this.#face, this.#model, value, Math.floor(Date.now() / 1000));
    return row === undefined ? undefined : (JSON.parse(String(row.payload)) as AdapterPayload);
  }
}

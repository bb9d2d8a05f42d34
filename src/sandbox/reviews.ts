import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { FaceName } from './face-name.ts';
import type { Answer } from './fhir/answer.ts';
import type { FhirResource } from './resource.ts';
import { Draft } from './store/draft.ts';
import type { ResourceStore } from './store/resource-store.ts';

const heldWrites = z.array(
  z.object({
    type: z.string(),
    id: z.string(),
    interaction: z.enum(['create', 'update']),
    requestId: z.string(),
    state: z.enum(['held', 'refused']),
    reason: z.string().nullable(),
  }),
);
/** A write that waits for somebody to look at it, or was refused by them. */
export type HeldWrite = z.output<typeof heldWrites>[number];

/**
 * Writes answered 202: kept aside until they are accepted (and only then committed) or refused. They survive a restart.
 * @see https://hl7.org/fhir/us/core/writing.html
 */
export class Reviews {
  readonly #database: DatabaseSync;
  readonly #face: FaceName;

  constructor(database: DatabaseSync, face: FaceName) {
    this.#database = database;
    this.#face = face;
    database.exec(`CREATE TABLE IF NOT EXISTS held_write (
      seq INTEGER PRIMARY KEY, face TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL, interaction TEXT NOT NULL,
      body TEXT NOT NULL, request_id TEXT NOT NULL, state TEXT NOT NULL, reason TEXT
    )`);
  }

  /** Keeps what is staged aside. @returns the 202; undefined when nothing of it can be held */
  hold({ base }: { readonly base: string }, draft: Draft, requestId: string): Answer | undefined {
    const [write] = draft.staged();
    if (write?.resource === undefined) return undefined;
    const { type, id, interaction, resource } = write;
    this.#database
      .prepare(
        `INSERT INTO held_write (face, type, id, interaction, body, request_id, state) VALUES (?, ?, ?, ?, ?, ?, 'held')`,
      )
      .run(this.#face, type, id, interaction, JSON.stringify(resource), requestId);
    return { status: 202, location: `${base}/${type}/${id}` };
  }

  list(): HeldWrite[] {
    const rows = this.#database
      .prepare(
        `SELECT type, id, interaction, request_id AS "requestId", state, reason FROM held_write WHERE face = ? ORDER BY seq`,
      )
      .all(this.#face);
    return heldWrites.parse(rows);
  }

  /** Why the write that would have made a resource was refused; undefined when it was not. */
  refusal(type: string, id: string): string | undefined {
    const row = this.#database
      .prepare(`SELECT reason FROM held_write WHERE face = ? AND type = ? AND id = ? AND state = 'refused'`)
      .get(this.#face, type, id);
    return row && `Refused at review: ${String(row.reason)}`;
  }

  /** Commits the oldest held write on a resource, under the request that sent it. @returns false when none is held */
  accept(store: ResourceStore, type: string, id: string): boolean {
    const held = this.#oldest(type, id);
    if (held === undefined) return false;
    const draft = new Draft(store);
    draft.put(JSON.parse(String(held.body)) as FhirResource, id);
    draft.commit(String(held.request_id));
    this.#database.prepare('DELETE FROM held_write WHERE seq = ?').run(Number(held.seq));
    return true;
  }

  /** Refuses the oldest held write on a resource. @returns false when none is held */
  refuse(type: string, id: string, reason: string): boolean {
    const held = this.#oldest(type, id);
    if (held === undefined) return false;
    this.#database
      .prepare(`UPDATE held_write SET state = 'refused', reason = ? WHERE seq = ?`)
      .run(reason, Number(held.seq));
    return true;
  }

  #oldest(type: string, id: string) {
    return this.#database
      .prepare(`SELECT * FROM held_write WHERE face = ? AND type = ? AND id = ? AND state = 'held' ORDER BY seq`)
      .get(this.#face, type, id);
  }
}

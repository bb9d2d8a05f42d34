import { setTimeout as wait } from 'node:timers/promises';
import type { Queryable } from './database.ts';
import { ambiguous } from './database-trouble.ts';

/** The id of the transaction it is asked in, null where nothing was written: what PostgreSQL knows it by afterwards. */
export const transactionId = 'select txid_current_if_assigned()::text as id';

/** How long somebody who waits for an answer is kept for the database to come back. */
const patienceMs = 10_000;
/** A connection that broke ends its transaction in this time; after it nobody is left to end it. */
const graceMs = 1_000;

// Its statements are over, and whoever began it is gone: it holds its locks for nobody.
const end = `select pg_terminate_backend(pid) from pg_stat_activity
  where backend_xid::text = mod($1::bigint, 4294967296)::text and datname = current_database()`;

/**
 * Finds out what became of a transaction whose commit was not answered, on another connection. Returns when it was
 * committed (or there was nothing to commit).
 * @throws the failure when it was not; `database-unreachable` saying that nobody knows, when PostgreSQL cannot be asked
 * @see https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT
 */
export async function afterLostCommit(
  query: Queryable['query'],
  id: string | undefined,
  failure: unknown,
): Promise<void> {
  if (id === undefined) return;
  const began = performance.now();
  for (let pauseMs = 50; performance.now() - began < patienceMs; pauseMs = Math.min(pauseMs * 2, 1_000)) {
    const status = await statusOf(query, id);
    if (status === 'committed') return;
    if (status === 'aborted') throw failure;
    if (status === 'in progress' && performance.now() - began > graceMs) await query(end, [id]).catch(() => {});
    await wait(pauseMs);
  }
  throw ambiguous(failure);
}

async function statusOf(query: Queryable['query'], id: string): Promise<string | undefined> {
  const asked = query<{ status: string | null }>('select txid_status($1::bigint) as status', [id]);
  // one that cannot be asked now is asked again
  return (await asked.catch(() => undefined))?.rows[0]?.status ?? undefined;
}

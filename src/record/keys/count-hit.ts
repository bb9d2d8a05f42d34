import type { Clock } from '../../foundation/clock.ts';
import type { Queryable } from '../database/database.ts';

export interface CountedHits {
  /** With this one. */
  readonly hits: number;
  /** Until the count begins anew. */
  readonly resetAfterMs: number;
}

const windowMs = 60_000;

/**
 * Counts one more of what bears this key, in windows of a minute that begin with the first; the count is the same for
 * all processes. What is over is forgotten in the same breath.
 */
export async function countHit(database: Queryable, clock: Clock, key: string): Promise<CountedHits> {
  const now = clock.now();
  const over = new Date(now.getTime() - windowMs);
  const { rows } = await database.query<{ hits: number; began_at: string }>(
    `with gone as (delete from door_hits where began_at <= $3 and key <> $1)
     insert into door_hits as d (key, began_at, hits) values ($1, $2, 1)
     on conflict (key) do update set
       hits = case when d.began_at <= $3 then 1 else d.hits + 1 end,
       began_at = case when d.began_at <= $3 then excluded.began_at else d.began_at end
     returning hits, began_at`,
    [key, now, over],
  );
  const [row] = rows;
  if (row === undefined) return { hits: 1, resetAfterMs: windowMs };
  return { hits: row.hits, resetAfterMs: Math.max(0, new Date(row.began_at).getTime() + windowMs - now.getTime()) };
}

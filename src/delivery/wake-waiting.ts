import type { Queryable } from '../record/database/database.ts';

// By the index on the plan: what one plan has in the ledger is a page or two.
const wake = `
update landing_group g set due = true, next_at = $3
  from (select distinct group_id from ledger
         where tenant = $1 and state = 'waiting' and plan_id = any($2) and coalesce(landing, 'native') <> 'note') w
 where g.tenant = $1 and g.id = w.group_id`;

/**
 * Makes the groups of these plans due that wait for something of the plan to land. One that is being worked on right now
 * and will wait only then is found by its own next try.
 */
export async function wakeWaiting(
  database: Queryable,
  tenantId: string,
  planIds: readonly string[],
  now: Date,
): Promise<void> {
  if (planIds.length > 0) await database.query(wake, [tenantId, planIds, now]);
}

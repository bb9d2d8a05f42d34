import type { Queryable } from '../record/database/database.ts';

// By the plan's resources, whose index is at hand. A group that is leased right now may have read its references before
// they were there: moving next_at makes its completion notice.
const wake = `
update landing_group g set due = true, next_at = $3
  from (select distinct l.group_id
          from resource r
          join ledger l on l.tenant = r.tenant and l.resource_type = r.type and l.id = r.id
         where r.tenant = $1 and r.plan_id = any($2) and l.state in ('waiting', 'in-flight')
           and coalesce(l.landing, 'native') <> 'note' and l.group_id <> 'plan:' || r.plan_id) w
 where g.tenant = $1 and g.id = w.group_id`;

/** Makes the groups of these plans due that wait for something of the plan to land. */
export async function wakeWaiting(
  database: Queryable,
  tenantId: string,
  planIds: readonly string[],
  now: Date,
): Promise<void> {
  if (planIds.length > 0) await database.query(wake, [tenantId, planIds, now]);
}

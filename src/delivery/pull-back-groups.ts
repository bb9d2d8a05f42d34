import type { Queryable } from '../record/database/database.ts';
import { BACKOFF_CAP_MS } from './backoff.ts';

/** Nothing of delivery is due later than this from now, in milliseconds, as long as the clocks are right. */
export const HORIZON_MS = BACKOFF_CAP_MS + 60_000;

// Along the index of what is due, behind its usual end: as a rule there is nothing, and it costs one step. A lease is not
// ended but cut: whoever holds it and lives renews it in that time. Where something was wanted meanwhile (next_at is not
// lease_until, see claim-groups.ts) that stays so.
const pullBack = `
update landing_group
   set next_at = case when lease_token is not null and next_at = lease_until then $4::timestamptz else $2::timestamptz end,
       lease_until = case when lease_until > $3 then $4::timestamptz else lease_until end
 where tenant = $1 and due and next_at > $3
returning id`;

/**
 * Makes due what a clock that was wrong for a while has put off: without it a group would stay pending until then.
 * @returns how many there were
 */
export async function pullBackGroups(
  database: Queryable,
  tenantId: string,
  { now, leaseUntil }: { readonly now: Date; readonly leaseUntil: Date },
): Promise<number> {
  const horizon = new Date(now.getTime() + HORIZON_MS);
  return (await database.query(pullBack, [tenantId, now, horizon, leaseUntil])).rowCount;
}

import type { Queryable } from '../record/database/database.ts';
import type { ClaimedGroup } from './claimed-group.ts';

// next_at follows lease_until only while nobody wanted anything meanwhile: see claim-groups.ts. An attempt that lasts long
// enough to be renewed is worth showing as what it is; the many short ones never write that down. A group that somebody
// else has locked is being completed or wanted at this moment: waiting for it in another order could be a deadlock, and
// its lease lasts until the next renewal.
const renew = `
with mine as (
  select g.id from landing_group g
    join unnest($2::text[], $3::bigint[]) as held(id, lease_token) on g.id = held.id and g.lease_token = held.lease_token
   where g.tenant = $1
   order by g.id
     for update of g skip locked),
kept as (
  update landing_group g
     set lease_until = $4, next_at = case when g.next_at = g.lease_until then $4 else g.next_at end
    from mine
   where g.tenant = $1 and g.id = mine.id
  returning g.id),
shown as (
  update ledger l set state = 'in-flight' from kept
   where l.tenant = $1 and l.group_id = kept.id and l.state = 'pending' and l.wanted > l.landed)
select id from kept`;

/** Keeps leases alive while their groups are being worked on; a group whose lease was lost is left as it is. */
export async function renewLeases(
  database: Queryable,
  tenantId: string,
  groups: readonly ClaimedGroup[],
  leaseUntil: Date,
): Promise<void> {
  if (groups.length === 0) return;
  const parameters = [tenantId, groups.map(({ id }) => id), groups.map(({ leaseToken }) => leaseToken), leaseUntil];
  const kept = new Set((await database.query<{ id: string }>(renew, parameters)).rows.map(({ id }) => id));
  for (const group of groups) if (kept.has(group.id)) group.leaseUntil = leaseUntil;
}

const release = `
update landing_group set lease_until = $1, next_at = $1
 where lease_token is not null and lease_until > $1 and due`;

/**
 * Ends all leases at `at`. Only for the embedded database, at start: no other process can hold it, so whoever held a
 * lease is dead. Requests of the dead may still be under way to the EHR: `at` leaves them a moment to arrive.
 */
export async function releaseLeases(database: Queryable, at: Date): Promise<void> {
  await database.query(release, [at]);
}

import type { Queryable } from '../record/database/database.ts';
import type { ClaimedGroup, ClaimedRow } from './claimed-group.ts';
import { HORIZON_MS } from './pull-back-groups.ts';
import { referencesIn } from './replace-references.ts';

interface GroupRecord {
  id: string;
  plan_id: string;
  patient_id: string;
  attempts: number;
  lease_token: number;
  attempt_id: string;
  patient_state: string | null;
  former: string[] | null;
  interrupted: string | null;
  leased: string | null;
  astray: boolean;
}

interface LedgerRecord
  extends Omit<
    ClaimedRow,
    'resourceType' | 'name' | 'ehrReference' | 'ehrVersion' | 'landedAt' | 'lastStatus' | 'doubtAt' | 'references'
  > {
  group_id: string;
  resource_type: string;
  ehr_reference: string | null;
  ehr_version: string | null;
  landed_at: string | null;
  last_status: number | null;
  doubt_at: string | null;
}

// The due index alone decides what is looked at, so the cost does not grow with the backlog. While a group is leased its
// next_at equals its lease_until: it stands at the far end of that index, and whoever wants something meanwhile moves
// next_at, which is how completion learns of it. An expired lease is claimable like any other due group. The rows that were
// locked are found again by where they are (an array, so that it is the plan whatever the table's size), which costs no
// index; one that was changed in that very moment stands elsewhere since, and is left to the next claim. The limit by a
// subselect, so that one plan serves every call. A lease that ends later than any does (its clock was wrong) is cut and not
// taken: whoever holds it may be at work.
const claim = `
with due as (
  select ctid as place, attempt_id as interrupted, lease_until as leased, coalesce(lease_until > $5, false) as astray
    from landing_group
   where tenant = $1 and due and next_at <= $2 and (lease_until is null or lease_until <= $2 or lease_until > $5)
   order by next_at
   limit (select $3::int)
     for update skip locked)
update landing_group g
   set lease_token = case when due.astray then g.lease_token else nextval('lease_token') end, lease_until = $4,
       next_at = case when due.astray then g.next_at else $4::timestamptz end,
       attempts = case when due.astray then g.attempts else g.attempts + 1 end,
       attempt_id = case when due.astray then g.attempt_id else gen_random_uuid()::text end
  from due
 where g.ctid = any(array(select place from due)) and g.ctid = due.place
returning g.id, g.plan_id, g.patient_id, g.attempts, g.lease_token, g.attempt_id, due.interrupted, due.leased, due.astray,
  (select p.state from patient p where p.tenant = g.tenant and p.id = g.patient_id) as patient_state,
  (select array_agg(m.from_patient_id) from patient_merge m where m.tenant = g.tenant and m.to_patient_id = g.patient_id) as former`;

// A statement of its own, so that its snapshot holds all that was committed before the lease; wanted and content come
// from one snapshot, so that a version can't be recorded with another version's content. Rows are not marked here: the
// lease with its attempt id says that they may be on their way, at a fraction of the cost of writing every row twice.
// Content as text: its references are found and replaced in it, and it is parsed once, when it is sent.
const rows = `
select l.group_id, l.artefact, l.id, l.resource_type, l.wanted, l.landed, l.state, l.ehr_reference, l.ehr_version,
       l.landed_at, l.withdraw, l.last_status, l.doubt_at, r.content::text as content
  from ledger l
  left join resource r on r.tenant = l.tenant and r.type = l.resource_type and r.id = l.id
 where l.tenant = $1 and l.group_id = any($2) and (l.wanted > l.landed or l.withdraw)
   and l.state in ('pending', 'waiting', 'in-flight', 'unknown', 'awaiting-review')`;

// An attempt that was cut off left no trace but its id: this is the evidence that it was begun.
const interruptions = `
insert into attempt (id, tenant, group_id, started_at, landing, rows, disposition, detail)
select a, $1, g, $2, 'unknown', '', 'unknown', 'cut off before its outcome was recorded'
  from unnest($3::text[], $4::text[]) as t(a, g)
on conflict do nothing`;

/**
 * Leases up to `limit` due groups of a tenant, those waiting longest first, and reads their open rows with the resources
 * that are wanted. Nobody else gets a leased group until `leaseUntil`.
 */
export async function claimGroups(
  database: Queryable,
  tenantId: string,
  options: { readonly now: Date; readonly leaseUntil: Date; readonly limit: number },
): Promise<ClaimedGroup[]> {
  const { now, leaseUntil, limit } = options;
  const horizon = new Date(now.getTime() + HORIZON_MS);
  const { rows: taken } = await database.query<GroupRecord>(claim, [tenantId, now, limit, leaseUntil, horizon]);
  const claimed = taken.filter(({ astray }) => !astray);
  if (claimed.length === 0) return [];
  const cutOff = claimed.filter(({ interrupted }) => interrupted !== null);
  if (cutOff.length > 0) {
    const parameters = [tenantId, now, cutOff.map(({ interrupted }) => interrupted), cutOff.map(({ id }) => id)];
    await database.query(interruptions, parameters);
  }
  const found = (await database.query<LedgerRecord>(rows, [tenantId, claimed.map(({ id }) => id)])).rows;
  const byGroup = Map.groupBy(found, (row) => row.group_id);
  return claimed.map((group) => ({
    id: group.id,
    planId: group.plan_id,
    patientId: group.patient_id,
    formerPatientIds: group.former ?? [],
    patientVerified: group.patient_state === 'verified',
    leaseToken: group.lease_token,
    leaseUntil,
    attempts: group.attempts,
    attemptId: group.attempt_id,
    startedAt: now,
    interrupted: group.interrupted !== null,
    // while it was leased it may have been sent, and no later
    interruptedBy: group.interrupted === null || group.leased === null ? null : earlier(new Date(group.leased), now),
    rows: (byGroup.get(group.id) ?? []).map((row) => ({
      artefact: row.artefact,
      id: row.id,
      resourceType: row.resource_type,
      name: `${row.resource_type}/${row.id}`,
      wanted: row.wanted,
      landed: row.landed,
      state: row.state,
      ehrReference: row.ehr_reference,
      ehrVersion: row.ehr_version,
      landedAt: row.landed_at,
      withdraw: row.withdraw,
      lastStatus: row.last_status,
      doubtAt: row.doubt_at === null ? null : new Date(row.doubt_at),
      content: row.content,
      references: row.content === null ? [] : referencesIn(row.content),
    })),
  }));
}

function earlier(entry: Date, other: Date): Date {
  return entry.getTime() < other.getTime() ? entry : other;
}

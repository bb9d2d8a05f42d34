import type { Queryable } from '../record/database/database.ts';

// By the index on the plan: what one plan has in the ledger is a page or two.
const wake = `
update landing_group g set due = true, next_at = $3
  from (select distinct group_id from ledger
         where tenant = $1 and state = 'waiting' and plan_id = any($2) and coalesce(landing, 'native') not in ('note', 'communication')) w
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

// What waits for a person's token, or for an encounter, stands in groups that are marked; a patient has few of those.
const wakePatient = `
update landing_group g set due = true, next_at = $3
  from (select distinct l.group_id from ledger l join landing_group m on m.tenant = l.tenant and m.id = l.group_id
         where l.tenant = $1 and l.patient_id = $2 and l.state = 'waiting' and m.attention) w
 where g.tenant = $1 and g.id = w.group_id`;

/** Makes what waits of this patient due: somebody who could carry it has opened the patient. */
export async function wakePatientsWaiting(
  database: Queryable,
  tenantId: string,
  patientId: string,
  now: Date,
): Promise<void> {
  await database.query(wakePatient, [tenantId, patientId, now]);
}

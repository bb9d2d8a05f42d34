import type { ProjectedResource } from '../../fhir/projected-resource.ts';
import type { Queryable } from '../database/database.ts';

/** What of a projected resource the ledger needs. */
export type Wanted = Pick<ProjectedResource, 'artefact' | 'id' | 'groupId'> & {
  readonly resource: { readonly resourceType: string };
};

// The groups in order of their ids, as the table compares them, and before their rows (the count makes it so): everyone
// locks them so, and there is no deadlock. An attempt whose end is not known keeps its state (only `wanted` moves on), and
// so does what a person withdrew.
const wantSql = `with given as (
    select * from jsonb_to_recordset($5::jsonb)
      as g(artefact text collate "C", id text collate "C", resource_type text, group_id text collate "C")
  ), due as (
    insert into landing_group (tenant, id, plan_id, patient_id, due, next_at)
    select distinct on (group_id) $1, group_id, $2, $3, true, $4::timestamptz from given order by group_id
    on conflict (tenant, id) do update set plan_id = excluded.plan_id, patient_id = excluded.patient_id, due = true, next_at = excluded.next_at
    returning id
  )
  insert into ledger (tenant, artefact, id, resource_type, group_id, plan_id, patient_id, wanted, state, wanted_at)
  select $1, artefact, id, resource_type, group_id, $2, $3, 1, 'pending', $4::timestamptz from given where (select count(*) from due) > 0 order by artefact, id
  on conflict (tenant, artefact, id) do update set plan_id = excluded.plan_id, patient_id = excluded.patient_id,
    wanted = ledger.wanted + 1, wanted_at = excluded.wanted_at,
    state = case when ledger.state in ('in-flight', 'unknown', 'awaiting-review', 'withdrawn') then ledger.state else 'pending' end,
    reason = case when ledger.state in ('in-flight', 'unknown', 'awaiting-review', 'withdrawn') then ledger.reason end,
    reason_code = case when ledger.state in ('in-flight', 'unknown', 'awaiting-review', 'withdrawn') then ledger.reason_code end,
    reason_detail = case when ledger.state in ('in-flight', 'unknown', 'awaiting-review', 'withdrawn') then ledger.reason_detail end,
    waiting_since = case when ledger.state in ('in-flight', 'unknown', 'awaiting-review', 'withdrawn') then ledger.waiting_since end`;

/**
 * Says that what has changed is wanted in the EHR: one ledger row an artefact, its group due at once. Goals go with
 * their plan and have no row; who told something, and a plan's own forms, stand at our endpoint only.
 * @returns how many are wanted.
 */
export async function want(
  tx: Queryable,
  tenantId: string,
  plan: { id: string; patientId: string },
  changed: readonly Wanted[],
  machineNow: Date,
): Promise<number> {
  const rows = changed
    .filter(({ artefact }) => artefact !== 'goal' && artefact !== 'provenance' && artefact !== 'form')
    .map((wanted) => ({
      artefact: wanted.artefact,
      id: wanted.id,
      resource_type: wanted.resource.resourceType,
      group_id: wanted.groupId,
    }));
  if (rows.length === 0) return 0;
  await tx.query(wantSql, [tenantId, plan.id, plan.patientId, machineNow, JSON.stringify(rows)]);
  return rows.length;
}

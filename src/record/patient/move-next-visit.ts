import type { Queryable } from '../database/database.ts';

// What was learned last is kept. Plans of the survivor are swept soon, also those that have just moved: what is due at the visit moves
// with it, and 'epoch' is before every clock, also a pinned one.
const move = `
with old as (
  delete from next_visit where tenant = $1 and patient_id = $2 returning at, learned_at
), moved as (
  insert into next_visit (tenant, patient_id, at, learned_at) select $1, $3, at, learned_at from old
  on conflict (tenant, patient_id) do update set at = excluded.at, learned_at = excluded.learned_at
  where next_visit.learned_at < excluded.learned_at
)
update plan set sweep_at = 'epoch'
 where tenant = $1 and patient_id = $3 and status = 'active'
   and (exists (select from old) or exists (select from next_visit where tenant = $1 and patient_id = $3))`;

/** Moves what is known of when a patient is next seen to whom they are now, inside the caller's transaction, after their plans. */
export async function moveNextVisit(
  tx: Queryable,
  tenantId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await tx.query(move, [tenantId, from, to]);
}

import type { Queryable } from '../database/database.ts';
import { type Wanted, want } from './want.ts';

// Only rows that this has just made: one that stood has a history, and keeps it. A report says at which wanted version it
// told of a thing. What was not changed since is wanted at that version, so that the report still stands for it; what was
// is wanted at a later one, so that it does not.
const doubtSql = `with again as (
    select * from unnest($3::text[], $4::text[]) as a(artefact, id)
  ), doubted as (
    update ledger l set state = 'unknown', reason_code = 'told-again', wanted = greatest(1, r.version, coalesce((
        select (member->>'version')::int + (r.last_updated > (p.body->>'createdAt')::timestamptz)::int
          from report p, jsonb_array_elements(p.body->'members') member
         where p.tenant = l.tenant and p.plan_id = l.plan_id and member->>'artefact' = l.artefact and member->>'id' = l.id
         order by (member->>'version')::int desc limit 1), 1))
      from again a join resource r on r.tenant = $1 and r.id = a.id
     where l.tenant = $1 and l.plan_id = $2 and l.artefact = a.artefact and l.id = a.id and l.sent = 0 and l.state = 'pending'
       and r.type = l.resource_type
    returning l.group_id
  )
  update landing_group g set attention = true where g.tenant = $1 and g.id in (select group_id from doubted)`;

/**
 * Says that artefacts of which the ledger knows nothing are wanted in the EHR, though they may well stand there: each row
 * is `unknown`, so that delivery looks for it by our identifier or mark before it sends anything, and leaves to a person
 * what no search can decide.
 * @returns how many are wanted
 */
export async function wantLookedFor(
  tx: Queryable,
  tenantId: string,
  plan: { id: string; patientId: string },
  artefacts: readonly Wanted[],
  machineNow: Date,
): Promise<number> {
  const wanted = await want(tx, tenantId, plan, artefacts, machineNow);
  if (wanted === 0) return 0;
  await tx.query(doubtSql, [
    tenantId,
    plan.id,
    artefacts.map(({ artefact }) => artefact),
    artefacts.map(({ id }) => id),
  ]);
  return wanted;
}

import type { Queryable } from '../database/database.ts';
import type { Wanted } from './want.ts';

// A decision is kept as evidence beside the ledger (`decideRow`): that a person withdrew a row, and whether what was decided
// later left it so. A retry that lifts the withdrawal has no mark.
const restoreSql = `with again as (
    select * from unnest($3::text[], $4::text[], $5::text[]) as a(artefact, id, group_id)
  ), said as (
    select distinct on (g.artefact, g.id) g.artefact, g.id, g.group_id, a.detail, a.finished_at
      from again g join attempt a on a.tenant = $1 and a.group_id = g.group_id and a.disposition = 'person:withdraw'
       and starts_with(a.rows, g.artefact || ' ' || g.id || ' v')
     order by g.artefact, g.id, a.finished_at desc
  )
  update ledger l set withdraw = true, reason = coalesce(s.detail, 'withdrawn'), reason_code = null, reason_detail = null
    from said s
   where l.tenant = $1 and l.plan_id = $2 and l.artefact = s.artefact and l.id = s.id and l.state = 'unknown' and l.sent = 0
     and not exists (select from attempt b where b.tenant = $1 and b.group_id = s.group_id and b.disposition in ('person:retry', 'person:let-land', 'person:not-there')
       and b.finished_at > s.finished_at and starts_with(b.rows, s.artefact || ' ' || s.id || ' v') and not b.rows like '% withdrawn')
  returning l.id`;

/**
 * Says of rows that were made anew (`wantLookedFor`) which a person had withdrawn, as far as the evidence of that decision is
 * left: they are looked for, and not sent.
 * @returns how many
 */
export async function restoreWithdrawals(
  tx: Queryable,
  tenantId: string,
  planId: string,
  artefacts: readonly Wanted[],
): Promise<number> {
  if (artefacts.length === 0) return 0;
  const { rows } = await tx.query(restoreSql, [
    tenantId,
    planId,
    artefacts.map(({ artefact }) => artefact),
    artefacts.map(({ id }) => id),
    artefacts.map(({ groupId }) => groupId),
  ]);
  return rows.length;
}

import type { Queryable } from '../record/database/database.ts';
import { noReason } from '../record/ledger/ledger-row.ts';

// By the tenant alone: it runs when the landing table changes, not at each claim.
const reopen = `
with reopened as (
  update ledger l
     set wanted = l.wanted + 1, wanted_at = $4, state = 'pending', landing = null, ${noReason}
    from unnest($2::text[], $3::text[]) as now_open(artefact, type)
   where l.tenant = $1 and l.landing = 'app-only' and l.state = 'landed' and l.ehr_reference is null
     and l.artefact = now_open.artefact and l.resource_type = coalesce(now_open.type, l.resource_type)
  returning l.group_id)
update landing_group g set due = true, next_at = $4
  from (select distinct group_id from reopened) r
 where g.tenant = $1 and g.id = r.group_id`;

// What waits as another landing than it would be now: the rest of what waits is woken by what it waits for.
const wake = `
update landing_group g set due = true, next_at = $4
  from (select distinct l.group_id
          from ledger l join unnest($2::text[], $3::text[]) as now_open(artefact, landing) using (artefact)
         where l.tenant = $1 and l.state = 'waiting' and l.landing is distinct from now_open.landing) w
 where g.tenant = $1 and g.id = w.group_id`;

/** What can reach the EHR now. */
export interface OpenLanding {
  readonly artefact: string;
  readonly landing: string;
  /** Only those of this resource type; absent: all. */
  readonly type?: string | undefined;
}

/**
 * Wants again what stayed in the app because this EHR had no place for it, and now has one; and makes due what waits in
 * another form than it would have now: for the next report, where it can go in by itself.
 */
export async function reopenAppOnly(
  database: Queryable,
  tenantId: string,
  open: readonly OpenLanding[],
  now: Date,
): Promise<void> {
  if (open.length === 0) return;
  const artefacts = open.map(({ artefact }) => artefact);
  await database.query(reopen, [tenantId, artefacts, open.map(({ type }) => type ?? null), now]);
  const landings = new Map(open.map(({ artefact, landing }) => [artefact, landing]));
  await database.query(wake, [tenantId, [...landings.keys()], [...landings.values()], now]);
}

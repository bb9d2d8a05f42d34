import type { Queryable } from '../record/database/database.ts';

/** A resource of a plan that may refer to something that has just landed. */
export interface Referrer {
  readonly groupId: string;
  readonly type: string;
  readonly id: string;
  /** What its content contains if it does refer to it. */
  readonly pattern: object;
}

// The resource that refers is wanted once more, because it went out without this reference; one that was not sent yet
// will take it along anyway and only has its group looked at again.
const touch = `
with referring as (
  select distinct r.type, r.id
    from jsonb_to_recordset($2::jsonb) as x(type text, id text, pattern jsonb)
    join resource r on r.tenant = $1 and r.type = x.type and r.id = x.id and r.content @> x.pattern),
wanted as (
  update ledger l
     set wanted = l.wanted + 1, wanted_at = $3,
         state = case when l.state in ('landed', 'rejected') then 'pending' else l.state end
    from referring x
   where l.tenant = $1 and l.resource_type = x.type and l.id = x.id
     and l.state <> 'withdrawn' and coalesce(l.landing, 'native') not in ('note', 'app-only')
  returning l.group_id)
update landing_group g set due = true, next_at = $3
  from (select distinct group_id from wanted) w
 where g.tenant = $1 and g.id = w.group_id`;

/** Wants those resources again whose reference to a newly landed one had to be left out. */
export async function touchReferrers(
  database: Queryable,
  tenantId: string,
  referrers: readonly Referrer[],
  now: Date,
): Promise<void> {
  if (referrers.length === 0) return;
  const parameter = JSON.stringify(referrers.map(({ type, id, pattern }) => ({ type, id, pattern })));
  await database.query(touch, [tenantId, parameter, now]);
}

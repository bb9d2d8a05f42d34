import type { Queryable } from '../record/database/database.ts';

// A report says which version of what it tells; the highest that landed counts. Run after a report landed and after rows
// were put to wait for one, so that it does not matter which comes first.
const land = `
with told as (
  select distinct on (m.artefact, m.id) m.artefact, m.id, m.version, lr.ehr_reference
    from report p
    join ledger lr on lr.tenant = p.tenant and lr.artefact = 'report' and lr.id = p.id and lr.state = 'landed'
   cross join lateral jsonb_to_recordset(p.body -> 'members') as m(artefact text, id text, version int)
   where p.tenant = $1 and p.plan_id = any($2)
   order by m.artefact, m.id, m.version desc)
update ledger l
   set landed = told.version, sent = told.version, landed_at = $3, ehr_reference = told.ehr_reference,
       state = case when l.wanted > told.version then 'waiting' else 'landed' end,
       waiting_since = case when l.wanted > told.version then l.waiting_since end,
       reason = null, reason_detail = case when l.wanted > told.version then l.reason_detail end,
       reason_code = case when l.wanted > told.version then l.reason_code else 'told-in-report' end
  from told
 where l.tenant = $1 and l.artefact = told.artefact and l.id = told.id and l.artefact <> 'report'
   and (l.landing = 'note' or (l.landing = 'communication' and l.artefact <> 'feedback'))
   and l.artefact <> 'safety' and l.state = 'waiting' and told.version > l.landed`;

/** Marks as landed what a landed between-session report of these plans lists, at the version that it lists. */
export async function landNoted(
  database: Queryable,
  tenantId: string,
  planIds: readonly string[],
  now: Date,
): Promise<void> {
  if (planIds.length > 0) await database.query(land, [tenantId, planIds, now]);
}

import type { Queryable } from '../record/database/database.ts';

/** A resource of a plan that may refer to something that has just landed. */
export interface Referrer {
  readonly groupId: string;
  readonly type: string;
  readonly id: string;
  /** What it refers to if it does: `QuestionnaireResponse/3f…`, and by whose landing. */
  readonly reference: string;
  readonly landedGroupId: string;
}

// A reference between quotes in the text is a reference; nothing else of ours holds one of these. Each resource is read
// once, whatever number of references is looked for in it; they come with a space between, which none of them has. Arrays
// by a subselect, so that one plan serves every call (see load-references.ts).
const find = `
select t.type || '/' || t.id as referrer, reference
  from unnest((select $2::text[]), (select $3::text[]), (select $4::text[])) as t(type, id, candidates)
  join resource r on r.tenant = $1 and r.type = t.type and r.id = t.id
 cross join lateral (select r.content::text as content offset 0) c
 cross join lateral unnest(string_to_array(t.candidates, ' ')) as reference
 where strpos(c.content, '"' || reference || '"') > 0`;

/**
 * Those candidates that do refer to what landed. May be asked before the landing is recorded, outside its transaction:
 * the use case that makes an artefact makes what refers to it in the same commit.
 */
export async function findReferrers(
  database: Queryable,
  tenantId: string,
  candidates: readonly Referrer[],
): Promise<Referrer[]> {
  if (candidates.length === 0) return [];
  const byReferrer = [...Map.groupBy(candidates, nameOf).values()];
  const { rows } = await database.query<{ referrer: string; reference: string }>(find, [
    tenantId,
    byReferrer.map(([referrer]) => referrer?.type),
    byReferrer.map(([referrer]) => referrer?.id),
    byReferrer.map((same) => same.map(({ reference }) => reference).join(' ')),
  ]);
  if (rows.length === 0) return [];
  const referring = new Set(rows.map(({ referrer, reference }) => `${referrer} ${reference}`));
  return candidates.filter((candidate) => referring.has(`${nameOf(candidate)} ${candidate.reference}`));
}

function nameOf({ type, id }: Referrer): string {
  return `${type}/${id}`;
}

// The resource that refers is wanted once more, because it went out without this reference; one that was not sent yet
// will take it along anyway and only has its group looked at again.
const touch = `
with referring as (select distinct x.type, x.id from json_to_recordset($2::json) as x(type text, id text)),
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
  await database.query(touch, [tenantId, JSON.stringify(referrers.map(({ type, id }) => ({ type, id }))), now]);
}

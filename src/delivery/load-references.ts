import type { Artefact } from '../homework/model.ts';
import type { Queryable } from '../record/database/database.ts';
import type { LedgerState } from '../record/ledger/ledger-row.ts';
import type { ClaimedGroup } from './claimed-group.ts';

/** What is known of a resource that is referred to. */
export interface KnownReference {
  /** False: the record makes no such resource, so it is the EHR's own. */
  readonly ours: boolean;
  readonly artefact: Artefact | null;
  readonly state: LedgerState | null;
  readonly ehrReference: string | null;
}

/** Where a resource stands as itself: what a report tells stands in that note's place, which is no place to refer to. */
export function ownPlace(reference: string, ehrReference: string | null): string | null {
  const type = reference.slice(0, reference.indexOf('/') + 1);
  return ehrReference?.startsWith(type) === true ? ehrReference : null;
}

// Arrays by a subselect: their length is then not known when planning, so one plan serves every call; planning anew cost as
// much as the look-up.
const load = `
select t.type || '/' || t.id as reference, r.id is not null as ours, l.artefact, l.state, l.ehr_reference
  from unnest((select $2::text[]), (select $3::text[])) as t(type, id)
  left join resource r on r.tenant = $1 and r.type = t.type and r.id = t.id
  left join ledger l on l.tenant = $1 and l.resource_type = t.type and l.id = t.id`;

/** Looks up, in one statement, everything that the claimed groups refer to outside of themselves. */
export async function loadReferences(
  database: Queryable,
  tenantId: string,
  groups: readonly Pick<ClaimedGroup, 'rows'>[],
): Promise<Map<string, KnownReference>> {
  const known = new Map<string, KnownReference>();
  const asked = new Set<string>();
  for (const { rows } of groups) {
    const own = new Set(rows.map(({ name }) => name));
    for (const row of rows) {
      for (const { reference } of row.references) if (!own.has(reference)) asked.add(reference);
    }
  }
  if (asked.size === 0) return known;
  const parts = [...asked].map((reference) => reference.split('/'));
  const { rows } = await database.query<{
    reference: string;
    ours: boolean;
    artefact: Artefact | null;
    state: LedgerState | null;
    ehr_reference: string | null;
  }>(load, [tenantId, parts.map(([type]) => type), parts.map(([, id]) => id)]);
  for (const { reference, ours, artefact, state, ehr_reference } of rows) {
    known.set(reference, { ours, artefact, state, ehrReference: ownPlace(reference, ehr_reference) });
  }
  return known;
}

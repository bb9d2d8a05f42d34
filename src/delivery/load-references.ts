import type { Artefact } from '../homework/model.ts';
import type { Queryable } from '../record/database/database.ts';
import type { LedgerState } from '../record/ledger/ledger-row.ts';
import type { ClaimedGroup, ClaimedRow } from './claimed-group.ts';

/** What is known of a resource that is referred to. */
export interface KnownReference {
  /** False: the record makes no such resource, so it is the EHR's own. */
  readonly ours: boolean;
  readonly artefact: Artefact | null;
  readonly state: LedgerState | null;
  readonly ehrReference: string | null;
}

const load = `
select t.type || '/' || t.id as reference, r.id is not null as ours, l.artefact, l.state, l.ehr_reference
  from unnest($2::text[], $3::text[]) as t(type, id)
  left join resource r on r.tenant = $1 and r.type = t.type and r.id = t.id
  left join ledger l on l.tenant = $1 and l.resource_type = t.type and l.id = t.id`;

/**
 * Looks up, in one statement, everything that the claimed groups refer to; what was claimed itself need not be asked for.
 */
export async function loadReferences(
  database: Queryable,
  tenantId: string,
  groups: readonly ClaimedGroup[],
): Promise<Map<string, KnownReference>> {
  const claimed = new Map<string, ClaimedRow>();
  for (const { rows } of groups) for (const row of rows) claimed.set(row.name, row);
  const known = new Map<string, KnownReference>();
  const asked = new Set<string>();
  for (const row of claimed.values()) {
    for (const { reference } of row.references) {
      const target = claimed.get(reference);
      if (target === undefined) asked.add(reference);
      else if (!known.has(reference)) known.set(reference, ofClaimed(target));
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
    known.set(reference, { ours, artefact, state, ehrReference: ehr_reference });
  }
  return known;
}

function ofClaimed({ artefact, state, ehrReference, content }: ClaimedRow): KnownReference {
  return { ours: content !== null, artefact, state, ehrReference };
}

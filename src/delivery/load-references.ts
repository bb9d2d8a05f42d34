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

const load = `
select t.type || '/' || t.id as reference, r.id is not null as ours, l.artefact, l.state, l.ehr_reference
  from unnest($2::text[], $3::text[]) as t(type, id)
  left join resource r on r.tenant = $1 and r.type = t.type and r.id = t.id
  left join ledger l on l.tenant = $1 and l.resource_type = t.type and l.id = t.id`;

/** Looks up, in one statement, everything that the claimed groups refer to. */
export async function loadReferences(
  database: Queryable,
  tenantId: string,
  groups: readonly ClaimedGroup[],
): Promise<Map<string, KnownReference>> {
  const wanted = new Set<string>();
  for (const group of groups) {
    for (const row of group.rows) for (const { reference } of row.references) wanted.add(reference);
  }
  if (wanted.size === 0) return new Map();
  const parts = [...wanted].map((reference) => reference.split('/'));
  const { rows } = await database.query<{
    reference: string;
    ours: boolean;
    artefact: Artefact | null;
    state: LedgerState | null;
    ehr_reference: string | null;
  }>(load, [tenantId, parts.map(([type]) => type), parts.map(([, id]) => id)]);
  return new Map(
    rows.map(({ reference, ours, artefact, state, ehr_reference }) => [
      reference,
      { ours, artefact, state, ehrReference: ehr_reference },
    ]),
  );
}

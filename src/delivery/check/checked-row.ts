import { isToldInReport } from '../../landing/is-told-in-report.ts';
import type { Landing } from '../../landing/vendor-traits.ts';
import { landings } from '../../landing/vendor-traits.ts';
import type { Queryable } from '../../record/database/database.ts';
import type { LedgerKey } from '../../record/ledger/ledger-row.ts';
import type { ClaimedRow } from '../claimed-group.ts';
import type { PlannedWrite } from '../plan-sending.ts';
import { referencesIn } from '../replace-references.ts';
import type { SendingContext } from '../sending-context.ts';
import { shapeContent } from '../shape-content.ts';
import type { Patient } from '../whose.ts';

/** A ledger row as it is held against the EHR: with what the record wants there now, and how it last landed. */
export interface CheckedRow extends ClaimedRow, Patient {
  readonly landing: string | null;
  readonly sent: number;
}

interface CheckedRecord {
  readonly artefact: CheckedRow['artefact'];
  readonly id: string;
  readonly resource_type: string;
  readonly wanted: number;
  readonly sent: number;
  readonly landed: number;
  readonly state: CheckedRow['state'];
  readonly landing: string | null;
  readonly ehr_reference: string | null;
  readonly ehr_version: string | null;
  readonly landed_at: string | null;
  readonly withdraw: boolean;
  readonly last_status: number | null;
  readonly doubt_at: string | null;
  readonly patient_id: string;
  readonly former: string[] | null;
  readonly content: string | null;
}

const rows = `
select l.artefact, l.id, l.resource_type, l.wanted, l.sent, l.landed, l.state, l.landing, l.ehr_reference, l.ehr_version,
       l.landed_at, l.withdraw, l.last_status, l.doubt_at, l.patient_id, r.content::text as content,
       (select array_agg(m.from_patient_id) from patient_merge m where m.tenant = l.tenant and m.to_patient_id = l.patient_id) as former
  from ledger l
  left join resource r on r.tenant = l.tenant and r.type = l.resource_type and r.id = l.id
 where l.tenant = $1`;

// what a report tells is checked with the report; what stays in the app stands nowhere
const standing = `(l.landed > 0 and l.ehr_reference is not null or l.state in ('unknown', 'in-flight', 'awaiting-review'))`;

/** The rows of a tenant that should stand in the EHR, in the order of their keys, behind `after`. */
export async function readCheckedRows(
  database: Queryable,
  tenantId: string,
  { after, limit }: { readonly after: LedgerKey | undefined; readonly limit: number },
): Promise<CheckedRow[]> {
  const found = await database.query<CheckedRecord>(
    `${rows} and ${standing} and (l.artefact, l.id) > ($2::text, $3::text) order by l.artefact, l.id limit $4`,
    [tenantId, after?.artefact ?? '', after?.id ?? '', limit],
  );
  return found.rows.map(toRow);
}

/** One row, however it stands. */
export async function readCheckedRow(
  database: Queryable,
  tenantId: string,
  { artefact, id }: LedgerKey,
): Promise<CheckedRow | undefined> {
  const found = await database.query<CheckedRecord>(`${rows} and l.artefact = $2 and l.id = $3`, [
    tenantId,
    artefact,
    id,
  ]);
  return found.rows.map(toRow)[0];
}

function toRow(row: CheckedRecord): CheckedRow {
  const { artefact, id, wanted, sent, landed, state, landing, withdraw, content } = row;
  return {
    ...{ artefact, id, wanted, sent, landed, state, landing, withdraw, content },
    resourceType: row.resource_type,
    name: `${row.resource_type}/${id}`,
    ehrReference: row.ehr_reference,
    ehrVersion: row.ehr_version,
    landedAt: row.landed_at,
    lastStatus: row.last_status,
    doubtAt: row.doubt_at === null ? null : new Date(row.doubt_at),
    patientId: row.patient_id,
    formerPatientIds: row.former ?? [],
    references: content === null ? [] : referencesIn(content),
  };
}

/**
 * The row as it was to stand in this EHR, with our references: by the landing that it took, else by the one it would take.
 * @returns undefined for what has no resource of its own there
 */
export function toSought(row: CheckedRow, context: SendingContext): PlannedWrite | undefined {
  const { artefact, content } = row;
  const landing = landingOf(row.landing) ?? context.landings.get(artefact)?.landing;
  if (content === null || landing === undefined || landing === 'app-only' || isToldInReport(artefact, landing)) {
    return undefined;
  }
  const shaped = shapeContent(row, content, landing, context, undefined);
  if (shaped === undefined) return undefined;
  return {
    ...{ row, patientId: row.patientId, landing, resourceType: shaped.resourceType, content: shaped.content },
    ...{ replacements: [], urn: row.name, needs: [], leftOut: new Set<string>(), mayStand: true },
  };
}

function landingOf(text: string | null): Landing | undefined {
  return landings.find((landing) => landing === text);
}

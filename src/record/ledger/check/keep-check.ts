import type { Database } from '../../database/database.ts';
import type { LedgerKey, LedgerRow } from '../ledger-row.ts';
import type { ClaimedCheck } from './claim-check.ts';
import type { Finding } from './difference.ts';

/** Checks that are kept when they are done. */
const kept = 10;

/** A finding, and how the row stood when it was compared. */
export interface FoundRow {
  readonly finding: Finding;
  readonly seen: Pick<LedgerRow, 'wanted' | 'landed' | 'state' | 'ehrReference' | 'ehrVersion'>;
}

export interface CheckedPage {
  readonly tenantId: string;
  readonly check: ClaimedCheck;
  readonly last: LedgerKey;
  readonly checked: number;
  readonly found: readonly FoundRow[];
  readonly now: Date;
  readonly leaseUntil: Date;
}

// What moved on while it was compared, or is being sent right now, was compared too early: the next check sees it.
const insert = `
insert into ledger_difference (tenant, check_id, artefact, id, kind, ehr_reference, others, detail, found_at)
select $1, $2, f.artefact, f.id, f.kind, f.reference, array(select jsonb_array_elements_text(f.others)), f.detail, $4::timestamptz
  from jsonb_to_recordset($3::jsonb) as f(artefact text, id text, kind text, reference text, others jsonb, detail text,
         wanted int, landed int, state text, "ehrReference" text, "ehrVersion" text)
  join ledger l on l.tenant = $1 and l.artefact = f.artefact and l.id = f.id and l.wanted = f.wanted and l.landed = f.landed
   and l.state = f.state and l.ehr_reference is not distinct from f."ehrReference" and l.ehr_version is not distinct from f."ehrVersion"
  join landing_group g on g.tenant = l.tenant and g.id = l.group_id
   and (f.kind = 'unsettled' or g.lease_until is null or g.lease_until <= $4::timestamptz)
on conflict do nothing
returning artefact, id, kind`;

/**
 * Keeps what a page came to, and where the check goes on.
 * @returns the findings that still hold; undefined when another process has taken the check: then nothing was kept
 */
export async function keepPage(database: Database, page: CheckedPage): Promise<readonly Finding[] | undefined> {
  const { tenantId, check, last, checked, found, now, leaseUntil } = page;
  return database.transaction(async (tx) => {
    const held = await tx.query(
      `update ledger_check set after_artefact = $4, after_id = $5, checked = checked + $6, lease_until = $7::timestamptz,
         attempts = 0, problem = null
        where tenant = $1 and id = $2 and lease_token = $3 and finished_at is null returning id`,
      [tenantId, check.id, check.leaseToken, last.artefact, last.id, checked, leaseUntil],
    );
    if (held.rows.length === 0) return undefined;
    if (found.length === 0) return [];
    const given = found.map(({ finding, seen }) => ({ ...finding, ...seen }));
    const kept = await tx.query<{ artefact: string; id: string; kind: string }>(insert, [
      ...[tenantId, check.id, JSON.stringify(given), now],
    ]);
    const keys = new Set(kept.rows.map(({ artefact, id, kind }) => `${artefact} ${id} ${kind}`));
    return found
      .map(({ finding }) => finding)
      .filter(({ artefact, id, kind }) => keys.has(`${artefact} ${id} ${kind}`));
  });
}

/** The check has come to its end; those before it are forgotten, but for the last ten. */
export async function finishCheck(
  database: Database,
  { tenantId, check, now }: { readonly tenantId: string; readonly check: ClaimedCheck; readonly now: Date },
): Promise<void> {
  await database.query(
    `update ledger_check set finished_at = $4::timestamptz, lease_until = null, lease_token = null, problem = null
      where tenant = $1 and id = $2 and lease_token = $3`,
    [tenantId, check.id, check.leaseToken, now],
  );
  await database.query(
    `delete from ledger_check where tenant = $1 and finished_at is not null and id not in (
       select id from ledger_check where tenant = $1 order by serial desc limit $2)`,
    [tenantId, kept],
  );
}

/** The EHR cannot be asked now: the check goes on behind the same row later, by whoever takes it then. */
export async function putOffCheck(
  database: Database,
  {
    tenantId,
    check,
    nextAt,
    problem,
  }: {
    readonly tenantId: string;
    readonly check: ClaimedCheck;
    readonly nextAt: Date;
    readonly problem: string;
  },
): Promise<void> {
  await database.query(
    `update ledger_check set next_at = $4::timestamptz, attempts = attempts + 1, problem = $5, lease_until = null, lease_token = null
      where tenant = $1 and id = $2 and lease_token = $3`,
    [tenantId, check.id, check.leaseToken, nextAt, problem],
  );
}

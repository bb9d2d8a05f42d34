import { randomUUID } from 'node:crypto';
import type { Database } from '../../database/database.ts';
import type { LedgerKey } from '../ledger-row.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** A check that this process does until its lease ends. */
export interface ClaimedCheck {
  readonly id: string;
  readonly repair: boolean;
  readonly startedBy: string | null;
  readonly reason: string | null;
  /** The row that it goes on behind. */
  readonly after: LedgerKey;
  /** How often in a row the EHR could not be asked. */
  readonly attempts: number;
  readonly leaseToken: string;
}

interface Claim {
  readonly tenantId: string;
  readonly now: Date;
  readonly leaseMs: number;
}

/**
 * Begins the day's check when it is due, and takes the tenant's check that is under way, if nobody else does it and its
 * EHR may be asked again. Times too far ahead come from a clock that was wrong, and count for nothing.
 */
export async function claimCheck(database: Database, claim: Claim): Promise<ClaimedCheck | undefined> {
  const { tenantId, now, leaseMs } = claim;
  await beginWhenDue(database, claim);
  const at = now.getTime();
  const { rows } = await database.query<{
    id: string;
    repair: boolean;
    started_by: string | null;
    reason: string | null;
    after_artefact: string;
    after_id: string;
    attempts: number;
    lease_token: string;
  }>(
    `update ledger_check set lease_until = $3::timestamptz, lease_token = $4
      where tenant = $1 and finished_at is null and (next_at <= $2::timestamptz or next_at > $5::timestamptz)
        and (lease_until is null or lease_until <= $2::timestamptz or lease_until > $6::timestamptz)
     returning id, repair, started_by, reason, after_artefact, after_id, attempts, lease_token`,
    [tenantId, now, new Date(at + leaseMs), randomUUID(), new Date(at + hourMs), new Date(at + 2 * leaseMs)],
  );
  return rows.map((row) => ({
    ...{ id: row.id, repair: row.repair, startedBy: row.started_by, reason: row.reason, attempts: row.attempts },
    after: { artefact: row.after_artefact, id: row.after_id },
    leaseToken: row.lease_token,
  }))[0];
}

async function beginWhenDue(database: Database, { tenantId, now }: Claim): Promise<void> {
  const tomorrow = new Date(now.getTime() + dayMs);
  // a tenant's first check is a day away: nothing has landed yet that could have changed
  await database.query(
    'insert into ledger_check_schedule (tenant, next_at) values ($1, $2) on conflict (tenant) do nothing',
    [tenantId, tomorrow],
  );
  await database.transaction(async (tx) => {
    const due = await tx.query(
      `update ledger_check_schedule set next_at = $3::timestamptz
        where tenant = $1 and (next_at <= $2::timestamptz or next_at > $4::timestamptz) returning tenant`,
      [tenantId, now, tomorrow, new Date(tomorrow.getTime() + hourMs)],
    );
    if (due.rows.length === 0) return;
    await tx.query(
      `insert into ledger_check (tenant, id, started_at, repair, next_at) values ($1, $2, $3, false, $3)
       on conflict (tenant) where finished_at is null do nothing`,
      [tenantId, randomUUID(), now],
    );
  });
}

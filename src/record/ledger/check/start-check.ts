import { randomUUID } from 'node:crypto';
import type { HomeworkRecord } from '../../homework-record.ts';
import { tenantOf } from '../../tenant-of.ts';
import { refused } from '../decide-row.ts';
import { type ShownCheck, showCheck } from './show-check.ts';

export interface StartCheck {
  /** Repair what may be repaired, by the word of whoever asks. */
  readonly repair?: boolean;
  readonly reason?: string;
  /** Who asks. */
  readonly by?: string;
}

/**
 * Asks for a check of a tenant's whole ledger; the service does it in the background. While one is under way, that one is
 * answered.
 * @throws `unknown-tenant`; `not-supported` when a repair is asked for and a check without one is under way
 */
export async function startCheck(
  record: HomeworkRecord,
  tenantId: string,
  { repair = false, reason, by }: StartCheck,
): Promise<ShownCheck> {
  tenantOf(record, tenantId);
  await record.database.query(
    `insert into ledger_check (tenant, id, started_at, started_by, reason, repair, next_at) values ($1, $2, $3, $4, $5, $6, $3)
     on conflict (tenant) where finished_at is null do nothing`,
    [tenantId, randomUUID(), record.clock.now(), by ?? 'not said', reason ?? null, repair],
  );
  const { check } = await showCheck(record, tenantId);
  if (check === null || (repair && !check.repair)) throw refused('repair', 'a check without repair is under way');
  return check;
}

import type { HomeworkRecord } from '../homework-record.ts';
import { decideRow, evidenceOf, makeDue, refused } from './decide-row.ts';
import type { LedgerKey, LedgerRow } from './ledger-row.ts';

export interface RetryRow extends LedgerKey {
  /** Why it should go now; kept as evidence. */
  readonly reason?: string;
  /** Who says so. */
  readonly by?: string;
}

/**
 * Tries a row again, now: what was rejected, waits, is held back by backoff or was withdrawn. One that is `unknown` or
 * under review keeps its state: delivery looks for it in the EHR first, and sends nothing blindly.
 * @throws `unknown-artefact`, `not-supported` when it has landed or is under way
 */
export async function retryRow(record: HomeworkRecord, tenantId: string, command: RetryRow): Promise<LedgerRow> {
  return decideRow(record, tenantId, command, {
    verb: 'retry',
    detail: evidenceOf(command),
    decide: async (tx, row, now) => {
      if (row.state === 'landed') throw refused('retry', 'it has landed');
      if (row.state === 'rejected' || row.state === 'waiting' || row.state === 'withdrawn') {
        await tx.query(
          `update ledger set state = 'pending', withdraw = false, reason = null, waiting_since = null
           where tenant = $1 and artefact = $2 and id = $3`,
          [tenantId, row.artefact, row.id],
        );
      }
      await makeDue(tx, tenantId, row.groupId, now);
    },
  });
}

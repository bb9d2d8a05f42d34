import type { HomeworkRecord } from '../homework-record.ts';
import { decideRow, evidenceOf, makeDue, refused } from './decide-row.ts';
import type { LedgerKey, LedgerRow } from './ledger-row.ts';

export interface RetryRow extends LedgerKey {
  /** The person has looked in the EHR and it is not there: what is known of where it stood is forgotten, and it is sent anew. */
  readonly notThere?: boolean;
  /** Why it should go now; kept as evidence. */
  readonly reason?: string;
  /** Who says so. */
  readonly by?: string;
}

/**
 * Tries a row again, now: what was rejected, waits, is held back by backoff or was withdrawn. One that is `unknown` or
 * under review keeps its state: delivery looks for it in the EHR first, and sends nothing blindly; only a person's word that
 * an unknown one is not there makes it new.
 * @throws `unknown-artefact`, `not-supported` when it has landed or is under way, or `notThere` of one that is not unknown
 */
export async function retryRow(record: HomeworkRecord, tenantId: string, command: RetryRow): Promise<LedgerRow> {
  return decideRow(record, tenantId, command, {
    verb: 'retry',
    detail: evidenceOf(command.notThere === true ? { ...command, reference: 'not there' } : command),
    decide: async (tx, row, now) => {
      if (row.state === 'landed') throw refused('retry', 'it has landed');
      if (command.notThere === true) {
        if (row.state !== 'unknown') throw refused('retry as not there', `it is ${row.state}`);
        await tx.query(
          `update ledger set state = 'pending', reason = null, ehr_reference = null, ehr_version = null, landed = 0, last_status = null, doubt_at = null
           where tenant = $1 and artefact = $2 and id = $3`,
          [tenantId, row.artefact, row.id],
        );
      }
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

import type { HomeworkRecord } from '../homework-record.ts';
import { decideRow, evidenceOf, makeDue, refused } from './decide-row.ts';
import type { LedgerKey, LedgerRow } from './ledger-row.ts';

export interface WithdrawRow extends LedgerKey {
  readonly reason: string;
  /** Who says so. */
  readonly by?: string;
}

/**
 * A person decides that something shall not land. What has been sent without a known end stays as it is until that end
 * is known; only the wish is noted, and delivery looks at once.
 * @throws `unknown-artefact`, `not-supported` when it has landed: then it is taken back in the record, which updates it there
 */
export async function withdrawRow(record: HomeworkRecord, tenantId: string, command: WithdrawRow): Promise<LedgerRow> {
  return decideRow(record, tenantId, command, {
    verb: 'withdraw',
    detail: evidenceOf(command),
    decide: async (tx, row, now) => {
      if (row.landed > 0) throw refused('withdraw', `${standsThere(row)}; take it back in the record instead`);
      await tx.query(
        `update ledger set withdraw = true, reason = $4, reason_code = null, reason_detail = null, waiting_since = null,
           state = case when state in ('in-flight', 'unknown', 'awaiting-review') then state else 'withdrawn' end
         where tenant = $1 and artefact = $2 and id = $3`,
        [tenantId, row.artefact, row.id, command.reason],
      );
      await tx.query('update landing_group set attention = true where tenant = $1 and id = $2', [
        tenantId,
        row.groupId,
      ]);
      const unresolved = row.state === 'in-flight' || row.state === 'unknown' || row.state === 'awaiting-review';
      if (unresolved) await makeDue(tx, tenantId, row.groupId, now);
    },
  });
}

/** Of a row that landed once: what came after may have been refused since, or be on its way. */
function standsThere({ state, landed }: LedgerRow): string {
  return state === 'landed' ? 'it has landed' : `an earlier version of it (${landed}) has landed and stands in the EHR`;
}

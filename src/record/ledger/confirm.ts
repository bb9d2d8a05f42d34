import { isEhrReference } from '../../homework/ehr-id.ts';
import { IntersessionError } from '../../homework/errors.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { decideRow, evidenceOf, makeDue, refused } from './decide-row.ts';
import type { LedgerKey, LedgerRow } from './ledger-row.ts';

export interface ConfirmRow extends LedgerKey {
  /** Where the person found it in the EHR: `DocumentReference/42`. */
  readonly reference: string;
  /** How that is known; kept as evidence. */
  readonly reason?: string;
  /** Who says so. */
  readonly by?: string;
}

/**
 * A person says that what was sent without an answer stands in the EHR, and where. What was wanted since is sent as an
 * update to it.
 * @throws `unknown-artefact`, `invalid-request`, `not-supported` unless it is unknown or under review
 */
export async function confirmRow(record: HomeworkRecord, tenantId: string, command: ConfirmRow): Promise<LedgerRow> {
  const { reference } = command;
  if (!isEhrReference(reference)) {
    const problem = 'is not a relative reference such as Task/17';
    throw new IntersessionError(
      'invalid-request',
      { issues: [{ path: 'reference', problem }] },
      `reference ${problem}.`,
    );
  }
  return decideRow(record, tenantId, command, {
    verb: 'confirm',
    detail: evidenceOf(command),
    decide: async (tx, row, now) => {
      if (row.state !== 'unknown' && row.state !== 'awaiting-review') throw refused('confirm', `it is ${row.state}`);
      await tx.query(
        `update ledger set ehr_reference = $4, ehr_version = null, landed = greatest(landed, sent), landed_at = $5::timestamptz,
           state = case when wanted > greatest(landed, sent) then 'pending' else 'landed' end, reason = null, waiting_since = null
         where tenant = $1 and artefact = $2 and id = $3`,
        [tenantId, row.artefact, row.id, reference, now],
      );
      await makeDue(tx, tenantId, row.groupId, now);
    },
  });
}

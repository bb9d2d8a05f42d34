import { hasCode } from '../../foundation/intersession-error.ts';
import type { LedgerState, RetriedTogether } from '../../homework/ledger/ledger-state.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import type { LedgerFilter } from './ledger-filter.ts';
import { listLedger } from './list-ledger.ts';
import { retryRow } from './retry.ts';

export interface RetryMany extends Omit<LedgerFilter, 'states'> {
  readonly state: RetriedTogether;
  /** Why they should go now; kept as evidence with each. */
  readonly reason: string;
  readonly by?: string;
  readonly cursor?: string;
}

export interface RetriedMany {
  /** How many are tried again. */
  readonly tried: number;
  /** How many were left as they are: they landed or are being sent by now. */
  readonly left: number;
  /** Where to go on; absent: that was all. */
  readonly next?: string;
}

/** Few enough that a page of the app waits seconds and not minutes for one answer. */
const atOnce = 100;

/**
 * Tries many rows again, a hundred at a time: each as `retryRow` does, with its own evidence. What is unknown is looked for
 * in the EHR first. A row that goes out and is refused at once is not met again: the cursor has passed it.
 * @throws `unknown-tenant`, `invalid-request` for a cursor of something else
 */
export async function retryMany(
  record: HomeworkRecord,
  tenantId: string,
  { state, reason, by, ...which }: RetryMany,
): Promise<RetriedMany> {
  const states: readonly LedgerState[] = [state];
  const page = await listLedger(record, tenantId, { ...which, states, count: atOnce });
  let tried = 0;
  for (const { artefact, id } of page.rows) {
    const done = await retryRow(record, tenantId, { artefact, id, reason, ...(by === undefined ? {} : { by }) }).then(
      () => true,
      (error: unknown) => {
        // it has moved on since it was listed
        if (hasCode(error, 'not-supported') || hasCode(error, 'unknown-artefact')) return false;
        throw error;
      },
    );
    if (done) tried += 1;
  }
  const left = page.rows.length - tried;
  return { tried, left, ...(page.next === undefined ? {} : { next: page.next }) };
}

import { defined } from '../../foundation/defined.ts';
import type { LedgerState, RetriedTogether } from '../../homework/ledger/ledger-state.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { decideTogether } from './decide-row.ts';
import type { LedgerFilter } from './ledger-filter.ts';
import { listLedger } from './list-ledger.ts';
import { retrying } from './retry.ts';

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
 * Tries many rows again, a hundred at a time: each as `retryRow` does, with its own evidence, and those that are sent
 * together at once. What is unknown is looked for in the EHR first. A row that goes out and is refused at once is not met again: the cursor has passed it.
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
  const decision = retrying(tenantId, { reason, ...defined({ by }) });
  for (const rows of Map.groupBy(page.rows, ({ groupId }) => groupId).values()) {
    tried += await decideTogether(record, tenantId, rows, decision);
  }
  const left = page.rows.length - tried;
  return { tried, left, ...(page.next === undefined ? {} : { next: page.next }) };
}

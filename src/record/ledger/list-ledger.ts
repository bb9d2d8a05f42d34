import type { HomeworkRecord } from '../homework-record.ts';
import { readCursor, writeCursor } from '../store/keyset-cursor.ts';
import { type LedgerFilter, ledgerFilter } from './ledger-filter.ts';
import { columnsOf, type LedgerRow } from './ledger-row.ts';

export interface ListLedger extends LedgerFilter {
  /** 1 to 200; default 50. */
  readonly count?: number;
  readonly cursor?: string;
}

export interface LedgerPage {
  readonly rows: readonly LedgerRow[];
  readonly next?: string;
}

/**
 * Lists ledger rows, in a fixed order, page by page.
 * @throws `unknown-tenant`, `invalid-request`
 */
export async function listLedger(
  record: HomeworkRecord,
  tenantId: string,
  { count = 50, cursor, ...filter }: ListLedger = {},
): Promise<LedgerPage> {
  const { where, stateNow, bind, parameters } = ledgerFilter(record, tenantId, filter);
  const conditions = [where];
  if (cursor !== undefined) {
    const [afterArtefact, afterId] = readCursor(cursor, 2);
    conditions.push(`(l.artefact, l.id) > (${bind(afterArtefact)}::text, ${bind(afterId)}::text)`);
  }
  const { rows } = await record.database.query<LedgerRow>(
    `select ${columnsOf(stateNow())} from ledger l where ${conditions.join(' and ')} order by l.artefact, l.id limit ${bind(count + 1)}`,
    parameters,
  );
  const page = rows.slice(0, count);
  const last = page.at(-1);
  return { rows: page, ...(rows.length > count && last ? { next: writeCursor([last.artefact, last.id]) } : {}) };
}

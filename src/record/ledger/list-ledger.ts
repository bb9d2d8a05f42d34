import type { HomeworkRecord } from '../homework-record.ts';
import { readCursor, writeCursor } from '../keyset-cursor.ts';
import { newStatement } from '../search-sql.ts';
import { tenantOf } from '../tenant-of.ts';
import { type LedgerRow, type LedgerState, ledgerColumns } from './ledger-row.ts';

export interface ListLedger {
  readonly states?: readonly LedgerState[];
  readonly artefact?: string;
  readonly planId?: string;
  readonly patientId?: string;
  /** 1 to 200; default 50. */
  readonly count?: number;
  readonly cursor?: string;
}

export interface LedgerPage {
  readonly rows: readonly LedgerRow[];
  readonly next?: string;
}

/** Lists ledger rows, in a fixed order, page by page. @throws `unknown-tenant`, `invalid-request` */
export async function listLedger(
  record: HomeworkRecord,
  tenantId: string,
  { states, artefact, planId, patientId, count = 50, cursor }: ListLedger = {},
): Promise<LedgerPage> {
  tenantOf(record, tenantId);
  const { parameters, bind } = newStatement();
  const conditions = [`l.tenant = ${bind(tenantId)}`];
  if (states !== undefined) {
    conditions.push(`l.state in (select jsonb_array_elements_text(${bind(JSON.stringify(states))}::jsonb))`);
  }
  if (artefact !== undefined) conditions.push(`l.artefact = ${bind(artefact)}`);
  if (planId !== undefined) conditions.push(`l.plan_id = ${bind(planId)}`);
  if (patientId !== undefined) conditions.push(`l.patient_id = ${bind(patientId)}`);
  if (cursor !== undefined) {
    const [afterArtefact, afterId] = readCursor(cursor, 2);
    conditions.push(`(l.artefact, l.id) > (${bind(afterArtefact)}::text, ${bind(afterId)}::text)`);
  }
  const { rows } = await record.database.query<LedgerRow>(
    `select ${ledgerColumns} from ledger l where ${conditions.join(' and ')} order by l.artefact, l.id limit ${bind(count + 1)}`,
    parameters,
  );
  const page = rows.slice(0, count);
  const last = page.at(-1);
  return { rows: page, ...(rows.length > count && last ? { next: writeCursor([last.artefact, last.id]) } : {}) };
}

import type { HomeworkRecord } from '../homework-record.ts';
import { readCursor, writeCursor } from '../store/keyset-cursor.ts';
import { seesOnly } from '../store/own-reach.ts';
import { newStatement } from '../store/statement.ts';
import { tenantOf } from '../tenant-of.ts';
import { columnsOf, type LedgerRow, type LedgerState, needsAttention, ownedRow } from './ledger-row.ts';

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

/**
 * Lists ledger rows, in a fixed order, page by page. What is pending in a group that is being worked on is shown as in
 * flight. States that need attention are found by their groups' mark, the others on the way along the primary key.
 * @throws `unknown-tenant`, `invalid-request`
 */
export async function listLedger(
  record: HomeworkRecord,
  tenantId: string,
  { states, artefact, planId, patientId, count = 50, cursor }: ListLedger = {},
): Promise<LedgerPage> {
  tenantOf(record, tenantId);
  const { parameters, bind } = newStatement();
  const tenant = bind(tenantId);
  const conditions = [`l.tenant = ${tenant}`];
  // the lease says it: rows are not written when an attempt begins
  const leased = `select from landing_group g
    where g.tenant = l.tenant and g.id = l.group_id and g.lease_until > ${bind(record.clock.now())}::timestamptz`;
  const state = `case when l.state = 'pending' and l.wanted > l.landed and exists (${leased}) then 'in-flight' else l.state end`;
  if (states !== undefined) {
    conditions.push(`${state} in (select jsonb_array_elements_text(${bind(JSON.stringify(states))}::jsonb))`);
    if (planId === undefined && states.every(needsAttention)) {
      conditions.push(`l.group_id in (select a.id from landing_group a where a.tenant = ${tenant} and a.attention)`);
    }
  }
  if (artefact !== undefined) conditions.push(`l.artefact = ${bind(artefact)}`);
  if (planId !== undefined) conditions.push(`l.plan_id = ${bind(planId)}`);
  if (patientId !== undefined) {
    conditions.push(
      `l.plan_id in (select p.id from plan p where p.tenant = ${tenant} and p.patient_id = ${bind(patientId)})`,
    );
  }
  const own = seesOnly(record.actor);
  if (own !== undefined) conditions.push(ownedRow(bind(own)));
  if (cursor !== undefined) {
    const [afterArtefact, afterId] = readCursor(cursor, 2);
    conditions.push(`(l.artefact, l.id) > (${bind(afterArtefact)}::text, ${bind(afterId)}::text)`);
  }
  const { rows } = await record.database.query<LedgerRow>(
    `select ${columnsOf(state)} from ledger l where ${conditions.join(' and ')} order by l.artefact, l.id limit ${bind(count + 1)}`,
    parameters,
  );
  const page = rows.slice(0, count);
  const last = page.at(-1);
  return { rows: page, ...(rows.length > count && last ? { next: writeCursor([last.artefact, last.id]) } : {}) };
}

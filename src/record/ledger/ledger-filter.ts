import type { HomeworkRecord } from '../homework-record.ts';
import { seesOnly } from '../store/own-reach.ts';
import { newStatement } from '../store/statement.ts';
import { tenantOf } from '../tenant-of.ts';
import { type LedgerState, needsAttention, ownedRow } from './ledger-row.ts';
import { readSought } from './sought.ts';

/** Which rows of a tenant's ledger; absent: any. */
export interface LedgerFilter {
  readonly states?: readonly LedgerState[];
  readonly artefact?: string;
  readonly planId?: string;
  readonly patientId?: string;
  /** The code of why it stands as it does. */
  readonly reasonCode?: string;
  /** What a person holds in their hand of a row; see `readSought`. */
  readonly find?: string;
}

/**
 * SQL of a filter over `ledger l`: `where` without the word, and `stateNow`, the row's state as people see it (what is pending in a
 * group that is being worked on is in flight). States that need attention are found by their groups' mark, the others on the
 * way along the primary key.
 * @throws `unknown-tenant`
 */
export function ledgerFilter(
  record: HomeworkRecord,
  tenantId: string,
  { states, artefact, planId, patientId, reasonCode, find }: LedgerFilter,
): { readonly where: string; readonly stateNow: () => string } & Pick<
  ReturnType<typeof newStatement>,
  'bind' | 'parameters'
> {
  tenantOf(record, tenantId);
  const { parameters, bind } = newStatement();
  const tenant = bind(tenantId);
  const conditions = [`l.tenant = ${tenant}`];
  // the lease says it: rows are not written when an attempt begins
  const stateNow = (): string => {
    const leased = `select from landing_group g
      where g.tenant = l.tenant and g.id = l.group_id and g.lease_until > ${bind(record.clock.now())}::timestamptz`;
    return `case when l.state = 'pending' and l.wanted > l.landed and exists (${leased}) then 'in-flight' else l.state end`;
  };
  if (states !== undefined) {
    conditions.push(`${stateNow()} in (select jsonb_array_elements_text(${bind(JSON.stringify(states))}::jsonb))`);
    if (planId === undefined && states.every(needsAttention)) {
      conditions.push(`l.group_id in (select a.id from landing_group a where a.tenant = ${tenant} and a.attention)`);
    }
  }
  if (artefact !== undefined) conditions.push(`l.artefact = ${bind(artefact)}`);
  if (planId !== undefined) conditions.push(`l.plan_id = ${bind(planId)}`);
  const ofPatients = (patients: string) =>
    `l.plan_id in (select p.id from plan p where p.tenant = ${tenant} and p.patient_id = any(${patients}::text[]))`;
  if (patientId !== undefined) conditions.push(ofPatients(bind([patientId])));
  if (reasonCode !== undefined) conditions.push(`l.reason_code = ${bind(reasonCode)}`);
  if (find !== undefined) {
    const { whole, beginning, attempt } = readSought(find);
    const any = bind(whole);
    const ways = ['l.id', 'l.plan_id', 'l.group_id', 'l.ehr_reference'].map(
      (column) => `${column} = any(${any}::text[])`,
    );
    // the id that the EHR gave it, without its type
    ways.push(`split_part(l.ehr_reference, '/', 2) = any(${any}::text[])`);
    ways.push(ofPatients(any));
    if (beginning !== undefined) {
      const begins = bind(beginning);
      ways.push(`starts_with(l.id, ${begins}::text)`, `starts_with(l.plan_id, ${begins}::text)`);
    }
    if (attempt !== undefined)
      ways.push(
        `l.group_id in (select t.group_id from attempt t where t.tenant = ${tenant} and t.id = ${bind(attempt)}::text)`,
      );
    conditions.push(`(${ways.join(' or ')})`);
  }
  const own = seesOnly(record.actor);
  if (own !== undefined) conditions.push(ownedRow(bind(own)));
  return { where: conditions.join(' and '), stateNow, bind, parameters };
}

/** How many rows a filter shows. @throws `unknown-tenant` */
export async function countLedger(record: HomeworkRecord, tenantId: string, filter: LedgerFilter): Promise<number> {
  const { where, parameters } = ledgerFilter(record, tenantId, filter);
  const { rows } = await record.database.query<{ count: string | number }>(
    `select count(*) as count from ledger l where ${where}`,
    parameters,
  );
  return Number(rows[0]?.count ?? 0);
}

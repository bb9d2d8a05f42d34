import type { RowReason } from '../../homework/ledger/row-reason.ts';
import type { Artefact, Instant } from '../../homework/model.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';
import { type LedgerRow, type LedgerState, ledgerColumns, ledgerStates, whyColumn } from './ledger-row.ts';

/** Rows that wait for the same thing, told as one. */
export interface Waiting {
  readonly artefact: Artefact;
  readonly landing: string | null;
  readonly why: RowReason | null;
  readonly words: string | null;
  readonly count: number;
  /** Since when the one waits that has waited longest. */
  readonly since: Instant;
}

/** A tenant's ledger at a glance. */
export interface LedgerSummary {
  readonly counts: Readonly<Record<LedgerState, number>>;
  /** What waits, grouped by what for; longest first, at most 100 groups. */
  readonly waiting: readonly Waiting[];
  /** Rows that only a person can help, those that stand so longest first. */
  readonly undecided: readonly LedgerRow[];
}

// Nothing is pending but in a group that is due, and nothing in trouble but in one that is marked: two small indexes lead
// there. What is left of the whole has landed, which is counted by the primary key alone.
const count = `
with worked as (
  select id, lease_until > $2::timestamptz as leased from landing_group where tenant = $1 and due
   union
  select id, lease_until > $2::timestamptz from landing_group where tenant = $1 and attention),
open as (
  select case when l.state = 'pending' and l.wanted > l.landed and w.leased then 'in-flight' else l.state end as state
    from worked w join ledger l on l.tenant = $1 and l.group_id = w.id)
select state, count(*)::int as n from open where state <> 'landed' group by state
union all
select 'total', count(*)::int from ledger where tenant = $1`;

const marked = 'l.tenant = $1 and l.group_id in (select id from landing_group where tenant = $1 and attention)';

const waits = `
select l.artefact, l.landing, ${whyColumn} as why, l.reason as words, count(*)::int as count, min(coalesce(l.waiting_since, l.wanted_at)) as since
  from ledger l where ${marked} and l.state = 'waiting'
 group by l.artefact, l.landing, l.reason, l.reason_code, l.reason_detail
 order by since, l.artefact, l.reason, l.reason_code, l.reason_detail limit 100`;

const undecided = `
select ${ledgerColumns} from ledger l
 where ${marked} and l.state in ('rejected', 'unknown', 'awaiting-review')
 order by coalesce(l.waiting_since, l.wanted_at), l.artefact, l.id limit $2`;

/**
 * Sums up where a tenant's artefacts stand, what waits and for what, and what needs a person.
 * @param atMost rows of `undecided`
 * @throws `unknown-tenant`
 */
export async function summariseLedger(
  record: HomeworkRecord,
  tenantId: string,
  { atMost = 20 }: { readonly atMost?: number } = {},
): Promise<LedgerSummary> {
  tenantOf(record, tenantId);
  const [counted, waiting, rows] = await Promise.all([
    record.database.query<{ state: LedgerState | 'total'; n: number }>(count, [tenantId, record.clock.now()]),
    record.database.query<Waiting>(waits, [tenantId]),
    record.database.query<LedgerRow>(undecided, [tenantId, atMost]),
  ]);
  const found = new Map(counted.rows.map(({ state, n }) => [state, n]));
  const elsewhere = counted.rows.reduce((sum, { state, n }) => (state === 'total' ? sum : sum + n), 0);
  const counts = Object.fromEntries(ledgerStates.map((state) => [state, found.get(state) ?? 0]));
  counts.landed = (found.get('total') ?? 0) - elsewhere;
  return { counts: counts as Record<LedgerState, number>, waiting: waiting.rows, undecided: rows.rows };
}

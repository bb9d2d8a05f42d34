import type { RowReason } from '../../homework/ledger/row-reason.ts';
import { personCodes } from '../../homework/ledger/whose-turn.ts';
import type { Artefact, Instant } from '../../homework/model.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';
import { type LedgerRow, type LedgerState, ledgerColumns, ledgerStates, whyWith } from './ledger-row.ts';

/** Rows that wait for the same thing, told as one. */
export interface Waiting {
  readonly artefact: Artefact;
  readonly state: LedgerState;
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
  /** Of all that has neither landed nor was withdrawn: what only a person can help, what goes on by itself, and what is about to be sent, or sent again, or is being sent. */
  readonly open: { readonly decide: number; readonly wait: number; readonly send: number };
  /** What goes on by itself and has not been sent yet or is looked for, grouped by what it waits for; longest first, at most 100 groups. */
  readonly waiting: readonly Waiting[];
  /** Rows that only a person can help (`whoseTurn`), those that stand so longest first. */
  readonly undecided: readonly LedgerRow[];
}

/** SQL: `whoseTurn` of `ledger l` is a person's. */
const askPerson = `(l.state = 'rejected' or (l.state = 'unknown' and coalesce(l.reason_code, '') in (${personCodes.map((code) => `'${code}'`).join(', ')})))`;

// Nothing is pending but in a group that is due, and nothing in trouble but in one that is marked: two small indexes lead
// there. What is left of the whole has landed, which is counted by the primary key alone.
const count = `
with worked as (
  select id, lease_until > $2::timestamptz as leased from landing_group where tenant = $1 and due
   union
  select id, lease_until > $2::timestamptz from landing_group where tenant = $1 and attention),
open as (
  select case when l.state = 'pending' and l.wanted > l.landed and w.leased then 'in-flight' else l.state end as state,
         ${askPerson} as person
    from worked w join ledger l on l.tenant = $1 and l.group_id = w.id)
select state, person, count(*)::int as n from open where state <> 'landed' group by state, person
union all
select 'total', false, count(*)::int from ledger where tenant = $1`;

/** What is wanted no longer than this is about to be sent, in milliseconds; longer, and it waits. */
const aboutToMs = 60_000;

const marked = 'l.tenant = $1 and l.group_id in (select id from landing_group where tenant = $1 and attention)';

// each that may be under way has times of its own, and all of them wait for the same: the latest are told
// what is being sent right now, or wanted just now, is over in a moment, and waits for nothing
const waits = `
with worked as (
  select id from landing_group where tenant = $1 and due and coalesce(lease_until <= $2::timestamptz, true)
   union
  select id from landing_group where tenant = $1 and attention)
select l.artefact, l.state, l.landing, ${whyWith('max(l.reason_detail)')} as why, l.reason as words, count(*)::int as count, min(coalesce(l.waiting_since, l.wanted_at)) as since
  from worked w join ledger l on l.tenant = $1 and l.group_id = w.id
 where l.state in ('waiting', 'awaiting-review', 'unknown', 'pending') and not ${askPerson} 
   and (l.state <> 'pending' or (l.wanted > l.landed and l.wanted_at <= $3::timestamptz))
 group by l.artefact, l.state, l.landing, l.reason, l.reason_code, case when l.reason_code = 'under-way' then '' else l.reason_detail end
 order by since, l.artefact, l.state, l.reason, l.reason_code, max(l.reason_detail) limit 100`;

const undecided = `
select ${ledgerColumns} from ledger l
 where ${marked} and ${askPerson}
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
  const now = record.clock.now();
  const [counted, waiting, rows] = await Promise.all([
    record.database.query<Counted>(count, [tenantId, now]),
    record.database.query<Waiting>(waits, [tenantId, now, new Date(now.getTime() - aboutToMs)]),
    record.database.query<LedgerRow>(undecided, [tenantId, atMost]),
  ]);
  const sum = (test: (row: Counted) => boolean): number =>
    counted.rows.reduce((total, row) => (test(row) ? total + row.n : total), 0);
  const counts = Object.fromEntries(ledgerStates.map((state) => [state, sum((row) => row.state === state)]));
  counts.landed = sum(({ state }) => state === 'total') - sum(({ state }) => state !== 'total');
  const open = {
    decide: sum(({ person }) => person),
    wait: sum(({ state, person }) => !person && waitsItself.has(state)),
    send: sum(({ state }) => state === 'pending' || state === 'in-flight'),
  };
  return { counts: counts as Record<LedgerState, number>, open, waiting: waiting.rows, undecided: rows.rows };
}

interface Counted {
  readonly state: LedgerState | 'total';
  readonly person: boolean;
  readonly n: number;
}

const waitsItself = new Set<LedgerState | 'total'>(['waiting', 'awaiting-review', 'unknown']);

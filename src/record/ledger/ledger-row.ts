import { type LedgerState, ledgerStates } from '../../homework/ledger/ledger-state.ts';
import type { RowReason } from '../../homework/ledger/row-reason.ts';
import type { Artefact, Instant } from '../../homework/model.ts';

export { type LedgerState, ledgerStates };

const attention = new Set<LedgerState>(['waiting', 'rejected', 'unknown', 'awaiting-review', 'withdrawn']);

/** Whether a row in this state may need a person: its group is then marked, so that it is found among many. */
export function needsAttention(state: LedgerState): boolean {
  return attention.has(state);
}

/** What is wanted of one artefact in the EHR, and where it stands. */
export interface LedgerRow {
  readonly artefact: Artefact;
  readonly id: string;
  readonly resourceType: string;
  readonly groupId: string;
  readonly planId: string;
  readonly patientId: string;
  /** Version wanted, last sent, and known to stand in the EHR. */
  readonly wanted: number;
  readonly sent: number;
  readonly landed: number;
  readonly state: LedgerState;
  readonly landing: string | null;
  /** Why it stands as it does; null: nothing is to be said, or `words` says it. */
  readonly why: RowReason | null;
  /** Words that are somebody's own: of who withdrew it, of the landing table for what stays in the app. */
  readonly words: string | null;
  readonly waitingSince: Instant | null;
  /** `Task/17` in the EHR. */
  readonly ehrReference: string | null;
  readonly ehrVersion: string | null;
  readonly wantedAt: Instant;
  readonly landedAt: Instant | null;
  readonly lastStatus: number | null;
  /** What the EHR said. */
  readonly lastOutcome: string | null;
  readonly withdraw: boolean;
}

/** Names one ledger row. */
export interface LedgerKey {
  readonly artefact: string;
  readonly id: string;
}

/** SQL: the resource of `ledger l` is the owner's. @param owner an expression */
export const ownedRow = (owner: string): string =>
  `exists (select from resource w where w.tenant = l.tenant and w.type = l.resource_type and w.id = l.id and w.owner = ${owner})`;

/**
 * SQL: the owner decides about `ledger l`: what it made itself, and nobody has changed since. What people did in its plan is
 * theirs, and whether a patient's danger reaches the chart is no source's to say. @param owner an expression
 */
export const decidableRow = (owner: string): string => {
  const made = (table: string, unchanged = 'true') => `exists (select from ${table} m where m.tenant = l.tenant
    and m.id = substr(l.group_id, length('${table}:') + 1) and m.made_by = ${owner} and ${unchanged})`;
  const since = `coalesce(m.body->>'changedBy', ${owner}) = ${owner}`;
  return `${ownedRow(owner)} and case split_part(l.group_id, ':', 1)
    when 'plan' then true when 'adherence' then true when 'log' then ${made('log', since)}
    when 'barrier' then ${made('barrier')} when 'feedback' then ${made('feedback')} when 'report' then ${made('report')}
    else false end`;
};

/** SQL: why `ledger l` stands as it does, as `RowReason`; null: it has no code. */
export const whyColumn: string = whyWith('l.reason_detail');

/** The same of rows of one code. @param detail an expression: what stands beside the code, as JSON text */
export function whyWith(detail: string): string {
  return `case when l.reason_code is not null then jsonb_build_object('code', l.reason_code) || coalesce(${detail}, '{}')::jsonb end`;
}

/** SQL: nothing is said any more of why a row stands as it does. */
export const noReason = 'reason = null, reason_code = null, reason_detail = null';

/** The columns of `ledger l` under the names of `LedgerRow`; `state` may be an expression. */
export const columnsOf = (
  state: string,
): string => `l.artefact, l.id, l.resource_type as "resourceType", l.group_id as "groupId", l.plan_id as "planId",
  l.patient_id as "patientId", l.wanted, l.sent, l.landed, ${state} as state, l.landing,
  ${whyColumn} as why, l.reason as words, l.waiting_since as "waitingSince",
  l.ehr_reference as "ehrReference", l.ehr_version as "ehrVersion", l.wanted_at as "wantedAt", l.landed_at as "landedAt",
  l.last_status as "lastStatus", l.last_outcome as "lastOutcome", l.withdraw`;

/** The columns of `ledger l` as they are stored. */
export const ledgerColumns: string = columnsOf('l.state');

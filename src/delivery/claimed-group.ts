import type { LedgerState } from '../homework/ledger/ledger-state.ts';
import type { RowReason } from '../homework/ledger/row-reason.ts';
import type { Artefact } from '../homework/model.ts';
import type { Landing } from '../landing/vendor-traits.ts';
import type { TextReference } from './replace-references.ts';

/** A ledger row with something to do, and the resource that is wanted in the EHR, both of one moment. */
export interface ClaimedRow {
  readonly artefact: Artefact;
  readonly id: string;
  readonly resourceType: string;
  /** As a reference names it: `Task/3f…`. */
  readonly name: string;
  readonly wanted: number;
  readonly landed: number;
  /** As it was when we claimed it. */
  readonly state: LedgerState;
  readonly ehrReference: string | null;
  readonly ehrVersion: string | null;
  /** When a version of it last landed. */
  readonly landedAt?: string | null;
  readonly withdraw: boolean;
  /** What the EHR last answered about it; null: nothing yet. */
  readonly lastStatus: number | null;
  /** When it was last sent without a clear answer; null: its last answer was clear, or nothing was sent. */
  readonly doubtAt: Date | null;
  /** The resource as JSON text; absent when the record no longer makes it. */
  readonly content: string | null;
  /** What of ours the content refers to, and where in its text. */
  readonly references: readonly TextReference[];
}

/** A landing group that this worker holds until `leaseUntil`. */
export interface ClaimedGroup {
  readonly id: string;
  readonly planId: string;
  readonly patientId: string;
  /** Who was merged into this patient by a person's decision: what of ours stands in the EHR may still be theirs there. */
  readonly formerPatientIds: readonly string[];
  /** The EHR has known this patient before. */
  readonly patientVerified: boolean;
  readonly leaseToken: number;
  /** Moves on while the lease is renewed. */
  leaseUntil: Date;
  /** This one included. */
  readonly attempts: number;
  readonly attemptId: string;
  readonly startedAt: Date;
  /** An earlier attempt was cut off: what it was to send may have reached the EHR. */
  readonly interrupted: boolean;
  /** When that attempt can have sent something at the latest; null: it cannot have. */
  readonly interruptedBy: Date | null;
  readonly rows: readonly ClaimedRow[];
}

/** What became of a row in one attempt. */
export interface RowResult {
  readonly artefact: Artefact;
  readonly id: string;
  /** The wanted version that this is about. */
  readonly version: number;
  readonly state: LedgerState;
  readonly landing: Landing;
  /** Why it stands so. */
  readonly why: RowReason | null;
  /** What the landing table says of what stays in the app. */
  readonly words: string | null;
  readonly ehrReference: string | null;
  readonly ehrVersion: string | null;
  readonly status: number | null;
  readonly outcome: string | null;
  /** True when this attempt put it on the wire. */
  readonly wasSent: boolean;
  /** When it was last sent without a clear answer; kept only while nothing clear is known of it. */
  readonly doubtAt: Date | null;
  /** True when we come back to it by ourselves; false when only a person or a change can move it. */
  readonly comesBack: boolean;
}

/** Whether a row may stand in the EHR although nobody recorded it: then it is looked up before anything else. */
export function mayStand(group: ClaimedGroup, row: ClaimedRow): boolean {
  if (group.interrupted || row.doubtAt !== null) return true;
  return row.state === 'in-flight' || row.state === 'unknown' || row.state === 'awaiting-review';
}

/**
 * Whether the EHR has said that it made this, and not where, or not in a way that led to it: it stands there, and must never
 * be made again, however long a search does not show it.
 */
export function wasMade({ state, ehrReference, lastStatus }: ClaimedRow): boolean {
  return ehrReference !== null || (state === 'unknown' && lastStatus !== null && lastStatus >= 200 && lastStatus < 300);
}

/** The state of a row with which nothing was done: a doubt about it stays a doubt. */
export function untouchedState(group: ClaimedGroup, row: ClaimedRow): LedgerState {
  if (row.state === 'awaiting-review') return row.state;
  return mayStand(group, row) ? 'unknown' : 'pending';
}

/** The result of a row of which nothing came but what is spread over it: wanted still, nothing sent, nothing said. */
export function stillPending(row: ClaimedRow, landing: Landing): RowResult {
  return {
    artefact: row.artefact,
    id: row.id,
    version: row.wanted,
    state: 'pending',
    landing,
    why: null,
    words: null,
    ehrReference: null,
    ehrVersion: null,
    status: null,
    outcome: null,
    wasSent: false,
    doubtAt: row.doubtAt,
    comesBack: false,
  };
}

import type { Artefact, Instant } from '../../../src/homework/model.ts';
import type { LedgerState } from '../service/contract.ts';

/** The shapes of the doors for whoever looks after the connection; only what the pages read. */

export interface LandingRow {
  readonly artefact: Artefact;
  readonly landing: string;
  readonly identity: string;
  readonly reason: string;
  readonly toImprove?: string | null;
  readonly assumption?: string;
}

export interface CorrectionRow {
  readonly type: string;
  readonly interaction: string;
  readonly identity: string;
  readonly status: number;
  readonly attemptId: string;
  readonly at: Instant;
  readonly againAt?: Instant;
}

/** What `GET /app/v1/connection` answers. */
export interface ConnectionView {
  readonly now: Instant;
  readonly answers: boolean;
  /** Present while requests are not answered in time; `slow`: others are. */
  readonly trouble?: {
    readonly state: 'slow' | 'silent';
    readonly since: Instant;
    /** `search Task`, `create Observation` */
    readonly doors: readonly string[];
  };
  readonly fhirBase: string;
  readonly vendor: string;
  readonly landings?: readonly LandingRow[];
  readonly corrections: readonly CorrectionRow[];
  /** Present while something else than the EHR answers. */
  readonly strangers?: readonly StrangerRow[];
}

/** What answers in the EHR's place. */
export interface StrangerRow {
  readonly door: 'read' | 'write';
  readonly since: Instant;
  readonly at: Instant;
  readonly times: number;
  readonly says: string;
}

export interface LedgerRow {
  readonly artefact: Artefact;
  readonly id: string;
  readonly resourceType: string;
  readonly groupId: string;
  readonly planId: string;
  readonly patientId: string;
  readonly wanted: number;
  readonly sent: number;
  readonly landed: number;
  readonly state: LedgerState;
  readonly landing: string | null;
  readonly reason: string | null;
  readonly waitingSince: Instant | null;
  readonly ehrReference: string | null;
  readonly wantedAt: Instant;
  readonly landedAt: Instant | null;
  readonly lastStatus: number | null;
  readonly withdraw: boolean;
}

export interface WaitingView {
  readonly artefact: Artefact;
  readonly landing: string | null;
  readonly reason: string | null;
  readonly count: number;
  readonly since: Instant;
}

/** What `GET /app/v1/ledger/summary` answers. */
export interface SummaryView {
  readonly now: Instant;
  readonly counts: Readonly<Record<LedgerState, number>>;
  readonly waiting: readonly WaitingView[];
  readonly undecided: readonly LedgerRow[];
}

/** What `GET /app/v1/ledger` answers. */
export interface LedgerPageView {
  readonly now: Instant;
  readonly rows: readonly LedgerRow[];
  readonly next?: string;
}

export interface AttemptView {
  readonly id: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly landing: string;
  readonly httpStatus: number | null;
  readonly disposition: string | null;
  readonly detail: string | null;
}

/** What `GET /app/v1/ledger/{artefact}/{id}` answers, and each decision. */
export interface RowView {
  readonly now: Instant;
  readonly row: LedgerRow & { readonly lastOutcome: string | null };
  readonly attempts: readonly AttemptView[];
}

export interface HeldPatient {
  readonly patientId: string;
  readonly state: 'merged' | 'inactive' | 'gone';
  readonly survivorId: string | null;
  readonly learnedAt: Instant;
  readonly plans: number;
  readonly waiting: number;
}

/** What `GET /app/v1/merges` answers, and each confirmation. */
export interface MergesView {
  readonly now: Instant;
  readonly held: readonly HeldPatient[];
  readonly confirmed: readonly {
    readonly patientId: string;
    readonly survivorId: string;
    readonly confirmedBy: string;
    readonly confirmedAt: Instant;
    readonly reason: string;
    readonly plans: number;
  }[];
}

export interface DifferenceRow {
  readonly artefact: Artefact;
  readonly id: string;
  readonly kind: string;
  readonly reference: string | null;
  readonly others: readonly string[];
  readonly detail: string;
  readonly repaired: string | null;
}

/** What `GET /app/v1/ledger/check` answers, and each start of one. */
export interface CheckView {
  readonly now: Instant;
  readonly check: {
    readonly state: 'running' | 'waiting' | 'finished';
    readonly finishedAt: Instant | null;
    readonly repair: boolean;
    readonly checked: number;
    readonly differences: number;
    readonly unchecked: number;
    readonly problem: string | null;
  } | null;
  readonly differences: readonly DifferenceRow[];
  readonly next?: string;
}

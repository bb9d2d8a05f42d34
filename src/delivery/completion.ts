import type { ClaimedGroup, RowResult } from './claimed-group.ts';
import type { SentCopy } from './sent-copy.ts';

/** The outcome of one attempt at a group, ready to be recorded. */
export interface Completion {
  readonly group: ClaimedGroup;
  readonly results: readonly RowResult[];
  /** Whether to come back on our own, and when; false: only when somebody wants something of it. */
  readonly due: boolean;
  readonly nextAt: Date;
  /** Keeps the count of attempts, which the backoff grows with. */
  readonly failed: boolean;
  /** What was written, as evidence; absent: nothing was to be. */
  readonly attempt?: {
    readonly landing: string;
    readonly httpStatus?: number | undefined;
    readonly disposition?: string | undefined;
    readonly detail?: string | undefined;
    /** Masked, of what was sent and did not land. */
    readonly copies?: readonly SentCopy[] | undefined;
  };
}

import type { DraftSaid } from '../../../src/homework/log/merge-drafts.ts';
import type { Instant } from '../../../src/homework/model.ts';
import type { Answers } from './is-enabled.ts';

/** A log as it is sent. */
export interface FinishedLog {
  readonly logId: string;
  readonly occurrenceId?: string;
  /** Absent: now. */
  readonly performedAt?: Instant;
  readonly answers: Answers;
  readonly withheld: readonly string[];
  /** What the page last had from the service, where that keeps it while it is written. */
  readonly base?: DraftSaid;
  /** linkIds of risk answers that were given anew, of a log that is not kept at the service while it is written. */
  readonly anew?: readonly string[];
}

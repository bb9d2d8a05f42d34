import type { DraftCopy } from '../session/draft-copy.ts';
import type { AnswerIssue } from './check-answers.ts';
import type { Saved } from './use-log-draft.ts';

/** A log while it is written, and what can be done with it. */
export interface LogDraft {
  readonly draft: DraftCopy;
  readonly saved: Saved;
  /** Something that was written in another place has come to it since it was opened. */
  readonly joined: boolean;
  /** linkIds of risk answers of which the care team is told, as the service last said. */
  readonly riskTold: readonly string[];
  /** What can't be saved as it is, which keeps nothing else from being saved: the time, and what the service has refused. */
  readonly refused: readonly AnswerIssue[];
  readonly update: (change: Partial<Pick<DraftCopy, 'answers' | 'withheld' | 'performedAt' | 'others'>>) => void;
  /** Saves at once; resolves with the draft as it stands when nothing of it is under way any more. */
  readonly settle: () => Promise<DraftCopy>;
  /** The same, also where all is saved: the service may have more by now. */
  readonly askAnew: () => Promise<DraftCopy>;
  /** Forgets it on this device, when it has become a log or is given up. */
  readonly drop: () => void;
}

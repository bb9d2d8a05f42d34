import type { LogView } from '../../../src/contract/app/plan-view.ts';
import type { DraftSaid } from '../../../src/homework/log/merge-drafts.ts';
import type { Instant } from '../../../src/homework/model.ts';
import type { SafetyDeclaration } from '../../../src/homework/safety/safety-signal.ts';
import type { DraftCopy } from '../session/draft-copy.ts';
import type { AnswerIssue } from './check-answers.ts';
import type { DraftStart } from './first-draft.ts';
import type { Answers } from './is-enabled.ts';

/**
 * Where what is typed stands: nowhere yet, on its way, at the service, there but for an answer that can't be sent as it is, not
 * there yet, or nowhere that takes it any more (`ended`: the log was sent or ended in another place, or its step takes none).
 */
export type Saved = 'untouched' | 'saving' | 'saved' | 'partly' | 'unsaved' | 'ended';

export interface LogDraftOptions extends DraftStart {
  readonly assignmentId: string;
  /** The service's time now; of what lies after it nothing is sent. */
  readonly now: () => Instant;
  /** Which answers are risk answers, where the patient writes. */
  readonly safety?: readonly SafetyDeclaration[];
  /** The page is left with something saved at the service, or the service takes it no more: what was loaded before is old now. */
  readonly onAway?: () => void;
}

export interface LogDraft {
  readonly draft: DraftCopy;
  readonly saved: Saved;
  /** Something that was written in another place has come to it since it was opened. */
  readonly joined: boolean;
  /** linkIds of risk answers of which the care team is told, and of which a signal only waits, as the service last said. */
  readonly risk: Partial<Pick<LogView, 'riskTold' | 'riskWaits'>>;
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

/** A log as it is sent when it is finished. */
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

import type { Questionnaire } from 'fhir/r4';
import type { ReactNode } from 'react';
import type { LogView } from '../../../src/contract/app/plan-view.ts';
import type { PredictionParts } from '../../../src/homework/homework-rules.ts';
import type { SummaryLine } from '../../../src/homework/log/summary-line.ts';
import type { Instant } from '../../../src/homework/model.ts';
import type { SafetyDeclaration } from '../../../src/homework/safety/safety-signal.ts';
import type { Place } from '../words/dates.ts';
import type { Answers } from './is-enabled.ts';
import type { FinishedLog } from './log-draft.ts';

/** What a log is written of, by whom, and what becomes of it. */
export interface LogEditorProps {
  readonly questionnaire: Questionnaire;
  readonly behaviourLinkId: string | undefined;
  /** Where predictions are locked before the outcome is written; absent: nowhere. */
  readonly predictionParts?: PredictionParts | undefined;
  /** What is read of a log in brief: those questions come first. */
  readonly summary?: readonly SummaryLine[] | undefined;
  readonly subject: string;
  readonly assignmentId: string;
  readonly occurrenceId?: string;
  readonly now: Instant;
  readonly place: Place;
  /** When it was to be done by, where that is over. */
  readonly wasDue?: Instant | undefined;
  readonly begun?: LogView;
  /** The version of its plan with which that was loaded. */
  readonly version?: number;
  readonly saveAtService: boolean;
  readonly mayWithhold: boolean;
  /** linkIds of what the patient keeps to themself until they choose to share it. */
  readonly keptToSelf?: readonly string[] | undefined;
  /** Answers of the last log that may be given again with one tap; never filled in by themselves. */
  readonly lastTime?: Answers | undefined;
  /** It is of one day: when on that day it was is asked for only on wish. */
  readonly ofDay?: boolean;
  /** Which answers are risk answers, where the patient writes. */
  readonly safety?: readonly SafetyDeclaration[];
  /** What is said of danger does not come to the care team by itself just now. */
  readonly signalsWait?: boolean | undefined;
  /** When it happened can't be changed any more in a log that is being corrected. */
  readonly timeFixed?: boolean;
  readonly finishWords: string;
  /** @param since when the service last changed it, as far as the page knows @throws ServiceProblem */
  readonly onFinish: (log: FinishedLog, since: Instant | undefined) => Promise<void>;
  /** It was left with something of it saved. */
  readonly onAway?: () => void;
  /** Leaves with everything saved, to go on another time. */
  readonly onLater?: () => void;
  readonly children?: ReactNode;
}

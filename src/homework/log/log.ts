import type { Sent, ToldAt } from '../told.ts';
import type { EhrReference, Instant, VersionedCanonical } from '../values.ts';
import type { AnswerItem } from './answer.ts';
import type { OtherAnswers } from './merge-drafts.ts';

export const logStatuses = ['in-progress', 'completed', 'amended', 'stopped', 'entered-in-error'] as const;
export type LogStatus = (typeof logStatuses)[number];

/** How a log was tied to its assignment; decided when it is logged, of a draft in time or late when it is sent, and kept. */
export const logResolutions = ['resolved', 'late', 'ad-hoc', 'extra'] as const;
export type LogResolution = (typeof logResolutions)[number];

/** Who supplied the log. */
export type LogSource =
  | { readonly type: 'patient' }
  | { readonly type: 'related-person'; readonly reference: EhrReference }
  /** A clinician entered it on the patient's behalf, e.g. from paper. */
  | { readonly type: 'practitioner'; readonly reference: EhrReference };

/** What the patient recorded. */
export interface Log extends Sent {
  readonly id: string;
  readonly planId: string;
  readonly assignmentId: string;
  readonly patientId: string;
  readonly occurrenceId?: string;
  readonly resolution: LogResolution;
  readonly questionnaire: VersionedCanonical;
  readonly status: LogStatus;
  /** When it happened. */
  readonly performedAt: Instant;
  /** Its writer has not said yet when it was: `performedAt` is when a draft was last saved. */
  readonly timeOpen?: true;
  /** When it was last changed. */
  readonly authored: Instant;
  readonly source: LogSource;
  /** Where a source system sent it. */
  readonly told?: ToldAt;
  readonly items: readonly AnswerItem[];
  /** linkIds of answers that the patient does not share: masked for everyone else. */
  readonly withheld: readonly string[];
  /** What was written of it in another place, until its writer has chosen or joined: nobody else reads it. */
  readonly others?: OtherAnswers;
  /** The predictions that were saved before any outcome was: since when they stand as they are, and which. */
  readonly predicted?: Predicted;
  /** Ended before its writer sent it, with its step or plan or by themselves: its words are nobody else's. */
  readonly unsent?: true;
  /** Who wrote it, as the door knew them; absent: it is not known. */
  readonly madeBy?: string;
  /** Who changed it last, if it was changed since. */
  readonly changedBy?: string;
}

/** Whether a log is one that was sent whole, put right since or not: what counts, is told and stands in the chart. */
export function isFinished({ status }: Pick<Log, 'status'>): boolean {
  return status === 'completed' || status === 'amended';
}

/** When predictions were written down as they stand, and the linkIds of those that were. */
export interface Predicted {
  readonly at: Instant;
  readonly linkIds: readonly string[];
}

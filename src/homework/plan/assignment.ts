import type { ScheduleVersion } from '../schedule/schedule.ts';
import type { Sent, ToldMove } from '../told.ts';
import type { EhrReference, Instant, KindSlug, VersionedCanonical } from '../values.ts';
import type { BarrierCode } from './barrier.ts';
import type { OwnForm } from './own-form.ts';
import type { StepChange } from './step-change.ts';
import type { UnlockRule } from './unlock-rule.ts';

export const assignmentStatuses = [
  'draft',
  'requested',
  'received',
  'accepted',
  'in-progress',
  'on-hold',
  'completed',
  'rejected',
  'cancelled',
  'failed',
  'entered-in-error',
] as const;
export type AssignmentStatus = (typeof assignmentStatuses)[number];

export const businessStatuses = [
  'locked',
  'assigned',
  'seen',
  'agreed',
  'logging',
  'declined',
  'stopped-by-patient',
  'paused',
  'done',
  'overdue',
  'missed',
  'late',
  'withdrawn',
  'not-reached',
  'mistake',
] as const;
export type AssignmentBusinessStatus = (typeof businessStatuses)[number];

/** How a step came to be open, the last time that it was unlocked. */
export interface Unlocked {
  readonly at: Instant;
  /** Who did it by hand, whatever its rule says; absent: its rule did. */
  readonly by?: EhrReference;
  /** Why, of who did it by hand. */
  readonly reason?: string;
}

/** One step of a plan. */
export interface Assignment extends Sent {
  readonly id: string;
  readonly planId: string;
  readonly patientId: string;
  /** The step's name inside the plan, unique there: `4a`. */
  readonly key: string;
  /** Place in the plan, from 1; unique there. */
  readonly step: number;
  readonly kind: KindSlug;
  readonly title: string;
  readonly instructions?: string;
  readonly rationale?: string;
  /** The form that it asks for now: a version of its kind's, or one of its own. Each log names the one that it answers. */
  readonly questionnaire: VersionedCanonical;
  /** Every form of its own that it has asked for, the earliest first; absent: it is filled in as it stands in the library. */
  readonly forms?: readonly OwnForm[];
  readonly definition?: VersionedCanonical;
  readonly status: AssignmentStatus;
  readonly businessStatus: AssignmentBusinessStatus;
  readonly statusReason?: { readonly code?: BarrierCode; readonly text: string };
  readonly schedules: readonly ScheduleVersion[];
  /** It stands beside the ladder: open from the plan's start to its end, and neither locks nor is locked. */
  readonly standing?: true;
  readonly pauses: readonly { readonly from: Instant; readonly until?: Instant; readonly reason?: string }[];
  /** While on hold or paused: what it was before, so that resuming restores it. */
  readonly pausedFrom?: AssignmentBusinessStatus;
  readonly unlock: UnlockRule;
  /** Absent: it never was, or before this was kept. */
  readonly unlocked?: Unlocked;
  /** Hours after the end of the due day in which a log still counts, as late. */
  readonly lateGraceHours: number;
  readonly authoredOn: Instant;
  readonly lastModified: Instant;
  readonly requester?: EhrReference;
  /** The last move that a source system told, and whom it named. */
  readonly toldMove?: ToldMove;
  readonly reasons: readonly EhrReference[];
  /** What was changed of its design while the plan ran, the earliest first; absent: nothing was. */
  readonly changes?: readonly StepChange[];
  readonly unlockedAt?: Instant;
  readonly endedAt?: Instant;
}

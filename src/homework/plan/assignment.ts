import type { ScheduleVersion } from '../schedule/schedule.ts';
import type { Sent, ToldMove } from '../told.ts';
import type { EhrReference, Instant, KindSlug, VersionedCanonical } from '../values.ts';
import type { BarrierCode } from './barrier.ts';
import type { StepChange } from './step-change.ts';

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

export type UnlockCriterion =
  | { readonly type: 'logs-done'; readonly count: number }
  /** The kind's own item says that the behaviour was done (e.g. "spoke once"). */
  | { readonly type: 'behaviour-done' }
  | {
      readonly type: 'measure-reached';
      readonly linkId: string;
      readonly comparator: '<=' | '>=';
      readonly value: number;
    }
  | { readonly type: 'measure-fell'; readonly linkId: string; readonly by: number }
  | { readonly type: 'clinician-approves' };

export type UnlockRule =
  /** Unlocked as soon as the plan is active. */
  | { readonly type: 'at-start' }
  /** Unlocked by a clinician, with a reason, and by nothing else. */
  | { readonly type: 'by-clinician' }
  /** Unlocked when `criterion` holds of the assignment whose key is `after`. */
  | { readonly type: 'after'; readonly after: string; readonly criterion: UnlockCriterion };

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
  readonly questionnaire: VersionedCanonical;
  readonly definition?: VersionedCanonical;
  readonly status: AssignmentStatus;
  readonly businessStatus: AssignmentBusinessStatus;
  readonly statusReason?: { readonly code?: BarrierCode; readonly text: string };
  readonly schedules: readonly ScheduleVersion[];
  readonly pauses: readonly { readonly from: Instant; readonly until?: Instant; readonly reason?: string }[];
  /** While on hold or paused: what it was before, so that resuming restores it. */
  readonly pausedFrom?: AssignmentBusinessStatus;
  readonly unlock: UnlockRule;
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

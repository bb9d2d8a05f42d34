/**
 * The words of assignment therapy as data. Everything here is a plain, immutable value: operations return new values,
 * so "what changed" is "which objects are no longer the same object".
 */

import type { ReportContent } from './report/report-model.ts';
import type { NoticedRisk } from './safety/safety-signal.ts';
import type { Sent, ToldAt, ToldMove } from './told.ts';

/** A point in time in UTC, exactly as `Date.prototype.toISOString` writes it: `2026-03-02T15:00:00.000Z`. */
export type Instant = string;
/** A calendar day in the patient's own time zone: `2026-03-02`. */
export type LocalDate = string;
/** A reference into the EHR's own record as it writes it: `Practitioner/dr-okafor`. */
export type EhrReference = string;
/** A canonical with its version, always: `https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0`. */
export type VersionedCanonical = string;
/** Slug of a kind of homework; the registry in `src/kinds` says which exist. */
export type KindSlug = string;

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** An amount with the unit that the answer names; `code` is the unit's in `system`, as in UCUM. */
export interface Quantity {
  readonly value: number;
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
}

export type PlanStatus = 'draft' | 'active' | 'on-hold' | 'completed' | 'revoked' | 'entered-in-error';

/** A patient's homework plan. */
export interface Plan extends Sent {
  readonly id: string;
  readonly patientId: string;
  readonly encounter?: EhrReference;
  readonly title: string;
  readonly description?: string;
  readonly status: PlanStatus;
  /** IANA zone in which days begin and end for this patient, e.g. `America/New_York`. */
  readonly timeZone: string;
  /** BCP 47. */
  readonly language: string;
  readonly period: { readonly start: LocalDate; readonly end?: LocalDate };
  readonly author?: EhrReference;
  readonly createdAt: Instant;
  readonly addresses: readonly EhrReference[];
  readonly goals: readonly Goal[];
  readonly libraryPlan?: VersionedCanonical;
  /** Why it was closed; present only on a closed plan. */
  readonly closeReason?: string;
  readonly closedAt?: Instant;
}

/** What the plan works towards; `measure` is the Observation code that shows it. */
export interface Goal {
  readonly id: string;
  readonly description: string;
  readonly startDate?: LocalDate;
  readonly measure?: Coding;
  readonly target?: { readonly value: number; readonly unit: string; readonly comparator: '<=' | '>=' };
  /** The same goal in the EHR, when the clinician named one there. */
  readonly ehrReference?: EhrReference;
}

export type AssignmentStatus =
  | 'draft'
  | 'requested'
  | 'received'
  | 'accepted'
  | 'in-progress'
  | 'on-hold'
  | 'completed'
  | 'rejected'
  | 'cancelled'
  | 'failed'
  | 'entered-in-error';

export type AssignmentBusinessStatus =
  | 'locked'
  | 'assigned'
  | 'seen'
  | 'agreed'
  | 'logging'
  | 'declined'
  | 'stopped-by-patient'
  | 'paused'
  | 'done'
  | 'overdue'
  | 'missed'
  | 'late'
  | 'withdrawn'
  | 'not-reached'
  | 'mistake';

export type BarrierCode =
  | 'fear'
  | 'too-hard'
  | 'forgot'
  | 'no-time'
  | 'not-understood'
  | 'no-point-seen'
  | 'felt-too-bad'
  | 'practical'
  | 'other';

/** How often, and by when. */
export type Schedule =
  /** The next `count` times the named event happens inside the window; missed only when the window closes. */
  | {
      readonly type: 'event';
      readonly event: string;
      readonly count: number;
      readonly text: string;
      readonly window: { readonly start: LocalDate; readonly end: LocalDate };
    }
  /** Once, by the end of a day. */
  | { readonly type: 'once'; readonly by: LocalDate }
  /** Once, within so many days of its unlocking; becomes `once` with a date when it unlocks. */
  | { readonly type: 'once-within'; readonly days: number };

/** A schedule and the time it was in force; the last has no end. */
export interface ScheduleVersion {
  readonly schedule: Schedule;
  readonly from: Instant;
  readonly until?: Instant;
}

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
  readonly unlockedAt?: Instant;
  readonly endedAt?: Instant;
}

export type OccurrenceStatus = 'due' | 'overdue' | 'done' | 'late' | 'missed' | 'excused' | 'paused';

/** One time an assignment is to be done. */
export interface Occurrence {
  /** `<assignment id>.<ordinal>`. */
  readonly id: string;
  readonly assignmentId: string;
  readonly planId: string;
  readonly patientId: string;
  /** From 1. */
  readonly ordinal: number;
  readonly status: OccurrenceStatus;
  readonly openedAt: Instant;
  /** End of the due day (04:00 in the patient's zone on the day after), or of the window. */
  readonly dueUntil: Instant;
  /** Until when a log still counts as late. */
  readonly lateUntil: Instant;
  readonly logId?: string;
  readonly endedAt?: Instant;
  readonly reason?: string;
  readonly lastModified: Instant;
}

export type LogStatus = 'in-progress' | 'completed' | 'amended' | 'stopped' | 'entered-in-error';
/** How a log was tied to its assignment; decided once, at logging, and kept. */
export type LogResolution = 'resolved' | 'late' | 'ad-hoc' | 'extra';

export type AnswerValue =
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'decimal'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'date'; readonly value: LocalDate }
  | { readonly type: 'dateTime'; readonly value: Instant }
  /** Of a day, by the patient's clock: `22:30:00`. */
  | { readonly type: 'time'; readonly value: string }
  | { readonly type: 'quantity'; readonly value: Quantity }
  | { readonly type: 'coding'; readonly value: Coding };

/** An answered item. A repeating group is several items with one linkId; `instance` tells them apart for ever. */
export interface AnswerItem {
  readonly linkId: string;
  readonly instance?: string;
  readonly answers: readonly AnswerValue[];
  readonly items: readonly AnswerItem[];
}

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
  /** When it was last changed. */
  readonly authored: Instant;
  readonly source: LogSource;
  /** Where a source system sent it. */
  readonly told?: ToldAt;
  readonly items: readonly AnswerItem[];
  /** linkIds of answers that the patient does not share: masked for everyone else. */
  readonly withheld: readonly string[];
  /** The predictions that were saved before any outcome was: since when they stand as they are, and which. */
  readonly predicted?: Predicted;
  /** Ended before its writer sent it, with its step or plan or by themselves: its words are nobody else's. */
  readonly unsent?: true;
  /** Who wrote it, as the door knew them; absent: it is not known. */
  readonly madeBy?: string;
  /** Who changed it last, if it was changed since. */
  readonly changedBy?: string;
}

/** When predictions were written down as they stand, and the linkIds of those that were. */
export interface Predicted {
  readonly at: Instant;
  readonly linkIds: readonly string[];
}

/** What stood in the way, recorded to be talked over. */
export interface Barrier extends Sent {
  readonly id: string;
  readonly planId: string;
  readonly assignmentId?: string;
  readonly patientId: string;
  readonly code: BarrierCode;
  readonly text?: string;
  /** The patient, or the clinician who wrote down what the patient said. */
  readonly saidBy: 'patient' | EhrReference;
  readonly recordedAt: Instant;
  readonly talkedOverAt?: Instant;
}

/** A message about homework, in either direction. */
export interface Feedback extends Sent {
  readonly id: string;
  readonly planId: string;
  readonly assignmentId?: string;
  readonly logId?: string;
  readonly patientId: string;
  readonly author: 'patient' | EhrReference;
  readonly text: string;
  readonly sentAt: Instant;
  readonly deliveredAt?: Instant;
  readonly readAt?: Instant;
  readonly inResponseTo?: string;
}

/** The nine things that may reach an EHR. A barrier's, belief's or confidence's Observation is a `measure`. */
export const artefacts = [
  'plan',
  'assignment',
  'occurrence',
  'log',
  'measure',
  'adherence',
  'feedback',
  'report',
  'safety',
] as const;
export type Artefact = (typeof artefacts)[number];

/** The between-session report: what happened in a period, written for the chart. */
export interface Report extends Sent {
  readonly id: string;
  readonly planId: string;
  readonly patientId: string;
  readonly version: number;
  readonly from: Instant;
  readonly to: Instant;
  readonly createdAt: Instant;
  readonly author?: EhrReference;
  /** The report whose period this one adds to: what came after that one was filed. */
  readonly addendumTo?: string;
  /** The clinician who signed it after a preview; absent: a draft in the chart. */
  readonly signedBy?: EhrReference;
  /** The encounter that a person chose for it. */
  readonly encounter?: EhrReference;
  /** text/plain, with the marker line last. */
  readonly text: string;
  /** The same as data, for other renderings and for addenda; FHIR carries renderings only. Absent: filed before there was any. */
  readonly content?: ReportContent;
  /** What it speaks of, at which wanted version. */
  readonly members: readonly { readonly artefact: Artefact; readonly id: string; readonly version: number }[];
}

/** Done, of what was planned; recomputed from occurrences and logs, never stored as truth. */
export interface Adherence {
  readonly planId: string;
  /** Absent: the whole plan. */
  readonly assignmentId?: string;
  readonly patientId: string;
  readonly from: Instant;
  /** Absent while the plan runs without an end: it is then counted up to now, and its content changes only with the counts. */
  readonly to?: Instant;
  readonly status: 'preliminary' | 'final' | 'amended';
  readonly counts: {
    /** on time + late + missed + open */
    readonly expected: number;
    readonly onTime: number;
    readonly late: number;
    readonly missed: number;
    /** Not yet done, and not yet missed. */
    readonly open: number;
    readonly excused: number;
    readonly adHoc: number;
    readonly extra: number;
  };
  /** (on time + late) ÷ expected due so far, in % with one decimal; absent when nothing was due. */
  readonly percent?: number;
  /** on time ÷ expected due so far, in % with one decimal; absent when nothing was due. */
  readonly onTimePercent?: number;
}

/** A plan with all that belongs to it: what one change reads, and what it may change. */
export interface PlanState {
  readonly plan: Plan;
  readonly assignments: readonly Assignment[];
  readonly occurrences: readonly Occurrence[];
  readonly logs: readonly Log[];
  readonly barriers: readonly Barrier[];
  readonly feedback: readonly Feedback[];
  readonly reports: readonly Report[];
  /** Safety signals of this patient that no person has closed yet. */
  readonly openSafetySignals: number;
  /** Present when the EHR says that this patient has died; `at` when it says when. Time moves nothing then. */
  readonly deceased?: { readonly at?: Instant };
  /** Risk answers that this change has brought; the record raises them in the same transaction, and never stores them here. */
  readonly noticed?: readonly NoticedRisk[];
}

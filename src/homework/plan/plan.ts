import type { Sent } from '../told.ts';
import type { Coding, EhrReference, Instant, LocalDate, VersionedCanonical } from '../values.ts';
import type { Changed } from './step-change.ts';

export const planStatuses = ['draft', 'active', 'on-hold', 'completed', 'revoked', 'entered-in-error'] as const;
export type PlanStatus = (typeof planStatuses)[number];

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
  /** Days on which nothing of a series is asked: a holiday, a stay in hospital. Absent: none. */
  readonly daysOff?: readonly DaysOff[];
  /** Why it was closed; present only on a closed plan. */
  readonly closeReason?: string;
  readonly closedAt?: Instant;
  /** What was changed of its words and its end while it ran, the earliest first; absent: nothing was. */
  readonly changes?: readonly PlanChange[];
}

/** From a day to a day, both of them off, in the patient's zone. */
export interface DaysOff {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly reason?: string;
}

/** A change of a plan's own words: only what became different stands in it. */
export interface PlanChange extends Sent {
  readonly at: Instant;
  readonly by?: EhrReference;
  readonly reason?: string;
  readonly title?: Changed<string>;
  readonly description?: Changed<string>;
  readonly end?: Changed<LocalDate>;
  readonly goals?: readonly ({ readonly id: string } & Changed<string>)[];
  readonly daysOff?: Changed<readonly DaysOff[]>;
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

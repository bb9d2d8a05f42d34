import type { EhrReference, Goal, KindSlug, LocalDate, Schedule, UnlockRule, VersionedCanonical } from '../model.ts';
import type { Sent } from '../told.ts';
import type { OwnForm } from './own-form.ts';
import type { DaysOff } from './plan.ts';

/** One step as a clinician designs it. */
export interface DesignAssignment {
  readonly id: string;
  readonly key: string;
  /** Place in the plan, from 1; absent: its place in the list. */
  readonly step?: number;
  readonly kind: KindSlug;
  readonly title: string;
  readonly instructions?: string;
  readonly rationale?: string;
  readonly questionnaire: VersionedCanonical;
  /** The first form of its own; absent: it is filled in as it stands in the library. */
  readonly forms?: readonly OwnForm[];
  readonly definition?: VersionedCanonical;
  readonly schedule: Schedule;
  readonly standing?: true;
  readonly unlock: UnlockRule;
  readonly lateGraceHours: number;
  readonly requester?: EhrReference;
  readonly reasons?: readonly EhrReference[];
}

/** A plan as a clinician designs it. */
export interface DesignPlan extends Sent {
  readonly id: string;
  readonly patientId: string;
  readonly encounter?: EhrReference;
  readonly title: string;
  readonly description?: string;
  readonly timeZone: string;
  readonly language: string;
  readonly period: { readonly start: LocalDate; readonly end?: LocalDate };
  readonly author?: EhrReference;
  readonly addresses: readonly EhrReference[];
  readonly goals: readonly Goal[];
  readonly libraryPlan?: VersionedCanonical;
  readonly daysOff?: readonly DaysOff[];
  readonly assignments: readonly DesignAssignment[];
}

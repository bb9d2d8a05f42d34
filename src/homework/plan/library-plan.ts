import type { Coding, KindSlug, LocalDate, Schedule, UnlockRule, VersionedCanonical } from '../model.ts';
import type { Series, SeriesEnd } from '../schedule/schedule.ts';

/** How often and how soon, without a date: a library plan knows no patient. */
export type LibrarySchedule =
  /** The next `count` times the event happens, within so many days of the plan's start. */
  | {
      readonly type: 'event';
      readonly event: string;
      readonly count: number;
      readonly text: string;
      readonly days: number;
    }
  /** Once, within so many days of its unlocking. */
  | { readonly type: 'once-within'; readonly days: number }
  | LibrarySeries
  | Extract<Schedule, { readonly type: 'at-visit' | 'sessions' }>;

/** Again and again, from the day on which the step opens. */
export interface LibrarySeries extends Omit<Series, 'start' | 'ends'> {
  readonly ends: Exclude<SeriesEnd, { readonly type: 'on' }>;
}

/** Words of a step that say how many times it is to be done; `#` stands for the number as a word. */
export interface CountedWords {
  readonly title: string;
  readonly instructions: string;
  /** The schedule's text: `next # team meetings`. */
  readonly text: string;
}

/** One step of a library plan, worded for the patient. */
export interface LibraryStep {
  /** Unique in the plan: `4a`. Letters, digits, hyphens. */
  readonly key: string;
  /** From 1, unique in the plan. */
  readonly step: number;
  readonly kind: KindSlug;
  readonly title: string;
  readonly instructions: string;
  readonly rationale: string;
  readonly questionnaire: VersionedCanonical;
  readonly schedule: LibrarySchedule;
  /** It stands beside the ladder, and neither locks nor is locked. */
  readonly standing?: true;
  readonly unlock: UnlockRule;
  /** For events whose words name their number: how they go when another number is asked for. */
  readonly counted?: { readonly one: CountedWords; readonly other: CountedWords };
}

/** What a library plan works towards; `measure` is the Observation code that shows it. */
export interface LibraryGoal {
  readonly key: string;
  readonly description: string;
  readonly measure?: Coding;
  readonly target?: { readonly value: number; readonly unit: string; readonly comparator: '<=' | '>=' };
}

/** A reusable plan; `slug|version` never changes once it was used. */
export interface LibraryPlan {
  readonly slug: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly goals: readonly LibraryGoal[];
  readonly steps: readonly LibraryStep[];
  /** The clinician who read it and found it fit for use, and when. */
  readonly approvedBy?: { readonly name: string; readonly on: LocalDate };
}

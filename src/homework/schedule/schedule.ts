import type { Instant, LocalDate } from '../values.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Named parts of a day, in their order; each is an occurrence of its own. FHIR's `when` says MORN, NOON, AFT, EVE, NIGHT. */
export const partsOfDay = ['morning', 'noon', 'afternoon', 'evening', 'night'] as const;
export type PartOfDay = (typeof partsOfDay)[number];

/** At most so many times a week, and so many days apart. */
export const mostAWeek = 21;
export const mostDaysApart = 366;

/** On which days, or how often a week. */
export type SeriesPattern =
  /** Every `every` days from the first day on; 1: every day. */
  | { readonly type: 'days'; readonly every: number }
  /** On these days of every `everyWeeks`th week, counted from the week of the first day. */
  | { readonly type: 'weekdays'; readonly days: readonly Weekday[]; readonly everyWeeks: number }
  /** So many times a week, on whichever days; a week begins as the tenant says. */
  | { readonly type: 'per-week'; readonly count: number };

/** Until when a series runs. */
export type SeriesEnd =
  | { readonly type: 'on'; readonly date: LocalDate }
  /** After so many occurrences. */
  | { readonly type: 'after'; readonly count: number }
  | { readonly type: 'next-visit' }
  | { readonly type: 'open' };

/** Again and again: each occurrence has its own window, and is made when that opens. */
export interface Series {
  readonly type: 'series';
  readonly pattern: SeriesPattern;
  /** Absent: once on each of its days. Never with `per-week`. */
  readonly times?: readonly PartOfDay[];
  /** Its first day; absent: the day on which the step opens. */
  readonly start?: LocalDate;
  readonly ends: SeriesEnd;
  /** What is good enough, in words for people ("5 of 7 is good"): of a week's occurrences so many. It changes no count. */
  readonly enough?: number;
}

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
  | { readonly type: 'once-within'; readonly days: number }
  | Series
  /** Once, due at the next visit. */
  | { readonly type: 'at-visit' }
  /** So many times in sessions that a clinician starts, in the room or by telehealth; never missed by itself. */
  | { readonly type: 'sessions'; readonly count: number };

/** A schedule and the time it was in force; the last has no end. */
export interface ScheduleVersion {
  readonly schedule: Schedule;
  readonly from: Instant;
  readonly until?: Instant;
}

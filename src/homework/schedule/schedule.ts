import type { Instant, LocalDate } from '../values.ts';

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

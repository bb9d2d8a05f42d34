import type { EhrReference, Instant } from '../values.ts';

/** As many visits as anybody is given to choose from. */
export const mostVisits = 20;

/** Who took part in a visit, as far as the EHR says. */
export interface VisitPerson {
  readonly reference?: EhrReference;
  /** As the EHR writes it. */
  readonly name?: string;
}

/** An encounter that took place, or is taking place. */
export interface Visit {
  readonly reference: EhrReference;
  readonly start: Instant;
  /** Absent: it goes on, or the EHR does not say. */
  readonly end?: Instant;
  /** How exactly the EHR says when it began: an instant, a day, or no more than a month or year. */
  readonly said: 'time' | 'day' | 'vague';
  /** As FHIR spells it: `in-progress`, `onleave`, `finished`. */
  readonly status: string;
  /** `AMB`, `VR`, `EMER`; absent: the EHR does not say, or in a code system of its own. */
  readonly setting?: string;
  /** What kind of care it was, by code, `service|…` and `type|…`: compared with one another, never read. */
  readonly care: readonly string[];
  /** The same in the EHR's words. */
  readonly what?: string;
  readonly people: readonly VisitPerson[];
}

import type { Instant } from '../model.ts';

export const patientStates = ['current', 'inactive', 'merged', 'gone'] as const;
export type PatientState = (typeof patientStates)[number];

/** How a patient stands in the EHR, beside being known there. */
export interface PatientStanding {
  /**
   * `merged`: the EHR names another in their place, or answers for them with another; `inactive`: it holds them as
   * inactive and does not say why; `gone`: it had them once and has them no more.
   */
  readonly state: PatientState;
  /** Id of the patient who is named in their place; absent: none, more than one, or one of another server. */
  readonly survivorId?: string;
  /** Present when the EHR says that they have died; `at` when it says when, as the beginning of what it says. */
  readonly deceased?: { readonly at?: Instant };
}

/** What an EHR answers to the question for a patient. */
export type StandingAnswer =
  | {
      readonly answer: 'known';
      readonly standing: PatientStanding;
      /** Ids of the patients in whose place this one stands, by their own links. */
      readonly replaces: readonly string[];
    }
  | { readonly answer: 'unknown' }
  | { readonly answer: 'unreachable' };

/** Whether nothing may be written to this patient's chart until a person has decided, or the EHR says otherwise. */
export function holdsWrites({ state }: Pick<PatientStanding, 'state'>): boolean {
  return state !== 'current';
}

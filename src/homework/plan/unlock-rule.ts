import type { LocalDate } from '../values.ts';

/** How a number is compared. */
export type Comparator = '<=' | '>=';

/** What must hold of a step so that another opens after it. */
export type UnlockCriterion =
  | { readonly type: 'logs-done'; readonly count: number }
  /** The kind's own item says that the behaviour was done (e.g. "spoke once"). */
  | { readonly type: 'behaviour-done' }
  | {
      readonly type: 'measure-reached';
      readonly linkId: string;
      readonly comparator: Comparator;
      readonly value: number;
    }
  /** From the first log to the last. */
  | { readonly type: 'measure-fell'; readonly linkId: string; readonly by: number }
  /** Within one log, from its peak to after: by so many points, or to a share of the peak in %. */
  | {
      readonly type: 'fell-within-log';
      readonly peak: string;
      readonly after: string;
      readonly fall: { readonly by: number } | { readonly toPercent: number };
    }
  /** In so many logs what was feared did not happen (expectancy violation). */
  | { readonly type: 'prediction-not-true'; readonly count: number }
  /** In so many logs running the measure stood there. */
  | {
      readonly type: 'in-a-row';
      readonly linkId: string;
      readonly comparator: Comparator;
      readonly value: number;
      readonly count: number;
    }
  /** The mean of the last `days` days, of which at least `atLeast` have a reading. */
  | {
      readonly type: 'mean-of-days';
      readonly linkId: string;
      readonly comparator: Comparator;
      readonly value: number;
      readonly days: number;
      readonly atLeast: number;
    }
  /** On at least `days` of the last `of` days what was done lay between `from` and `to` % of what was planned. */
  | {
      readonly type: 'quota-kept';
      readonly planned: string;
      readonly actual: string;
      readonly from: number;
      readonly to: number;
      readonly days: number;
      readonly of: number;
    }
  /** A calculated score of the kind's version stands there, in the last log that has it. */
  | { readonly type: 'score-reached'; readonly score: string; readonly comparator: Comparator; readonly value: number }
  /** A calculated score fell (or, where higher is better, rose) by so many points from the first to the last log that has it. */
  | { readonly type: 'score-changed'; readonly score: string; readonly by: number; readonly direction: 'down' | 'up' }
  | { readonly type: 'clinician-approves' };

/** Unlocked when `criterion` holds of the assignment whose key is `after`. */
export interface AfterStep {
  readonly type: 'after';
  readonly after: string;
  readonly criterion: UnlockCriterion;
}

/** What a joined rule is made of. */
export type SimpleRule =
  /** From that day on, in the patient's zone. */
  { readonly type: 'on-date'; readonly date: LocalDate } | AfterStep;

export type UnlockRule =
  /** Unlocked as soon as the plan is active. */
  | { readonly type: 'at-start' }
  /** Unlocked by a clinician, with a reason, and by nothing else. */
  | { readonly type: 'by-clinician' }
  | SimpleRule
  /** Several, of which all must hold, or any. */
  | { readonly type: 'all' | 'any'; readonly of: readonly SimpleRule[] };

import type { ScoreDeclaration } from './log/score.ts';
import type { VersionedCanonical } from './model.ts';
import type { SafetyDeclarationsOf } from './safety/safety-signal.ts';
import type { Weekday } from './schedule/schedule.ts';

/** The two sides of a test of a belief, by linkId. */
export interface PredictionParts {
  /** Written before; locked once an outcome is written. */
  readonly predictions: readonly string[];
  /** Written after: the first of them locks the predictions. */
  readonly outcomes: readonly string[];
}

/**
 * What the pure operations must know of kinds and of the tenant, handed in so that they import neither. What names linkIds is
 * asked of a version of a questionnaire, never of a kind: a log is read by its own.
 */
export interface HomeworkRules {
  /** The boolean item that says whether the behaviour itself was done; undefined: this version has none. */
  behaviourLinkId(questionnaire: VersionedCanonical): string | undefined;
  /** Which answers are risk answers; empty: none. */
  readonly safetyOf: SafetyDeclarationsOf;
  /** Where a log has its predictions, and what comes after them; undefined: this version locks none. */
  predictionParts?(questionnaire: VersionedCanonical): PredictionParts | undefined;
  /** On which day a week begins for the tenant; absent: Monday. */
  readonly weekBegins?: Weekday;
  /** Where a log says whether its prediction came true, and which answers mean that it did not; undefined: this version does not ask. */
  predictionTold?(
    questionnaire: VersionedCanonical,
  ): { readonly linkId: string; readonly notTrue: readonly (string | false)[] } | undefined;
  /** What is calculated from a log's answers; absent: nothing. */
  scoresOf?(questionnaire: VersionedCanonical): readonly ScoreDeclaration[];
  /** Hours; where the tenant states it, it stands in place of each assignment's own late grace. */
  readonly statedLateGraceHours?: number;
}

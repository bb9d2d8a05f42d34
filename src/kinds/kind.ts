import type { Questionnaire } from 'fhir/r4';
import type { PredictionParts } from '../homework/homework-rules.ts';
import type { SummaryLine } from '../homework/log/summary-line.ts';
import type { KindSlug, UnlockCriterion } from '../homework/model.ts';
import type { SafetyDeclaration } from '../homework/safety/safety-signal.ts';

/**
 * One version of a kind's questionnaire, with all that names its linkIds: what reads a log must be of the version that the
 * log answers. Once released it is never edited and never taken out, because logs answer it for ever.
 */
export interface KindVersion {
  readonly questionnaire: Questionnaire;
  /** The boolean item that says whether the behaviour itself was done, if this kind has one. */
  readonly behaviourLinkId?: string;
  /** Which answers are risk answers and raise a safety signal, if this kind asks for any. */
  readonly safety?: readonly SafetyDeclaration[];
  /** Where prediction and outcome stand, if the kind tests a prediction: the one is locked before the other is written. */
  readonly predictionParts?: PredictionParts;
  /** In the order a clinician reads them. */
  readonly summary: readonly SummaryLine[];
  /** The unlock criteria that make sense after a step of this kind. */
  readonly offers: readonly UnlockCriterion['type'][];
}

/** A kind of homework: what the patient logs, and how to read it. Shared code never asks which kind it is; it reads these fields. */
export interface Kind {
  readonly slug: KindSlug;
  /** Display of the slug, which is the code in our CodeSystem `homework-kind`. */
  readonly title: string;
  readonly description: string;
  /** Every version that was ever released, the oldest first. */
  readonly versions: readonly [KindVersion, ...KindVersion[]];
  readonly defaults: {
    readonly lateGraceHours: number;
    readonly instructions: string;
    readonly rationale: string;
  };
}

/** The version that new assignments are made with; those that were made before keep theirs (ADR 33). */
export function currentVersion({ versions }: Kind): KindVersion {
  return versions.at(-1) ?? versions[0];
}

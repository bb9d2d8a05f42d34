import type { Questionnaire } from 'fhir/r4';
import type { PredictionParts } from '../homework/homework-rules.ts';
import type { SummaryLine } from '../homework/log/summary-line.ts';
import type { KindSlug, UnlockCriterion } from '../homework/model.ts';
import type { SafetyDeclaration } from '../homework/safety/safety-signal.ts';

/** A kind of homework: what the patient logs, and how to read it. Shared code never asks which kind it is; it reads these fields. */
export interface Kind {
  readonly slug: KindSlug;
  /** Code in our CodeSystem `homework-kind`; the same as the slug. */
  readonly title: string;
  readonly description: string;
  readonly questionnaire: Questionnaire;
  /** The boolean item that says whether the behaviour itself was done, if this kind has one. */
  readonly behaviourLinkId?: string;
  /** Which answers are risk answers and raise a safety signal, if this kind asks for any. */
  readonly safety?: readonly SafetyDeclaration[];
  /** Where prediction and outcome stand, if the kind tests a prediction: the one is locked before the other is written. */
  readonly predictionParts?: PredictionParts;
  /** In the order a clinician reads them. */
  readonly summary: readonly SummaryLine[];
  readonly defaults: {
    readonly lateGraceHours: number;
    readonly instructions: string;
    readonly rationale: string;
  };
  /** The unlock criteria that make sense after a step of this kind. */
  readonly offers: readonly UnlockCriterion['type'][];
}

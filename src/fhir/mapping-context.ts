import type { Observation, Questionnaire } from 'fhir/r4';
import type { SourceName } from '../homework/as-told-by.ts';
import type { NotDoneInPlan } from '../homework/log/not-done-in-plan.ts';
import type { ScoreDeclaration } from '../homework/log/score.ts';
import type { Adherence, KindSlug, VersionedCanonical } from '../homework/model.ts';

/** What the mapping needs to know of a kind of homework; every entry of the register of kinds fits it. */
export interface MappedKind {
  readonly slug: KindSlug;
  readonly title: string;
}

/** v3-ActCode sensitivity: mental health, or substance use disorder where 42 CFR Part 2 applies. */
export type Sensitivity = 'MH' | 'SUD';

/** Everything that a projection needs beside the plan itself; plain lookups, no I/O. */
export interface MappingContext {
  /** Display name of the organisation that holds the plan; it requests what no named clinician requested. */
  readonly tenantName: string;
  readonly sensitivity: Sensitivity;
  /** @throws IntersessionError `unknown-kind` */
  readonly kindOf: (slug: KindSlug) => MappedKind;
  /** The version that a log answers: the log is mapped by no other. @throws IntersessionError `unknown-artefact` */
  readonly questionnaireOf: (canonical: VersionedCanonical) => Questionnaire;
  /** What is calculated from the answers to a version, with its form; empty: nothing. */
  readonly scoresOf: (canonical: VersionedCanonical) => readonly ScoreDeclaration[];
  /** What people call a source system; absent: it goes by its client id. */
  readonly sourceName?: SourceName;
  /** Absolute URL to which a form filler POSTs the QuestionnaireResponse of one occurrence. */
  readonly responseEndpoint: (occurrenceId: string) => string;
  /** Observations extracted from a log before, so that an amended one is updated and a cleared one becomes entered-in-error. */
  readonly previousMeasures: (logId: string) => readonly Observation[];
  /** Adherence of the plan and of its assignments as of this change. */
  readonly adherences: readonly Adherence[];
  /** What of the plan was logged and not done by what its logs say, so that no words call it done. */
  readonly notDone: NotDoneInPlan;
}

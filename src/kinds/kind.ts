import type { Questionnaire } from 'fhir/r4';
import type { PredictionParts } from '../homework/homework-rules.ts';
import type { ScoreDeclaration } from '../homework/log/score.ts';
import type { SummaryLine } from '../homework/log/summary-line.ts';
import type { KindSlug, Schedule, UnlockCriterion } from '../homework/model.ts';
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
  /** The item that says whether what was predicted happened, and the codes (or `false`) that mean: it did not. */
  readonly predictionTold?: { readonly linkId: string; readonly notTrue: readonly (string | false)[] };
  /** What is calculated from the answers: a sum, a mean, minutes between two times; each becomes an Observation of its own. */
  readonly scores?: readonly ScoreDeclaration[];
  /** linkIds of what the patient keeps to themself unless they choose to share it. */
  readonly keptToSelf?: readonly string[];
  /** What of it a plan may name for itself: targets of a diary card, warning signs. */
  readonly ownParts?: readonly OwnPart[];
  /** What of it a plan may choose: three, five or seven columns. */
  readonly settings?: readonly FormSetting[];
  /** What a plan has chosen of the settings that are numbers, by their names; absent in a kind: their defaults hold (`thresholdsOf`). */
  readonly thresholds?: Readonly<Record<string, number>>;
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
  /** Several kinds that a clinician looks for in one place; absent: it stands by itself. */
  readonly family?: 'outcome-measure';
  /** Every version that was ever released, the oldest first. */
  readonly versions: readonly [KindVersion, ...KindVersion[]];
  readonly defaults: {
    readonly lateGraceHours: number;
    readonly instructions: string;
    readonly rationale: string;
    /** How often, when a clinician says nothing else; absent: once within a week. */
    readonly schedule?: Schedule;
    /** It stands beside the ladder, and neither locks nor is locked: a diary, a measure. */
    readonly standing?: true;
    /** Whether a step of it is opened by a clinician when nothing else is said: exposure, OCD, trauma. */
    readonly unlockedByClinician?: true;
  };
}

/** A part of a questionnaire that a plan names for itself: one item that is a pattern, and is repeated for each name. */
export interface OwnPart {
  /** `targets`; names the part in the plan. */
  readonly name: string;
  readonly label: string;
  /** The item whose copies, with `{name}` in their texts replaced, stand in its place; each copy's linkIds end in `.<id of the name>`. */
  readonly pattern: string;
  readonly least: number;
  readonly most: number;
  /** What stands there when a plan names none. */
  readonly defaults: readonly { readonly id: string; readonly text: string }[];
}

/** A choice that a plan makes about a questionnaire: one of several options, each of which leaves items out, or a number. */
export type FormSetting = OptionSetting | NumberSetting;

export interface OptionSetting {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly code: string; readonly label: string; readonly without: readonly string[] }[];
  readonly byDefault: string;
}

/** It leaves nothing out, and stands among the version's `thresholds` by its name: from which urge on someone is told. */
export interface NumberSetting {
  readonly name: string;
  readonly label: string;
  readonly number: {
    readonly least: number;
    readonly most: number;
    readonly byDefault: number;
    /** Of a scale of whole numbers: what lies between two of them is no threshold of it. */
    readonly whole?: true;
  };
}

/** The version that new assignments are made with; those that were made before keep theirs (ADR 33). */
export function currentVersion({ versions }: Kind): KindVersion {
  return versions.at(-1) ?? versions[0];
}

/** The numbers that hold for a version: those that a plan chose, else the defaults of its settings. */
export function thresholdsOf({
  settings = [],
  thresholds = {},
}: Pick<KindVersion, 'settings' | 'thresholds'>): Readonly<Record<string, number>> {
  const defaults = settings.flatMap((setting) =>
    'number' in setting ? [[setting.name, setting.number.byDefault] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...thresholds };
}

import type { Instant, KindSlug, VersionedCanonical } from '../values.ts';
import type { StepChange } from './step-change.ts';

/** A name that a plan gives: a target of a diary card, a rung, a warning sign. Its answers are kept together by its id, whatever its text. */
export interface OwnName {
  readonly id: string;
  readonly text: string;
}

/** What a plan has chosen of a form, whole: every setting, and every part with its names in their order. */
export interface FormChoice {
  /** The code of an option, or a number. */
  readonly settings: Readonly<Record<string, string | number>>;
  readonly own: Readonly<Record<string, readonly OwnName[]>>;
}

/** One version of a form of a step's own. It is never changed: logs answer it. */
export interface OwnForm extends FormChoice {
  /** From 1, in the order in which they came. */
  readonly version: number;
  /** The version of the kind's questionnaire that it is made of. */
  readonly base: VersionedCanonical;
  /** Since when the step asks for it. */
  readonly from: Instant;
}

/** What of a step says which forms it has. */
export interface FormedStep {
  readonly id: string;
  readonly kind: KindSlug;
  readonly forms?: readonly OwnForm[];
}

/** A name for one form of a step: no other step, of whatever plan, has one that is called so. */
export function ownFormUrl({ id, kind }: Pick<FormedStep, 'id' | 'kind'>): string {
  return `https://intersession.dev/fhir/Questionnaire/${kind}-${id}`;
}

/** By what the step and its logs name one of its own forms. */
export function ownFormCanonical(step: Pick<FormedStep, 'id' | 'kind'>, version: number): VersionedCanonical {
  return `${ownFormUrl(step)}|${version}`;
}

/** The form that the step asks for now, where it is one of its own; undefined: it is the library's. */
export function currentForm(
  step: Pick<FormedStep, 'id' | 'kind' | 'forms'> & { readonly questionnaire: VersionedCanonical },
): OwnForm | undefined {
  return step.forms?.find(({ version }) => ownFormCanonical(step, version) === step.questionnaire);
}

/** What a step's forms have been, the newest first: what its logs may answer. */
export function formsAsked({
  questionnaire,
  changes = [],
}: {
  readonly questionnaire: VersionedCanonical;
  readonly changes?: readonly StepChange[];
}): readonly VersionedCanonical[] {
  const were = changes.toReversed().flatMap((change) => change.questionnaire?.from ?? []);
  return [...new Set([questionnaire, ...were])];
}

/** The form that a step asked for after so many of its changes; absent: now. */
export function formAfter(
  {
    questionnaire,
    changes = [],
  }: { readonly questionnaire: VersionedCanonical; readonly changes?: readonly StepChange[] },
  count?: number,
): VersionedCanonical {
  if (count === undefined) return questionnaire;
  return changes.slice(count).reduceRight((now, change) => change.questionnaire?.from ?? now, questionnaire);
}

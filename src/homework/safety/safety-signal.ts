import type { AnswerItem, AnswerValue } from '../log/answer.ts';
import type { EhrReference, Instant, VersionedCanonical } from '../values.ts';

/** What may make someone fear for a patient, each with its words; a code is for ever, its words may be improved. */
export const safetyRules = {
  'self-harm-thoughts': 'Thoughts of harming oneself',
  'harm-to-others': 'Thoughts of harming someone else',
  'harm-by-others': 'Harm by another person',
  'not-safe-now': 'Says they are not safe right now',
  'other-concern': "Concern for the patient's safety",
  'suicide-urge': 'Strong urge to end their life',
  'self-harm-urge': 'Strong urge to harm themself',
  'acted-on-self-harm': 'Acted on an urge to harm themself',
  'phq-item-9': 'PHQ-9, item 9: thoughts of being better off dead or of self-harm',
  'high-score': 'A score at or above its threshold',
  'sudden-rise': 'A sudden rise since the time before',
  'old-answers': 'Old answers to look at',
} as const;
export type SafetyRuleCode = keyof typeof safetyRules;
export const safetyRuleCodes = Object.keys(safetyRules) as readonly SafetyRuleCode[];

/** What people report by hand; the others are for answers. */
export const reportedRuleCodes = [
  'self-harm-thoughts',
  'harm-to-others',
  'harm-by-others',
  'not-safe-now',
  'other-concern',
] as const satisfies readonly SafetyRuleCode[];

/** When an answer to an item is a risk answer; an item without an answer never is (`docs/engines/safety.md`). */
export type SafetyTest =
  | { readonly type: 'yes' }
  /** A number, or a calculated score, at the threshold or above; `setting` names the plan's own, which stands in place of `value`. */
  | { readonly type: 'at-least'; readonly value: number; readonly setting?: string }
  | { readonly type: 'any-of'; readonly codes: readonly string[] }
  /** It was done: yes, or a number of times above 0. */
  | { readonly type: 'acted' }
  /** A number, or a calculated score, that rose by so much since the log before; `setting` as of `at-least`. */
  | { readonly type: 'rise'; readonly by: number; readonly setting?: string };

/** A questionnaire's own word on which of its answers, or of its calculated scores, raises which signal. */
export interface SafetyDeclaration {
  readonly rule: SafetyRuleCode;
  readonly linkId: string;
  readonly test: SafetyTest;
}

/** Who reported it: the patient themself, a person whom the EHR knows, or a source system by its client id. */
export type SafetyReporter =
  | { readonly type: 'patient' }
  | { readonly type: 'person'; readonly reference: EhrReference }
  | { readonly type: 'system'; readonly clientId: string };

/** One thing that speaks for a signal: codes and values, never a log's words; and what whoever reported it wrote of it. */
export interface SafetyEvidence {
  readonly at: Instant;
  readonly by: SafetyReporter;
  /** Client id of the source system that reported it: `by` is then whom it names. */
  readonly via?: string;
  readonly planId?: string;
  readonly logId?: string;
  readonly linkId?: string;
  /** The risk answer; absent when the patient does not share it, or when nobody answered anything. */
  readonly value?: boolean | number | string;
  /** What was seen or said, in the words of who reported it; never of a log. */
  readonly text?: string;
}

/** One worry about one patient, across plans. Only a person closes it. */
export interface SafetySignal {
  readonly id: string;
  readonly patientId: string;
  /** The plan in whose ledger it stands: the one that it was first noticed in. */
  readonly planId: string;
  readonly rule: SafetyRuleCode;
  /** From 1: how often this rule has been raised of this patient, closed ones counted. */
  readonly ordinal: number;
  readonly status: 'open' | 'closed';
  readonly raisedAt: Instant;
  /** In the order in which it came; never empty. */
  readonly evidence: readonly SafetyEvidence[];
  readonly closedAt?: Instant;
  readonly closedBy?: EhrReference;
  /** Client id of the source system that told of a merge by which it was closed in another's favour. */
  readonly closedVia?: string;
  readonly closeReason?: string;
  readonly version: number;
}

/** A risk answer that a log has just brought; the record raises it in the same transaction. */
export interface NoticedRisk {
  readonly rule: SafetyRuleCode;
  readonly evidence: SafetyEvidence;
  /** The log said so before, and says it again: raised only where no open signal rests on that answer. */
  readonly again?: true;
}

/** What is declared of a version of a questionnaire; empty: its logs raise nothing. */
export type SafetyDeclarationsOf = (questionnaire: VersionedCanonical) => readonly SafetyDeclaration[];

/** Whether one answer by itself is a risk answer; a rise is none, as it needs the log before. */
export function isRiskAnswer(answer: AnswerValue, test: SafetyTest): boolean {
  switch (test.type) {
    case 'yes':
      return answer.type === 'boolean' && answer.value;
    case 'at-least':
      return (numberOf(answer) ?? Number.NaN) >= test.value;
    case 'any-of':
      return answer.type === 'coding' && test.codes.includes(answer.value.code);
    case 'acted':
      return (answer.type === 'boolean' && answer.value) || (numberOf(answer) ?? 0) > 0;
    case 'rise':
      return false;
  }
}

function numberOf(answer: AnswerValue): number | undefined {
  if (answer.type === 'quantity') return answer.value.value;
  return answer.type === 'integer' || answer.type === 'decimal' ? answer.value : undefined;
}

/** The first risk answer to the item, however deep it stands and however often it is repeated. */
export function riskAnswer(
  items: readonly AnswerItem[],
  { linkId, test }: Pick<SafetyDeclaration, 'linkId' | 'test'>,
): AnswerValue | undefined {
  for (const item of items) {
    const own = item.linkId === linkId ? item.answers.find((answer) => isRiskAnswer(answer, test)) : undefined;
    const found = own ?? riskAnswer(item.items, { linkId, test });
    if (found !== undefined) return found;
  }
  return undefined;
}

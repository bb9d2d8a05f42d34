import type { Questionnaire } from 'fhir/r4';
import { checkAnswers } from '../../fhir/answers/check-answers.ts';
import { choicesOnce } from '../../fhir/answers/choices-once.ts';
import { indexItems } from '../../fhir/answers/index-items.ts';
import { readAnswers } from '../../fhir/answers/read-answers.ts';
import { withDependants } from '../../fhir/answers/with-dependants.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { AnswerItem } from '../../homework/model.ts';

/** What was answered: flat by linkId as the API takes it, or as items. */
export interface GivenAnswers {
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly items?: readonly AnswerItem[];
}

export interface AnswerRules {
  /** Required items must be answered. */
  readonly complete: boolean;
  /** linkIds that count as answered, though withheld. */
  readonly withheld: readonly string[];
}

export interface ReadLog {
  /** Undefined when no answers were given. */
  readonly items: readonly AnswerItem[] | undefined;
  /** Of what is complete with what turns on it; a draft keeps what its page said. */
  readonly withheld: readonly string[];
}

/**
 * The answers as items, checked against the version of the Questionnaire that they answer, each option once, and what of them is kept to oneself.
 * @throws `invalid-answer` naming each linkId that doesn't fit
 */
export function readLogItems(
  questionnaire: Questionnaire,
  { answers, items: whole }: GivenAnswers,
  { complete, withheld }: AnswerRules,
): ReadLog {
  const known = indexItems(questionnaire);
  refuseIssues(
    withheld
      .filter((linkId) => !known.has(linkId))
      .map((linkId) => ({ linkId, problem: 'is withheld, but not an item of this questionnaire' })),
  );
  const given = whole ?? (answers === undefined ? undefined : readAnswers(questionnaire, answers));
  if (given !== undefined) refuseIssues(checkAnswers(questionnaire, given, { complete, withheld }));
  const items = given && choicesOnce(questionnaire, given);
  return { items, withheld: complete ? withDependants(questionnaire, withheld) : withheld };
}

/** @throws `invalid-answer` when there are any issues */
export function refuseIssues(issues: readonly { linkId: string; problem: string }[]): void {
  if (issues.length === 0) return;
  const fields = issues.map(({ linkId }) => linkId).join(', ');
  throw new IntersessionError('invalid-answer', { issues }, `These answers don't fit the questionnaire: ${fields}.`);
}

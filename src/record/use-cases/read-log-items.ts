import type { Questionnaire } from 'fhir/r4';
import { checkAnswers } from '../../fhir/answers/check-answers.ts';
import { indexItems } from '../../fhir/answers/index-items.ts';
import { readAnswers } from '../../fhir/answers/read-answers.ts';
import { IntersessionError } from '../../homework/errors.ts';
import type { AnswerItem, VersionedCanonical } from '../../homework/model.ts';
import { questionnaireByCanonical } from '../../kinds/registry.ts';

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

/** The questionnaire that a log answers. A plan keeps its version for ever, so it must be among those that we know. */
export function questionnaireOf(canonical: VersionedCanonical): Questionnaire {
  const questionnaire = questionnaireByCanonical(canonical);
  if (questionnaire !== undefined) return questionnaire;
  throw new IntersessionError(
    'unknown-artefact',
    { artefact: 'questionnaire', id: canonical },
    `The questionnaire ${canonical} is not among those of this version of the service.`,
  );
}

/**
 * The answers as items, checked against the Questionnaire they answer; undefined when none were given.
 * @throws `invalid-answer` naming each linkId that doesn't fit
 */
export function readLogItems(
  canonical: VersionedCanonical,
  { answers, items }: GivenAnswers,
  { complete, withheld }: AnswerRules,
): readonly AnswerItem[] | undefined {
  const questionnaire = questionnaireOf(canonical);
  const known = indexItems(questionnaire);
  refuseIssues(
    withheld
      .filter((linkId) => !known.has(linkId))
      .map((linkId) => ({ linkId, problem: 'is withheld, but not an item of this questionnaire' })),
  );
  const given = items ?? (answers === undefined ? undefined : readAnswers(questionnaire, answers));
  if (given === undefined) return undefined;
  refuseIssues(checkAnswers(questionnaire, given, { complete, withheld }));
  return given;
}

/** @throws `invalid-answer` when there are any issues */
export function refuseIssues(issues: readonly { linkId: string; problem: string }[]): void {
  if (issues.length === 0) return;
  const fields = issues.map(({ linkId }) => linkId).join(', ');
  throw new IntersessionError('invalid-answer', { issues }, `These answers don't fit the questionnaire: ${fields}.`);
}

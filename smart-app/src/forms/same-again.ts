import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { ordinalValues } from '../../../src/foundation/ordinal-values.ts';
import { type ScoreDeclaration, scoreReads } from '../../../src/homework/log/score.ts';
import type { DeclaredQuestions } from './short-first.ts';

interface OfferedBy extends DeclaredQuestions {
  readonly scores?: readonly ScoreDeclaration[] | undefined;
}

const extract = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract';

/**
 * linkIds of questions for which the last answer may be offered again: one of several choices, or a time of day, that is mostly the same
 * from day to day, like a medicine or a technique. Never a number, what becomes a measure, what a score reads or has points, what tells of
 * danger, whether it was done, or what was expected and came: of these each answer has to be thought of anew. A judgement in words that
 * counts for nothing ("hardly at all") is a choice like any other: no form tells them apart.
 */
export function sameAgain(questionnaire: Questionnaire, declared: OfferedBy): ReadonlySet<string> {
  const { scores = [] } = declared;
  const never = new Set([
    ...(declared.behaviourLinkId === undefined ? [] : [declared.behaviourLinkId]),
    ...(declared.safety ?? []).map(({ linkId }) => linkId),
    ...(declared.predictionParts?.predictions ?? []),
    ...(declared.predictionParts?.outcomes ?? []),
    ...scores.flatMap((score) => [...scoreReads(score, scores)]),
  ]);
  const found = new Set<string>();
  const walk = (items: readonly QuestionnaireItem[], inherited: boolean): void => {
    for (const item of items) {
      const isMeasure = item.extension?.find(({ url }) => url === extract)?.valueBoolean ?? inherited;
      if (!never.has(item.linkId) && !isMeasure && (item.type === 'time' || isPlainChoice(item)))
        found.add(item.linkId);
      walk(item.item ?? [], isMeasure);
    }
  };
  walk(questionnaire.item ?? [], questionnaire.extension?.find(({ url }) => url === extract)?.valueBoolean === true);
  return found;
}

/** One of several, none of which counts for more than another. What is ticked one by one is ticked anew. */
function isPlainChoice({ type, repeats, answerOption = [] }: QuestionnaireItem): boolean {
  if ((type !== 'choice' && type !== 'open-choice') || repeats === true) return false;
  return !answerOption.some(({ extension = [], valueCoding, valueInteger }) =>
    valueInteger !== undefined
      ? true
      : [...extension, ...(valueCoding?.extension ?? [])].some(({ url }) => ordinalValues.includes(url)),
  );
}

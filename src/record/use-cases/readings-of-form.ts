import type { QuestionnaireItem } from 'fhir/r4';
import { answerTypes } from '../../fhir/answers/answer-types.ts';
import { indexItems } from '../../fhir/answers/index-items.ts';
import { valueLimits } from '../../fhir/answers/value-limits.ts';
import { defined } from '../../foundation/defined.ts';
import type { FormReadings, ReadingRange } from '../../homework/plan/form-readings.ts';
import type { KindVersion } from '../../kinds/kind.ts';

/** What a version of a form can tell a rule of its items and scores: the limits of its numbers, and the range of its scores. */
export function readingsOfForm({
  questionnaire,
  scores = [],
  predictionTold,
}: Pick<KindVersion, 'questionnaire' | 'scores' | 'predictionTold'>): FormReadings {
  const items = indexItems(questionnaire);
  const scoreOf = (linkId: string) => scores.find((score) => score.linkId === linkId);
  return {
    rangeOf(linkId) {
      const item = items.get(linkId)?.item;
      return scoreOf(linkId)?.range ?? (item && rangeOfItem(item));
    },
    isScore: (linkId) => scoreOf(linkId) !== undefined,
    asksPrediction: predictionTold !== undefined,
  };
}

function rangeOfItem(item: QuestionnaireItem): ReadingRange | undefined {
  const types = answerTypes(item);
  if (!types.some((type) => type === 'integer' || type === 'decimal' || type === 'quantity')) return undefined;
  const options = (item.answerOption ?? []).flatMap(({ valueInteger }) => valueInteger ?? []);
  if (options.length > 0) return { least: Math.min(...options), most: Math.max(...options) };
  const { min, max } = valueLimits(item);
  return defined({
    least: typeof min === 'number' ? min : undefined,
    most: typeof max === 'number' ? max : undefined,
  });
}

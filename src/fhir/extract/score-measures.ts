import type { CodeableConcept, Coding, Observation, Questionnaire, QuestionnaireResponse } from 'fhir/r4';
import { bandOf } from '../../homework/log/band-of.ts';
import { partsOf, type ScoreDeclaration } from '../../homework/log/score.ts';
import { scoreOf } from '../../homework/log/score-of.ts';
import { fromResponseItems } from '../answers/read-items.ts';
import { toQuantity } from '../to-quantity.ts';

import { withheldIn } from './withheld-in.ts';

/** What a calculated score says, as an Observation of its own. */
export interface ScoreMeasure {
  readonly linkId: string;
  readonly code: CodeableConcept & { readonly coding: [Coding] };
  readonly value: Pick<Observation, 'valueInteger' | 'valueQuantity'>;
  readonly interpretation?: [CodeableConcept];
  /** linkIds of the items and scores that it is made of. */
  readonly parts: readonly string[];
}

/**
 * The scores of a response that have a value (docs/engines/scores.md): one of which a part is masked or missing has none.
 * @param scores with their form
 */
export function scoreMeasures(
  scores: readonly ScoreDeclaration[],
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
): readonly ScoreMeasure[] {
  if (scores.length === 0) return [];
  const { items, withheld: masked } = fromResponseItems(questionnaire, response.item ?? []);
  const withheld = [...masked, ...withheldIn(response)];
  return scores.flatMap((score) => {
    const value = scoreOf(score, { items, withheld, scores });
    if (value === undefined) return [];
    const band = bandOf(score, value);
    return [
      {
        linkId: score.linkId,
        code: { coding: [{ ...score.code }], text: score.label },
        value: scoreValue(score, value),
        ...(band !== undefined && { interpretation: [{ text: band }] }),
        parts: partsOf(score),
      },
    ];
  });
}

function scoreValue({ unit, calculation: { type } }: ScoreDeclaration, value: number): ScoreMeasure['value'] {
  if (unit !== undefined) return { valueQuantity: toQuantity(value, unit) };
  // a mean of 5 is the measure that is 5.3 the week after: both say it in one way
  const isFraction = type === 'mean' || type === 'percent';
  return Number.isInteger(value) && !isFraction ? { valueInteger: value } : { valueQuantity: { value } };
}

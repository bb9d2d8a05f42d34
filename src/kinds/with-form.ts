import type { Extension, Questionnaire, QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4';
import { ordinalValues } from '../foundation/ordinal-values.ts';
import type { AskedCondition, AskedWhen } from '../homework/log/is-asked.ts';
import { partsOf, type ScoreDeclaration } from '../homework/log/score.ts';

/**
 * The scores of a version with what its Questionnaire says of their items: what each option counts and when an item is asked. Whoever
 * makes a version of a kind (the register, a plan's own form) adds it; without it a score of options has no value.
 */
export function withForm(
  scores: readonly ScoreDeclaration[],
  questionnaire: Pick<Questionnaire, 'item'>,
): readonly ScoreDeclaration[] {
  const items = placesIn(questionnaire);
  return scores.map((score) => {
    const points: Record<string, Readonly<Record<string, number>>> = {};
    const asked: Record<string, readonly AskedWhen[]> = {};
    const around: Record<string, readonly string[]> = {};
    for (const linkId of partsOf(score)) {
      const found = items.get(linkId);
      const options = (found?.item.answerOption ?? []).flatMap(pointsOfOption);
      if (options.length > 0) points[linkId] = Object.fromEntries(options);
      if (found !== undefined && found.asked.length > 0) asked[linkId] = found.asked;
      const questions = (found?.asked ?? []).flatMap(({ conditions }) => conditions.map(({ question }) => question));
      for (const read of [linkId, ...questions]) {
        const stands = items.get(read)?.around ?? [];
        if (stands.length > 0) around[read] = stands;
      }
    }
    return { ...score, form: { points, asked, around } };
  });
}

interface Place {
  readonly item: QuestionnaireItem;
  readonly asked: readonly AskedWhen[];
  /** linkIds of the items that it stands in. */
  readonly around: readonly string[];
}

function placesIn(questionnaire: Pick<Questionnaire, 'item'>): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const walk = (level: readonly QuestionnaireItem[], within: Omit<Place, 'item'>): void => {
    for (const item of level) {
      const asked = [...within.asked, ...askedWhen(item)];
      places.set(item.linkId, { item, asked, around: within.around });
      walk(item.item ?? [], { asked, around: [...within.around, item.linkId] });
    }
  };
  walk(questionnaire.item ?? [], { asked: [], around: [] });
  return places;
}

function pointsOfOption(option: QuestionnaireItemAnswerOption): readonly (readonly [string, number])[] {
  const { valueCoding, valueInteger, valueString, valueDate, valueTime } = option;
  const key = valueCoding?.code ?? valueInteger ?? valueString ?? valueDate ?? valueTime;
  const points = [
    ...(valueCoding?.extension ?? []),
    ...(option.extension ?? []),
    ...(option._valueInteger?.extension ?? []),
  ]
    .filter(({ url }) => ordinalValues.includes(url))
    .map(weightOf)
    .find((weight) => weight !== undefined);
  return key === undefined || points === undefined ? [] : [[String(key), points]];
}

const weightOf = ({ valueDecimal, valueInteger }: Extension): number | undefined => valueDecimal ?? valueInteger;

function askedWhen({ enableWhen = [], enableBehavior }: QuestionnaireItem): readonly AskedWhen[] {
  if (enableWhen.length === 0) return [];
  const conditions = enableWhen.map(
    (condition): AskedCondition => ({
      question: condition.question,
      operator: condition.operator,
      value:
        condition.answerBoolean ??
        condition.answerInteger ??
        condition.answerDecimal ??
        condition.answerCoding?.code ??
        condition.answerString,
    }),
  );
  return [{ behavior: enableBehavior ?? 'all', conditions }];
}

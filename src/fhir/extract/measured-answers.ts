import type {
  Coding,
  Extension,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from 'fhir/r4';
import { isMasked } from '../answers/masked.ts';
import { OBSERVATION_EXTRACT } from './sdc.ts';

/** One answer that is to become an Observation. */
export interface MeasuredAnswer {
  readonly item: QuestionnaireItem;
  readonly codes: readonly Coding[];
  readonly answer: QuestionnaireResponseItemAnswer;
  /** The repetition it stands in, when it stands in one. */
  readonly instance?: string;
  /** It is there but not shared: no Observation is made of it. */
  readonly isMasked: boolean;
}

/**
 * The answers of a response that SDC observation-based extraction takes: item flagged, or inside something flagged and
 * not itself unflagged, with a code. The flag may stand on the questionnaire, a group, an item or one of its codes.
 * Masked answers are named, but they have no value.
 *
 * @see https://hl7.org/fhir/uv/sdc/extraction.html#observation-based-extraction
 */
export function measuredAnswers(questionnaire: Questionnaire, response: QuestionnaireResponse): MeasuredAnswer[] {
  const measured: MeasuredAnswer[] = [];

  const walk = (
    definitions: readonly QuestionnaireItem[],
    items: readonly QuestionnaireResponseItem[],
    inherited: boolean,
    instance: string | undefined,
  ): void => {
    const byLinkId = new Map(definitions.map((definition) => [definition.linkId, definition]));
    for (const item of items) {
      const definition = byLinkId.get(item.linkId);
      if (!definition) continue;
      const flag = extractFlag(definition) ?? inherited;
      const codes = extractedCodes(definition, flag);
      const here = definition.repeats && definition.type === 'group' ? (item.id ?? instance) : instance;
      for (const answer of item.answer ?? []) {
        if (codes.length > 0) {
          measured.push({
            item: definition,
            codes,
            answer,
            isMasked: isMasked(answer),
            ...(here !== undefined && { instance: here }),
          });
        }
        walk(definition.item ?? [], answer.item ?? [], flag, here);
      }
      walk(definition.item ?? [], item.item ?? [], flag, here);
    }
  };

  walk(questionnaire.item ?? [], response.item ?? [], extractFlag(questionnaire) ?? false, undefined);
  return measured;
}

interface Flaggable {
  extension?: Extension[] | undefined;
}

/** The flag on one element; a code (`independent`, `member` …) asks for extraction as well. */
function extractFlag(element: Flaggable): boolean | undefined {
  const found = element.extension?.find((extension) => extension.url === OBSERVATION_EXTRACT);
  return found && (found.valueBoolean ?? found.valueCode !== undefined);
}

/** All codes of a flagged item, but only those flagged themselves when the flag stands on codes. */
function extractedCodes(item: QuestionnaireItem, flag: boolean): readonly Coding[] {
  const codes = item.code ?? [];
  const chosen = codes.filter((code) => extractFlag(code) === true);
  if (chosen.length > 0) return chosen;
  return flag ? codes.filter((code) => extractFlag(code) !== false) : [];
}

import type { QuestionnaireResponse, QuestionnaireResponseItem, QuestionnaireResponseItemAnswer } from 'fhir/r4';
import { itemsOf } from '../kinds/answers-for.ts';
import { type Plain, plainAnswer } from './expected-measures.ts';
import { type Held, named, type Same, sarah, standsThere } from './held.ts';
import type { PlayedLog } from './play-kinds.ts';

/** The log itself: once where it has a place, about the right patient, with every answer that is shared and no value of another. */
export function compareResponse(log: PlayedLog, held: Held, landing: string, same: Same): void {
  const found = held.filter(
    (resource): resource is QuestionnaireResponse =>
      resource.resourceType === 'QuestionnaireResponse' && named(resource, 'log').includes(log.id),
  );
  same('responses', found.length, standsThere(landing) ? 1 : 0);
  const [response] = found;
  if (response === undefined) return;
  const { form, answers, withheld } = log;
  same(
    'the response',
    [response.status, response.subject?.reference, response.questionnaire],
    ['completed', sarah, `${form.url}|${form.version}`],
  );
  const linkIds = new Set(itemsOf(form.item).map(({ linkId }) => linkId));
  const items = flat(response.item);
  const strange = items.filter(({ linkId }) => !linkIds.has(linkId));
  same('its items of no question', strange, []);
  const told = items.flatMap(({ linkId, answer = [] }): Told[] =>
    answer.length === 0 ? [] : [[linkId, answer.map(answeredValue)]],
  );
  const given = Object.entries(answers).map(([linkId, value]): Told => {
    return [linkId, withheld.includes(linkId) ? [undefined] : [value].flat().map(plainAnswer)];
  });
  same('its answers', told.sort(byLinkId), given.sort(byLinkId));
}

type Told = [linkId: string, values: (Plain | undefined)[]];
const byLinkId = ([a]: Told, [b]: Told): number => (a < b ? -1 : 1);

function flat(items: readonly QuestionnaireResponseItem[] = []): QuestionnaireResponseItem[] {
  return items.flatMap((item) => [
    item,
    ...flat(item.item),
    ...(item.answer ?? []).flatMap((answer) => flat(answer.item)),
  ]);
}

function answeredValue(answer: QuestionnaireResponseItemAnswer): Plain | undefined {
  const { valueBoolean, valueString, valueDate, valueTime, valueCoding } = answer;
  const number = answer.valueInteger ?? answer.valueDecimal ?? answer.valueQuantity?.value;
  return valueBoolean ?? number ?? valueString ?? valueDate ?? valueTime ?? valueCoding?.code;
}

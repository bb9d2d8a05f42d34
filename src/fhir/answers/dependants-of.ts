import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';

/**
 * linkIds of the items that turn on one of these (`enableWhen`), on an item inside of one, or on such an item in turn: that they were asked,
 * let alone answered, tells of the answer that they turn on.
 *
 * @see https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen
 */
export function dependantsOf(
  { item = [] }: Pick<Questionnaire, 'item'>,
  linkIds: readonly string[],
): ReadonlySet<string> {
  const told = within(item, new Set(linkIds));
  const found = new Set(item.flatMap((each) => turningOn(each, told)));
  const more = [...found].filter((linkId) => !linkIds.includes(linkId));
  return more.length === 0 ? found : new Set([...found, ...dependantsOf({ item }, [...linkIds, ...more])]);
}

/** These items with all that stand below them. */
function within(
  items: readonly QuestionnaireItem[],
  linkIds: ReadonlySet<string>,
  inside = false,
): ReadonlySet<string> {
  return new Set(
    items.flatMap(({ linkId, item = [] }) => {
      const isIn = inside || linkIds.has(linkId);
      return [...(isIn ? [linkId] : []), ...within(item, linkIds, isIn)];
    }),
  );
}

function turningOn(
  { linkId, enableWhen = [], item = [] }: QuestionnaireItem,
  told: ReadonlySet<string>,
): readonly string[] {
  return [
    ...(enableWhen.some(({ question }) => told.has(question)) ? [linkId] : []),
    ...item.flatMap((below) => turningOn(below, told)),
  ];
}

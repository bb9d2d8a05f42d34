import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';

/** An item of a questionnaire with the linkIds of the items it stands in, outermost first. */
export interface IndexedItem {
  readonly item: QuestionnaireItem;
  readonly parents: readonly string[];
}

/** Every item of a questionnaire by its linkId, at whatever depth; a linkId is unique in a questionnaire (que-2). */
export function indexItems(questionnaire: Questionnaire): ReadonlyMap<string, IndexedItem> {
  const index = new Map<string, IndexedItem>();
  const walk = (items: readonly QuestionnaireItem[], parents: readonly string[]): void => {
    for (const item of items) {
      index.set(item.linkId, { item, parents });
      walk(item.item ?? [], [...parents, item.linkId]);
    }
  };
  walk(questionnaire.item ?? [], []);
  return index;
}

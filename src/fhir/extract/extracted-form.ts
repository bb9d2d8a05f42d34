import type { CodeableConcept, Coding, Extension, Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { OBSERVATION_EXTRACT, OBSERVATION_EXTRACT_CATEGORY, READING_OFFSET } from './sdc.ts';

/**
 * How what is extracted of an item stands to what is extracted of the item around it.
 *
 * @see https://hl7.org/fhir/uv/sdc/CodeSystem-observation-extract-relationship.html
 */
export type Relation = 'independent' | 'member' | 'component' | 'derived';

/** What extraction needs to know of one item. */
export interface FormItem {
  readonly item: QuestionnaireItem;
  /** Of what is extracted of it; empty: nothing is. */
  readonly codes: readonly Coding[];
  readonly relation: Relation;
  /** Categories of the nearest item around it that names any. */
  readonly categories: readonly CodeableConcept[];
  /** Its answers come in repetitions, each with an id. */
  readonly isRepetition: boolean;
  /** The item in it that says when the readings of a repetition were taken. */
  readonly offset: QuestionnaireItem | undefined;
  readonly below: FormItems;
}

export type FormItems = ReadonlyMap<string, FormItem>;

const known = new WeakMap<Questionnaire, FormItems>();

/**
 * A Questionnaire as extraction reads it; worked out once for each. An item is extracted when it has a code and is flagged, or stands
 * in something flagged and isn't unflagged. The flag may stand on the Questionnaire, a group, an item or one of its codes, and may
 * name a relation.
 *
 * @see https://hl7.org/fhir/uv/sdc/extraction.html#observation-based-extraction
 */
export function extractedForm(questionnaire: Questionnaire): FormItems {
  const before = known.get(questionnaire);
  if (before !== undefined) return before;
  const form = itemsOf(questionnaire.item, flagOf(questionnaire), categoriesOf(questionnaire) ?? []);
  known.set(questionnaire, form);
  return form;
}

function itemsOf(
  items: readonly QuestionnaireItem[] | undefined,
  around: Flag,
  categories: readonly CodeableConcept[],
): FormItems {
  return new Map((items ?? []).map((item) => [item.linkId, formItem(item, around, categories)]));
}

function formItem(item: QuestionnaireItem, around: Flag, given: readonly CodeableConcept[]): FormItem {
  const flag = flagOf(item) ?? around;
  const categories = categoriesOf(item) ?? given;
  const { codes, relation } = extractedCodes(item, flag);
  const offset = item.item?.find((inner) =>
    inner.extension?.some(({ url, valueBoolean }) => url === READING_OFFSET && valueBoolean),
  );
  return {
    item,
    codes: item.type === 'display' ? [] : codes,
    relation,
    categories,
    isRepetition: item.type === 'group' && item.repeats === true,
    offset,
    below: itemsOf(item.item, flag, categories),
  };
}

/** undefined: nothing is said. */
type Flag = Relation | false | undefined;

interface Flaggable {
  extension?: Extension[] | undefined;
}

function flagOf({ extension }: Flaggable): Flag {
  const flags = extension?.filter(({ url }) => url === OBSERVATION_EXTRACT) ?? [];
  const relation = flags.map(({ valueCode }) => valueCode).find((code) => code !== undefined);
  if (relation !== undefined) return isRelation(relation) ? relation : 'independent';
  const yesNo = flags.map(({ valueBoolean }) => valueBoolean).find((flag) => flag !== undefined);
  if (yesNo === undefined) return flags.length > 0 ? false : undefined;
  return yesNo && 'independent';
}

function isRelation(code: string): code is Relation {
  return code === 'independent' || code === 'member' || code === 'component' || code === 'derived';
}

/** All codes of a flagged item, but only those flagged themselves when the flag stands on codes. */
function extractedCodes(item: QuestionnaireItem, flag: Flag): { codes: readonly Coding[]; relation: Relation } {
  const all = (item.code ?? []).map((code) => ({ code, own: flagOf(code) }));
  const chosen = all.filter(({ own }) => own !== undefined && own !== false);
  // a relation that a code names speaks for the item
  const named = chosen.map(({ own }) => own).find((own) => own !== 'independent') || flag || 'independent';
  if (chosen.length > 0) return { codes: chosen.map(({ code }) => code), relation: named };
  if (flag === undefined || flag === false) return { codes: [], relation: 'independent' };
  return { codes: all.filter(({ own }) => own !== false).map(({ code }) => code), relation: flag };
}

function categoriesOf({ extension }: Flaggable): readonly CodeableConcept[] | undefined {
  const named = extension?.flatMap(({ url, valueCodeableConcept }) =>
    url === OBSERVATION_EXTRACT_CATEGORY && valueCodeableConcept !== undefined ? [valueCodeableConcept] : [],
  );
  return named === undefined || named.length === 0 ? undefined : named;
}

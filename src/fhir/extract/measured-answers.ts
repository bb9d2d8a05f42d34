import type {
  Questionnaire,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from 'fhir/r4';
import { isMasked } from '../answers/masked.ts';
import { extractedForm, type FormItem, type FormItems } from './extracted-form.ts';

/** An answered item that is to become an Observation or a part of one; a group, which has no answer, becomes a panel. */
export interface MeasuredItem {
  readonly form: FormItem;
  /** What was answered; of one that is not shared nothing. */
  readonly answers: readonly QuestionnaireResponseItemAnswer[];
  /** The nearest around it that becomes an Observation of its own. */
  readonly parent?: MeasuredItem;
  /** The repetition it stands in, when it stands in one. */
  readonly instance?: string;
  /** When it was measured, when its repetition says so. */
  readonly timing?: ReadingTiming;
  /** It is there but not shared. */
  readonly isMasked: boolean;
}

/** What the item of a repetition that says when it was says, with the item. */
export interface ReadingTiming {
  readonly item: FormItem['item'];
  readonly answer: QuestionnaireResponseItemAnswer;
}

interface Around {
  readonly parent: MeasuredItem | undefined;
  readonly instance: string | undefined;
  readonly timing: ReadingTiming | undefined;
}

/**
 * The items of a response that observation-based extraction takes, in the order of the response, a parent before what stands in it.
 * Masked ones are named, but they have no answer.
 *
 * @see https://hl7.org/fhir/uv/sdc/extraction.html#observation-based-extraction
 */
export function measuredAnswers(questionnaire: Questionnaire, response: QuestionnaireResponse): MeasuredItem[] {
  const measured: MeasuredItem[] = [];

  const walk = (forms: FormItems, items: readonly QuestionnaireResponseItem[] | undefined, around: Around): void => {
    for (const item of items ?? []) {
      const form = forms.get(item.linkId);
      if (form !== undefined) take(form, item, form.isRepetition ? repetition(form, item, around) : around);
    }
  };

  const take = (form: FormItem, item: QuestionnaireResponseItem, around: Around): void => {
    const own =
      form.codes.length > 0 && isThere(form, item) ? measuredItem(form, item.answer ?? [], around) : undefined;
    if (own !== undefined) measured.push(own);
    const asParent = own !== undefined && (own.form.relation !== 'component' || own.parent === undefined);
    const inside = asParent ? { ...around, parent: own } : around;
    if (form.below.size === 0) return;
    for (const answer of item.answer ?? []) walk(form.below, answer.item, inside);
    walk(form.below, item.item, inside);
  };

  walk(extractedForm(questionnaire), response.item, { parent: undefined, instance: undefined, timing: undefined });
  return measured;
}

const isThere = ({ item }: FormItem, { answer = [] }: QuestionnaireResponseItem): boolean =>
  item.type === 'group' || answer.length > 0;

function measuredItem(
  form: FormItem,
  answers: readonly QuestionnaireResponseItemAnswer[],
  { parent, instance, timing }: Around,
): MeasuredItem {
  const hidden = answers.some(isMasked);
  return {
    form,
    answers: hidden ? [] : answers,
    isMasked: hidden,
    ...(parent !== undefined && { parent }),
    ...(instance !== undefined && { instance }),
    ...(timing !== undefined && { timing }),
  };
}

function repetition(form: FormItem, { id, item }: QuestionnaireResponseItem, around: Around): Around {
  const answer = item?.find(({ linkId }) => linkId === form.offset?.linkId)?.answer?.[0];
  return {
    parent: around.parent,
    // an inner id says which one only together with that around it
    instance: [around.instance, id].filter((part) => part !== undefined).join('.') || undefined,
    timing:
      form.offset === undefined || answer === undefined || isMasked(answer)
        ? around.timing
        : { item: form.offset, answer },
  };
}

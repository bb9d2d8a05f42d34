import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from 'fhir/r4';
import type { AnswerItem, AnswerValue } from '../../homework/model.ts';
import type { AnswerIssue } from './answer-issue.ts';
import { answerTypes } from './answer-types.ts';
import { indexItems } from './index-items.ts';
import { isMasked } from './masked.ts';
import { onlyOptionWith, optionOf } from './option-of.ts';
import { readInstant, readLocalDate, readTime } from './read-value.ts';

/** A response's items in the domain's terms; `issues` holds only what could not be read at all. */
export interface ReadItems {
  readonly items: AnswerItem[];
  /** linkIds of masked answers; their items are there, without an answer. */
  readonly withheld: string[];
  readonly issues: AnswerIssue[];
}

/**
 * Reads QuestionnaireResponse items; the inverse of `toResponseItems` for what is not masked.
 * Whether the answers fit the questionnaire is for `checkAnswers` to say. Display items and unanswered items are left out.
 *
 * @see https://hl7.org/fhir/R4/questionnaireresponse-definitions.html#QuestionnaireResponse.item
 */
export function fromResponseItems(
  questionnaire: Questionnaire,
  items: readonly QuestionnaireResponseItem[],
): ReadItems {
  const index = indexItems(questionnaire);
  const withheld = new Set<string>();
  const issues: AnswerIssue[] = [];

  const readItem = (item: QuestionnaireResponseItem): AnswerItem | undefined => {
    const { linkId } = item;
    const definition = index.get(linkId)?.item;
    const given = item.answer ?? [];
    const isHidden = given.some(isMasked);
    if (isHidden) withheld.add(linkId);
    const answers = isHidden ? [] : given.flatMap((answer) => readAnswer(linkId, answer, definition));
    const below = [...(item.item ?? []), ...given.flatMap((answer) => answer.item ?? [])];
    for (const problem of nestingProblems(definition, item)) issues.push({ linkId, problem });
    const inside = below.flatMap((questionnaireResponseItem) => readItem(questionnaireResponseItem) ?? []);
    if (answers.length === 0 && inside.length === 0 && !isHidden) return undefined;
    // An element id means something only where repetitions are told apart by it; elsewhere a server may have added it.
    const instance = definition?.type === 'group' && definition.repeats ? item.id : undefined;
    return { linkId, ...(instance !== undefined && { instance }), answers, items: inside };
  };

  const readAnswer = (
    linkId: string,
    answer: QuestionnaireResponseItemAnswer,
    definition: QuestionnaireItem | undefined,
  ): AnswerValue[] => {
    const value = fromValue(answer, definition);
    if (value === 'absent') return [];
    if (value) return [value];
    issues.push({ linkId, problem: 'has a value that cannot be read' });
    return [];
  };

  return { items: items.flatMap((item) => readItem(item) ?? []), withheld: [...withheld], issues };
}

function* nestingProblems(
  definition: QuestionnaireItem | undefined,
  item: QuestionnaireResponseItem,
): Generator<string> {
  const isGroup = definition?.type === 'group';
  if (definition && !isGroup && (item.item ?? []).length > 0)
    yield 'is a question: items below it belong to its answer';
  if ((item.answer ?? []).slice(1).some((answer) => (answer.item ?? []).length > 0)) {
    yield 'may have items only below its first answer';
  }
}

function fromValue(
  answer: QuestionnaireResponseItemAnswer,
  definition: QuestionnaireItem | undefined,
): AnswerValue | 'absent' | undefined {
  if (answer.valueBoolean !== undefined) return { type: 'boolean', value: answer.valueBoolean };
  if (answer.valueInteger !== undefined) return numberOf('integer', answer.valueInteger, definition);
  if (answer.valueDecimal !== undefined) return numberOf('decimal', answer.valueDecimal, definition);
  if (answer.valueString !== undefined) return { type: 'string', value: answer.valueString };
  if (answer.valueDate !== undefined) {
    const value = readLocalDate(answer.valueDate);
    return value === undefined ? undefined : { type: 'date', value };
  }
  if (answer.valueDateTime !== undefined) {
    const value = readInstant(answer.valueDateTime);
    return value === undefined ? undefined : { type: 'dateTime', value };
  }
  if (answer.valueTime !== undefined) {
    const value = readTime(answer.valueTime);
    return value === undefined ? undefined : { type: 'time', value };
  }
  if (answer.valueQuantity !== undefined) {
    const { value, unit, system, code, comparator } = answer.valueQuantity;
    // "less than an hour" is no amount
    if (value === undefined || comparator !== undefined) return undefined;
    const words = { ...(unit !== undefined && { unit }), ...(system !== undefined && { system }) };
    return { type: 'quantity', value: { value, ...words, ...(code !== undefined && { code }) } };
  }
  if (answer.valueCoding !== undefined) {
    const said = answer.valueCoding;
    if (said.code === undefined) return undefined;
    const option =
      optionOf(definition, { system: said.system ?? '', code: said.code }) ??
      (said.system ? undefined : onlyOptionWith(definition, said.code));
    // one that is read as an option is kept as that option: nothing that compares codes need know of the other
    const { system = '', code = said.code } = option ?? said;
    const isOther = code !== said.code || system !== (said.system ?? '');
    // what a person reads is the option's, also where a form filler sends the code alone
    const display = isOther ? option?.display : (said.display ?? option?.display);
    return { type: 'coding', value: { system, code, ...(display !== undefined && { display }) } };
  }
  const names = Object.keys(answer).filter((name) => name.startsWith('value'));
  return names.length === 0 ? 'absent' : undefined;
}

/** A number as the type that its item takes, where it is one of that, too: a form filler’s 2.0 says 2, and 2 is a decimal. */
function numberOf(type: 'integer' | 'decimal', value: number, definition: QuestionnaireItem | undefined): AnswerValue {
  const taken = definition === undefined ? [type] : answerTypes(definition);
  if (taken.includes(type)) return { type, value };
  if (type === 'integer' && taken.includes('decimal')) return { type: 'decimal', value };
  if (type === 'decimal' && taken.includes('integer') && Number.isInteger(value)) return { type: 'integer', value };
  return { type, value };
}

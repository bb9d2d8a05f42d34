import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from 'fhir/r4';
import type { AnswerItem, AnswerValue } from '../../homework/model.ts';
import { comparable } from './check-value.ts';
import { sameCode } from './option-of.ts';

/** Where conditions look for answers: items around the conditional one, the nearest level first, the whole log last. */
export type AnswerScopes = readonly (readonly AnswerItem[])[];

/**
 * Whether an item applies, by its `enableWhen` and `enableBehavior`; `unknown` when it turns on an answer that is withheld.
 * A question without an answer enables nothing, except by `exists`.
 *
 * @see https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen
 */
export function isEnabled(
  item: QuestionnaireItem,
  scopes: AnswerScopes,
  withheld: ReadonlySet<string> = new Set(),
): 'yes' | 'no' | 'unknown' {
  const conditions = item.enableWhen ?? [];
  if (conditions.length === 0) return 'yes';
  const results = conditions.map((condition) => holds(condition, scopes, withheld));
  const decisive = item.enableBehavior === 'any' ? 'yes' : 'no';
  if (results.includes(decisive)) return decisive;
  return results.includes('unknown') ? 'unknown' : decisive === 'yes' ? 'no' : 'yes';
}

function holds(
  condition: QuestionnaireItemEnableWhen,
  scopes: AnswerScopes,
  withheld: ReadonlySet<string>,
): 'yes' | 'no' | 'unknown' {
  const answers = answersOf(condition.question, scopes);
  if (answers.length === 0 && withheld.has(condition.question)) return 'unknown';
  return evaluate(condition, answers) ? 'yes' : 'no';
}

function evaluate(condition: QuestionnaireItemEnableWhen, answers: readonly AnswerValue[]): boolean {
  if (condition.operator === 'exists') return answers.length > 0 === condition.answerBoolean;
  if (answers.length === 0) return false;
  switch (condition.operator) {
    case '=':
      return answers.some((answer) => equals(condition, answer));
    case '!=':
      return !answers.some((answer) => equals(condition, answer));
    case '>':
      return answers.some((answer) => (difference(condition, answer) ?? 0) > 0);
    case '<':
      return answers.some((answer) => (difference(condition, answer) ?? 0) < 0);
    case '>=':
      return answers.some((answer) => (difference(condition, answer) ?? -1) >= 0);
    case '<=':
      return answers.some((answer) => (difference(condition, answer) ?? 1) <= 0);
  }
}

function equals(condition: QuestionnaireItemEnableWhen, answer: AnswerValue): boolean {
  switch (answer.type) {
    case 'boolean':
      return condition.answerBoolean === answer.value;
    case 'string':
      return condition.answerString === answer.value;
    case 'coding':
      return condition.answerCoding !== undefined && sameCode(condition.answerCoding, answer.value);
    default:
      return difference(condition, answer) === 0;
  }
}

/** How far the answer is above the condition's value; nothing when the two cannot be compared. */
function difference(condition: QuestionnaireItemEnableWhen, answer: AnswerValue): number | undefined {
  switch (answer.type) {
    case 'integer':
    case 'decimal': {
      const wanted = condition.answerInteger ?? condition.answerDecimal;
      return wanted === undefined ? undefined : answer.value - wanted;
    }
    case 'date':
    case 'dateTime': {
      const wanted = condition.answerDate ?? condition.answerDateTime;
      return wanted === undefined ? undefined : Date.parse(answer.value) - Date.parse(wanted);
    }
    case 'time':
      return condition.answerTime === undefined
        ? undefined
        : comparable(answer.value) - comparable(condition.answerTime);
    case 'quantity': {
      const { answerQuantity: wanted } = condition;
      const sameUnit = wanted?.code === answer.value.code && (wanted?.code ?? wanted?.unit === answer.value.unit);
      return wanted?.value === undefined || !sameUnit ? undefined : answer.value.value - wanted.value;
    }
    default:
      return undefined;
  }
}

/** The answers of a question as seen from a place: inside a repeating group, those of the same repetition come first. */
function answersOf(linkId: string, scopes: AnswerScopes): readonly AnswerValue[] {
  for (const scope of scopes) {
    const found = findItems(scope, linkId);
    if (found.length > 0) return found.flatMap((item) => item.answers);
  }
  return [];
}

function findItems(items: readonly AnswerItem[], linkId: string): AnswerItem[] {
  return items.flatMap((item) => (item.linkId === linkId ? [item] : findItems(item.items, linkId)));
}

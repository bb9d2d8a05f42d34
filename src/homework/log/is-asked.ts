import type { AnswerValue } from './answer.ts';

/** When an item of a form is asked: what its `enableWhen` says, as data. */
export interface AskedWhen {
  readonly behavior: 'all' | 'any';
  readonly conditions: readonly AskedCondition[];
}

export interface AskedCondition {
  /** linkId of the question on which it turns. */
  readonly question: string;
  readonly operator: 'exists' | '=' | '!=' | '>' | '<' | '>=' | '<=';
  /** With what the answer is compared: a number, a yes or no, or the code or text of an option; `undefined`: nothing we compare with. */
  readonly value: number | boolean | string | undefined;
}

/**
 * Whether an item was asked, by the answers to the questions on which that turns; undefined: it cannot be told. A question without an
 * answer asks for nothing, except by `exists`.
 *
 * @see https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen
 */
export function isAsked(
  { behavior, conditions }: AskedWhen,
  answersTo: (linkId: string) => readonly AnswerValue[],
): boolean | undefined {
  const results = conditions.map((condition) => holds(condition, answersTo(condition.question)));
  const decisive = behavior === 'any';
  if (results.includes(decisive)) return decisive;
  return results.includes(undefined) ? undefined : !decisive;
}

function holds({ operator, value }: AskedCondition, answers: readonly AnswerValue[]): boolean | undefined {
  if (operator === 'exists') return answers.length > 0 === value;
  if (answers.length === 0) return false;
  if (value === undefined) return undefined;
  const said = answers.map(comparable);
  if (operator === '=') return said.includes(value);
  if (operator === '!=') return !said.includes(value);
  return said.some((given) => {
    if (typeof given !== 'number' || typeof value !== 'number') return false;
    if (operator === '>') return given > value;
    if (operator === '<') return given < value;
    return operator === '>=' ? given >= value : given <= value;
  });
}

function comparable(answer: AnswerValue): number | boolean | string {
  switch (answer.type) {
    case 'coding':
      return answer.value.code;
    case 'quantity':
      return answer.value.value;
    default:
      return answer.value;
  }
}

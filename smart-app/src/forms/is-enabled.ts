import type { Field } from './read-questionnaire.ts';

/** Answers by linkId, without the questionnaire's groups, as the service takes them. */
export type Answers = Readonly<Record<string, unknown>>;

type Condition = Field['enableWhen'][number];

/**
 * Whether a question applies by the answers so far. A question without an answer enables nothing, except by `exists`.
 *
 * @see https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen
 */
export function isEnabled(field: Field, answers: Answers): boolean {
  if (field.enableWhen.length === 0) return true;
  const holds = (condition: Condition): boolean => evaluate(condition, valuesOf(answers[condition.question]));
  return field.enableAny ? field.enableWhen.some(holds) : field.enableWhen.every(holds);
}

/** The values of an answer; none when it is not answered. */
export function valuesOf(answer: unknown): readonly unknown[] {
  if (answer === undefined || answer === null || answer === '') return [];
  return Array.isArray(answer) ? answer : [answer];
}

function evaluate(condition: Condition, values: readonly unknown[]): boolean {
  if (condition.operator === 'exists') return values.length > 0 === condition.answerBoolean;
  if (values.length === 0) return false;
  const wanted = wantedOf(condition);
  switch (condition.operator) {
    case '=':
      return values.some((value) => comparable(value) === wanted);
    case '!=':
      return values.every((value) => comparable(value) !== wanted);
    default:
      return values.some((value) => compares(condition.operator, comparable(value), wanted));
  }
}

function compares(operator: Condition['operator'], value: unknown, wanted: unknown): boolean {
  const both = typeof value === typeof wanted && (typeof value === 'number' || typeof value === 'string');
  if (!both || (typeof wanted !== 'number' && typeof wanted !== 'string')) return false;
  if (operator === '>') return value > wanted;
  if (operator === '<') return value < wanted;
  return operator === '>=' ? value >= wanted : value <= wanted;
}

function wantedOf(condition: Condition): unknown {
  return (
    condition.answerBoolean ??
    condition.answerInteger ??
    condition.answerDecimal ??
    condition.answerCoding?.code ??
    condition.answerString ??
    condition.answerDate ??
    condition.answerDateTime ??
    condition.answerTime ??
    condition.answerQuantity?.value
  );
}

/** An option is compared by its code, whether it came as a code alone or as a coding; an amount by its number; 22:30 is 22:30:00. */
function comparable(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'value' in value) return value.value;
  if (typeof value === 'string' && /^\d\d:\d\d$/.test(value)) return `${value}:00`;
  return typeof value === 'object' && value !== null && 'code' in value ? value.code : value;
}

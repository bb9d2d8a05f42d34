import { type Answers, isEnabled, valuesOf } from './is-enabled.ts';
import { partsOf } from './quantity-field.tsx';
import type { Field } from './read-questionnaire.ts';
import { isScale } from './scale-field.tsx';

/** What keeps an answer from being sent, in words that stand below its question. */
export interface AnswerIssue {
  readonly linkId: string;
  readonly problem: string;
}

/** In the place of a linkId: when it happened. No questionnaire has it, for a linkId begins with no blank. */
export const timeOfLog = ' time';

const unkept = 'This has signs in it that can’t be kept; please type it again.';
/** Control characters that no FHIR string may hold. */
const forbidden = /[^\t\n\r\u0020-\uffff]/;

/** Everything that is wrong with the answers to questions that apply; `complete` also asks for the required ones. */
export function checkAnswers(fields: readonly Field[], answers: Answers, complete: boolean): readonly AnswerIssue[] {
  return fields.flatMap((field) => {
    if (!isEnabled(field, answers)) return [];
    const own = field.type === 'group' || field.type === 'display' ? undefined : check(field, answers, complete);
    return [
      ...(own === undefined ? [] : [{ linkId: field.linkId, problem: own }]),
      ...checkAnswers(field.fields, answers, complete),
    ];
  });
}

/**
 * The answers as they can be sent: of questions that apply, without empty ones, text without blanks around it.
 * A draft is sent without what is not right yet; that stays in the form.
 */
export function sendableAnswers(fields: readonly Field[], answers: Answers): Answers {
  const wrong = new Set(checkAnswers(fields, answers, false).map(({ linkId }) => linkId));
  const sent: Record<string, unknown> = {};
  const walk = (some: readonly Field[]): void => {
    for (const field of some) {
      if (!isEnabled(field, answers)) continue;
      const answer = answers[field.linkId];
      const empty = typeof answer === 'string' ? answer.trim() === '' : valuesOf(answer).length === 0;
      if (!empty && !wrong.has(field.linkId)) sent[field.linkId] = typeof answer === 'string' ? answer.trim() : answer;
      walk(field.fields);
    }
  };
  walk(fields);
  return sent;
}

function check(field: Field, answers: Answers, complete: boolean): string | undefined {
  const answer = answers[field.linkId];
  const values = valuesOf(answer).filter((value) => typeof value !== 'string' || value.trim() !== '');
  if (values.length === 0) return complete && field.required ? needed(field) : undefined;
  for (const value of values) {
    const problem = checkValue(field, value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function needed(field: Field): string {
  if (field.type === 'boolean') return 'Please choose yes or no.';
  if (field.type === 'time') return 'Please give the time.';
  if (field.type === 'quantity') return 'Please give a number.';
  if (isScale(field)) return 'Please choose a number.';
  if (field.slider) return 'Please move the slider to where it was.';
  return field.type === 'choice' || field.type === 'open-choice'
    ? 'Please choose one.'
    : 'Please write a few words here.';
}

function checkValue(field: Field, given: unknown): string | undefined {
  const value = field.type === 'quantity' ? partsOf(given).amount : given;
  if (field.type === 'quantity' && !isKept(partsOf(given).unit)) return unkept;
  if (field.type === 'integer' || field.type === 'decimal' || field.type === 'quantity') {
    const wrong =
      typeof value !== 'number' ||
      !Number.isFinite(value) ||
      (field.type === 'integer' && !Number.isInteger(value)) ||
      (field.min !== undefined && value < field.min) ||
      (field.max !== undefined && value > field.max);
    return wrong ? `Please give ${numberWords(field)}.` : undefined;
  }
  if (typeof value !== 'string') return undefined;
  if (field.maxLength !== undefined && value.trim().length > field.maxLength)
    return `Please shorten this to ${field.maxLength} characters; it has ${value.trim().length}.`;
  return isKept(value) ? undefined : unkept;
}

const isKept = (text: string): boolean => text.isWellFormed() && !forbidden.test(text);

function numberWords({ type, min, max }: Field): string {
  const what = type === 'integer' ? 'a whole number' : 'a number';
  if (min !== undefined && max !== undefined) return `${what} from ${min} to ${max}`;
  if (min !== undefined) return `${what}, ${min} or more`;
  return max === undefined ? what : `${what}, ${max} or less`;
}

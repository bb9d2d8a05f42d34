import { isEnabled as appliesBy } from '../../../src/fhir/answers/is-enabled.ts';
import { readValue } from '../../../src/fhir/answers/read-value.ts';
import type { Field } from './read-questionnaire.ts';

/** Answers by linkId, without the questionnaire's groups, as the service takes them. */
export type Answers = Readonly<Record<string, unknown>>;

/**
 * Whether a question applies by the answers so far: the service's own `isEnabled`, so that the form asks for what the
 * service takes, and for nothing else. An answer that the service could not read yet counts as none.
 */
export function isEnabled({ item, asks }: Field, answers: Answers): boolean {
  const given = asks.map((question) => ({
    linkId: question.linkId,
    answers: valuesOf(answers[question.linkId]).flatMap((value) => readValue(question, value) ?? []),
    items: [],
  }));
  return appliesBy(item, [given]) === 'yes';
}

/** The values of an answer; none when it is not answered. */
export function valuesOf(answer: unknown): readonly unknown[] {
  if (answer === undefined || answer === null || answer === '') return [];
  return Array.isArray(answer) ? answer : [answer];
}

/** Whether a question is not answered. */
export function isBlank(answer: unknown): boolean {
  return valuesOf(answer).length === 0;
}

import { ServiceProblem } from './service-problem.ts';

/** Whether a value is what a page relies on. */
export type Check = (value: unknown) => boolean;

export const text: Check = (value) => typeof value === 'string';
export const flag: Check = (value) => typeof value === 'boolean';
export const count: Check = (value) => typeof value === 'number';
export const list: Check = (value) => Array.isArray(value);
export const record: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
export const listOf =
  (each: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(each);
export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

/**
 * Whether an answer has the parts that the pages cannot be shown without. It is no validation: the service and the app
 * have one contract, and this tells another program's answer, or another version's, from it.
 */
export function shaped<Answer>(parts: Readonly<Partial<Record<keyof Answer & string, Check>>>) {
  const checks = Object.entries(parts) as [string, Check][];
  return (value: unknown): value is Answer => {
    if (typeof value !== 'object' || value === null) return false;
    const given: Readonly<Record<string, unknown>> = { ...value };
    return checks.every(([name, check]) => check(given[name]));
  };
}

/** No answer at all, as the service gives with status 204. */
export const isNothing = (value: unknown): value is undefined => value === undefined;

/**
 * The answer, when it is one that the page can read.
 * @throws ServiceProblem `unexpected-answer`
 */
export function expectAnswer<Answer>(value: unknown, isAnswer: (value: unknown) => value is Answer): Answer {
  if (isAnswer(value)) return value;
  throw unexpectedAnswer();
}

/** What came is not what the service answers. */
export function unexpectedAnswer(): ServiceProblem {
  return new ServiceProblem('unexpected-answer', 0, 'The answer is not one that this page can read.');
}

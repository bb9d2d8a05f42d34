import type { AnswerValue } from './answer.ts';
import type { ScoreDeclaration } from './score.ts';

/** UCUM codes of times, in seconds. */
const seconds: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400 };

/**
 * What an answer counts in a score: what the form says of the option, else a number itself, yes 1 and no 0. Undefined for what is no
 * number to anyone: a text, an option without a figure, an amount in another unit than the score's (times are converted).
 */
export function pointsOf({ form, unit }: ScoreDeclaration, linkId: string, answer: AnswerValue): number | undefined {
  const options = form?.points[linkId];
  switch (answer.type) {
    case 'coding':
      return options?.[answer.value.code];
    case 'integer':
    case 'decimal':
      return options?.[String(answer.value)] ?? answer.value;
    case 'boolean':
      return answer.value ? 1 : 0;
    case 'quantity':
      return amountIn(unit, answer.value.value, answer.value.code);
    case 'string':
    case 'date':
    case 'time':
    case 'dateTime':
      return options?.[answer.value];
  }
}

function amountIn(unit: string | undefined, value: number, code: string | undefined): number | undefined {
  if (unit === undefined || code === undefined || code === unit) return value;
  const [given, wanted] = [seconds[code], seconds[unit]];
  return given === undefined || wanted === undefined ? undefined : (value * given) / wanted;
}

import type { SafetyDeclaration, SafetyTest } from '../../../src/homework/safety/safety-signal.ts';

/** Whether an answer as a page holds it, flat by linkId, is a risk answer; the service decides by the same declaration, and alone by more than one log. */
export function isRisk(value: unknown, test: SafetyTest): boolean {
  if (Array.isArray(value)) return value.some((value) => isRisk(value, test));
  switch (test.type) {
    case 'yes':
      return value === true;
    case 'at-least':
      return typeof value === 'number' && value >= test.value;
    case 'acted':
      return value === true || (typeof value === 'number' && value > 0);
    case 'rise':
      return false;
    case 'any-of': {
      const code = typeof value === 'object' && value !== null && 'code' in value ? value.code : value;
      return test.codes.some((text) => text === code);
    }
  }
}

/** Whether any of the answers is a risk answer. */
export function holdsRisk(
  answers: Readonly<Record<string, unknown>>,
  asked: readonly SafetyDeclaration[] | undefined,
): boolean {
  return asked?.some(({ linkId, test }) => isRisk(answers[linkId], test)) ?? false;
}

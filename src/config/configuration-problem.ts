import type { z } from 'zod';
import { IntersessionError } from '../foundation/intersession-error.ts';

/** zod's own messages can quote what was given; these name only what is expected. */
export function problemOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return `must be ${issue.expected}`;
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

/** The one error for everything that is wrong with the configuration. */
export function invalid(issues: { variable: string; problem: string }[], cause?: unknown): IntersessionError {
  const message = `Configuration: ${issues.map(({ variable, problem }) => `${variable}: ${problem}`).join('; ')}`;
  return new IntersessionError('configuration-invalid', { issues }, message, { cause });
}

/** Puts a problem, if there is one, where zod collects them. */
export function judge(
  problem: string | undefined,
  context: { addIssue(issue: { code: 'custom'; message: string }): void },
): void {
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
}

import type { z } from 'zod';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { unheldTexts } from '../../foundation/plain-text.ts';

export interface ShapeIssue {
  readonly path: string;
  readonly problem: string;
}

/** What a schema hands on to another that reads it: its texts are held there. */
export const readLater = { readLater: true } as const;

/**
 * Reads a value by a schema, and holds every text in it to what every system can hold: what people write was cleaned by its
 * schema (`line`, `lines` of values.ts), so what is left is in an id, a code or a key, and is refused.
 * @throws `invalid-request` with every issue: the path into the value, and what is expected there. What was given is never repeated.
 */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value, { reportInput: true });
  const issues = parsed.success
    ? unheldIssues(schema, parsed.data)
    : parsed.error.issues.flatMap((issue) => shapeIssues(issue, []));
  if (parsed.success && issues.length === 0) return parsed.data;
  const words = issues.map(({ path, problem }) => (path === '' ? problem : `${path}: ${problem}`)).join('; ');
  throw new IntersessionError('invalid-request', { issues }, `The ${what} does not fit: ${words}`);
}

function unheldIssues(schema: z.ZodType, read: unknown): ShapeIssue[] {
  if (schema.meta()?.readLater === true) return [];
  return [...unheldTexts(read)].map((path) => ({
    path: pathOf(path),
    problem: 'must not hold control characters, nor half of a character',
  }));
}

function shapeIssues(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): ShapeIssue[] {
  const path = [...above, ...issue.path];
  const at = (problem: string): ShapeIssue[] => [{ path: pathOf(path), problem }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: pathOf([...path, key]), problem: 'is not known here' }));
    case 'invalid_type':
      return at(issue.input === undefined ? 'is missing' : `must be ${article(issue.expected)}`);
    case 'invalid_value':
      return at(`must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`);
    case 'too_small':
      return at(`must be at least ${bound(issue.minimum, issue.origin)}`);
    case 'too_big':
      return at(`must be at most ${bound(issue.maximum, issue.origin)}`);
    case 'invalid_format':
      return at(formats[issue.format] ?? issue.message);
    case 'invalid_union': {
      // the alternative that fits best is the one that was meant
      const best = [...issue.errors].sort((a, b) => a.length - b.length)[0];
      if (best === undefined || best.length === 0) return at(unionProblem(issue));
      return best.flatMap((entry) => shapeIssues(entry, path));
    }
    case 'invalid_key':
      return at('is not a possible name');
    default:
      return at(issue.message);
  }
}

function unionProblem(issue: z.core.$ZodIssueInvalidUnion): string {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
  return options.length === 0
    ? 'is none of the known ones'
    : `must be ${options.map((option) => JSON.stringify(option)).join(' or ')}`;
}

const formats: Readonly<Record<string, string>> = {
  date: 'must be a day like 2026-03-02',
  datetime: 'must be a time with offset like 2026-03-02T10:00:00-05:00',
};

function article(expected: string): string {
  const name = expected === 'int' ? 'integer' : expected;
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}

function bound(limit: number | bigint, origin: string): string {
  if (origin === 'string') return `${limit} characters long`;
  return origin === 'array' || origin === 'set' ? `${limit} long` : String(limit);
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      // a key that was made up by the caller may be anything: long ones are cut
      return `${index === 0 ? '' : '.'}${String(part).slice(0, 64)}`;
    })
    .join('');
}

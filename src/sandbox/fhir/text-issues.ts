import type { Issue } from '../fhir-error.ts';

/** What R4's string and XML 1.0 do not hold. */
const unheld = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u;
/** Elements of type code: no space at the ends, and none beside another. */
const codes = new Set(['code', 'status', 'intent', 'priority', 'language']);

/**
 * The texts of a resource that a server refuses which takes R4 by the letter.
 * @see https://hl7.org/fhir/R4/datatypes.html#string
 */
export function textIssues(value: unknown, path: string, key = ''): Issue[] {
  if (typeof value === 'string') {
    const problem = problemOf(value, key);
    return problem === undefined
      ? []
      : [{ severity: 'error', code: 'value', diagnostics: `${path} ${problem}`, expression: [path] }];
  }
  if (Array.isArray(value)) return value.flatMap((value, index) => textIssues(value, `${path}[${index}]`, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => textIssues(member, `${path}.${name}`, name));
}

function problemOf(text: string, key: string): string | undefined {
  if (unheld.test(text)) return 'holds a character that no string may hold';
  if (text.trim() === '') return 'is empty';
  if (codes.has(key) && !/^\S+( \S+)*$/.test(text)) return 'is no code';
  return undefined;
}

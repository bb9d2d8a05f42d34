import { IntersessionError } from '../../foundation/intersession-error.ts';

/** What one search may ask for. Each filter is looked at for every resource, so their number is what a search costs. */
export const searchLimits = {
  /** Parameters that narrow the search, each as often as it is given. */
  filters: 32,
  /** Alternatives (`a,b,c`) of all parameters together. */
  alternatives: 1000,
  /** `_include` and `_revinclude` together. */
  includes: 16,
} as const;

const includes = ['_include', '_revinclude'];
const free = ['_cursor', '_count', '_sort', '_summary', '_total', '_format', '_pretty', '_elements'];

/**
 * Refuses a search that would cost too much, before anything of it is read.
 * @throws `too-costly`, naming the parameter with which it became too much, and the limit
 */
export function refuseCostly(parameters: readonly (readonly [name: string, value: string])[]): void {
  const counted = { filters: 0, alternatives: 0, includes: 0, others: 0 };
  for (const [given, value] of parameters) {
    const name = given.split(':', 1)[0] ?? '';
    if (includes.includes(name)) counted.includes += 1;
    else if (free.includes(name)) counted.others += 1;
    else {
      counted.filters += 1;
      counted.alternatives += value.split(',').length;
    }
    if (counted.others > searchLimits.filters) refuse(given, `at most ${searchLimits.filters} of its like`);
    if (counted.filters > searchLimits.filters)
      refuse(given, `at most ${searchLimits.filters} parameters may narrow it`);
    if (counted.includes > searchLimits.includes) refuse(given, `at most ${searchLimits.includes} inclusions`);
    if (counted.alternatives > searchLimits.alternatives)
      refuse(given, `at most ${searchLimits.alternatives} values in all`);
  }
}

function refuse(given: string, limit: string): never {
  const path = given.slice(0, 64);
  const problem = `is more than one search may ask for: ${limit}`;
  throw new IntersessionError(
    'too-costly',
    { issues: [{ path, problem }] },
    `The search is refused: ${path} ${problem}`,
  );
}

import { IntersessionError } from '../foundation/intersession-error.ts';

/**
 * The value of an element that a resource of ours always has.
 * @throws IntersessionError `invalid-request` naming the element's path
 */
export function expectElement<T>(value: T | undefined, path: string): T {
  if (value !== undefined) return value;
  const issues = [{ path, problem: 'is missing' }];
  throw new IntersessionError('invalid-request', { issues }, `${path} is missing`);
}

/**
 * A code that is one of those we know.
 * @throws IntersessionError `invalid-request` naming the element's path
 */
export function expectCode<C extends string>(value: string | undefined, known: readonly C[], path: string): C {
  const found = known.find((code) => code === value);
  if (found !== undefined) return found;
  const problem = value === undefined ? 'is missing' : `is none of ${known.join(', ')}`;
  throw new IntersessionError('invalid-request', { issues: [{ path, problem }] }, `${path} ${problem}`);
}

import { expect } from 'vitest';
import { hasCode } from '../../src/foundation/intersession-error.ts';

/** The one element that a reading refuses as `invalid-request`; its message says the same. */
export function refusedElement(read: () => unknown): { readonly path: string; readonly problem: string } | undefined {
  try {
    read();
  } catch (error) {
    if (!hasCode(error, 'invalid-request')) throw error;
    const [issue] = error.fields.issues;
    expect(error.fields.issues).toEqual([issue]);
    expect(error.message).toBe(`${issue?.path} ${issue?.problem}`);
    return issue;
  }
  return undefined;
}

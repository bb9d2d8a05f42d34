import { expect } from 'vitest';
import { hasCode } from '../../../src/foundation/intersession-error.ts';

/** What is broken, by what it is replaced (undefined: taken out), and how the refusal names it. */
export type Refusal = readonly [
  broken: string,
  by: unknown,
  issue: { readonly path: string; readonly problem: string | RegExp },
];

/** The refusal of what is not there. */
export const missing = (broken: string, path: string): Refusal => [broken, undefined, { path, problem: 'is missing' }];

/** The refusal of a code that is none of ours. */
export const unknownCode = (broken: string, path: string): Refusal => [
  broken,
  'else',
  { path, problem: /^is none of / },
];

/**
 * A copy with one element replaced, or taken out. `input:step-key.valueString` is the `valueString` of the entry of `input`
 * that the word names: by its place, or by the last part of its url, its system or its type's code.
 */
export function broken<R extends object>(resource: R, path: string, by?: unknown): R {
  const copy = structuredClone(resource);
  const steps = path.split('.').flatMap((step) => step.split(':'));
  const last = steps.pop() ?? '';
  const parent = steps.reduce<unknown>((value, step) => member(value, step), copy);
  if (Array.isArray(parent)) {
    const at = parent.indexOf(member(parent, last));
    parent.splice(at, 1, ...(by === undefined ? [] : [by]));
  } else {
    // what is taken out was there
    expect(parent).toHaveProperty([last]);
    if (by === undefined) delete (parent as Record<string, unknown>)[last];
    else (parent as Record<string, unknown>)[last] = by;
  }
  return copy;
}

function member(value: unknown, step: string): unknown {
  const found = Array.isArray(value)
    ? (value[Number(step)] ?? value.find((entry) => isNamed(entry, step)))
    : (value as Record<string, unknown> | undefined)?.[step];
  if (found === undefined) throw new Error(`there is no ${step}`);
  return found;
}

interface Named {
  readonly url?: string;
  readonly system?: string;
  readonly type?: { readonly coding?: readonly { readonly code?: string }[] };
}

function isNamed({ url, system, type }: Named, word: string): boolean {
  const code = type?.coding?.some((coding) => coding.code === word) ?? false;
  return code || [url, system].some((address) => address?.split('/').at(-1) === word);
}

/** Expects that reading is refused with this one issue, and by a message that says it. */
export function expectRefusal(read: () => unknown, { path, problem }: Refusal[2]): void {
  let thrown: unknown;
  try {
    thrown = { read: read() };
  } catch (error) {
    thrown = error;
  }
  if (!hasCode(thrown, 'invalid-request')) throw new Error('was not refused as invalid-request', { cause: thrown });
  const said = typeof problem === 'string' ? problem : expect.stringMatching(problem);
  expect(thrown.fields.issues).toEqual([{ path, problem: said }]);
  const [issue] = thrown.fields.issues;
  expect(thrown.message).toBe(`${path} ${issue?.problem}`);
}

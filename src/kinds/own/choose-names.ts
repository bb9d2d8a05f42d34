import { cleanLine, isBlank } from '../../foundation/plain-text.ts';
import type { OwnName } from '../../homework/plan/own-form.ts';
import type { OwnPart } from '../kind.ts';

/** A name as it is given: by its id where it is one that there was, else by its text. */
export interface GivenName {
  readonly id?: string;
  readonly text: string;
}

export interface Issue {
  readonly path: string;
  readonly problem: string;
}

/** As the contract has it. */
const longestText = 200;
const idPattern = /^[a-z][a-z0-9-]{0,31}$/;

/**
 * The names of one part with their ids. An id says which answers belong together: it stays with its name when the text changes, comes
 * back with it when it was taken out and is named again, and is never another name's.
 * @param all.earlier the names as they stood in each form of the step, the earliest first
 * @param all.field `form.own.targets`
 */
export function chooseNames(
  { least, most, defaults }: OwnPart,
  given: readonly GivenName[],
  { earlier, field }: { readonly earlier: readonly (readonly OwnName[])[]; readonly field: string },
): { readonly names: readonly OwnName[]; readonly issues: readonly Issue[] } {
  const cleaned = given.map(({ text, ...rest }) => ({ ...rest, text: cleanLine(text).trim() }));
  const issues = [
    ...(given.length < least ? [{ path: field, problem: `needs at least ${least}, and has ${given.length}` }] : []),
    ...(given.length > most ? [{ path: field, problem: `takes at most ${most}, and has ${given.length}` }] : []),
    ...cleaned.flatMap(({ id, text }, index) => {
      const path = `${field}[${index}]`;
      const textIssue = textProblem(text, cleaned.slice(0, index));
      const idIssue = id === undefined ? undefined : idProblem(id, cleaned.slice(0, index));
      return [
        ...(textIssue === undefined ? [] : [{ path: `${path}.text`, problem: textIssue }]),
        ...(idIssue === undefined ? [] : [{ path: `${path}.id`, problem: idIssue }]),
      ];
    }),
  ];
  return { issues, names: withIds(cleaned, [defaults, ...earlier]) };
}

function textProblem(text: string, before: readonly GivenName[]): string | undefined {
  if (isBlank(text)) return 'is empty';
  if (text.length > longestText) return `is longer than ${longestText} characters`;
  return before.some((other) => isSameText(other.text, text)) ? 'is said twice' : undefined;
}

function idProblem(id: string, before: readonly GivenName[]): string | undefined {
  if (!idPattern.test(id)) return 'must be a small letter, then letters, digits and hyphens, at most 32 in all';
  return before.some((other) => other.id === id) ? 'is given twice' : undefined;
}

/** Each with its id: its own, that of the name which was last called so, or a new one. */
function withIds(given: readonly GivenName[], earlier: readonly (readonly OwnName[])[]): readonly OwnName[] {
  // in the order in which they were named last
  const known = new Map<string, string>();
  for (const names of earlier)
    for (const { id, text } of names) {
      known.delete(id);
      known.set(id, text);
    }
  const taken = new Set(given.flatMap(({ id }) => id ?? []));
  return given.map(({ id, text }) => {
    const found = id ?? lastCalled(text, known, taken) ?? newId(known, taken);
    taken.add(found);
    return { id: found, text };
  });
}

function lastCalled(text: string, known: ReadonlyMap<string, string>, taken: ReadonlySet<string>): string | undefined {
  return [...known].findLast(([id, was]) => !taken.has(id) && isSameText(was, text))?.[0];
}

function newId(known: ReadonlyMap<string, string>, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const id = `n${number}`;
    if (!known.has(id) && !taken.has(id)) return id;
  }
}

function isSameText(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

/** As a reader takes it: in small letters, and with one space for many. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

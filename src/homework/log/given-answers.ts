import type { AnswerItem, AnswerValue } from './answer.ts';

/** The answers of a log by linkId, in the order in which they were given, however deep they stand and however often an item repeats. */
export interface GivenAnswers {
  /** All that was answered and is shared; empty: nothing was. */
  answersTo(linkId: string): readonly AnswerValue[];
  /** Whether the patient does not share it: it is named, or stands in what is. */
  isWithheld(linkId: string): boolean;
}

/** Reads a log once for many questions. */
export function givenAnswers(items: readonly AnswerItem[], withheld: readonly string[]): GivenAnswers {
  const shared = new Map<string, AnswerValue[]>();
  const kept = new Set(withheld);
  const read = (within: readonly AnswerItem[], inKept: boolean): void => {
    for (const { linkId, answers, items: below } of within) {
      const isKept = inKept || withheld.includes(linkId);
      if (isKept) kept.add(linkId);
      else shared.set(linkId, [...(shared.get(linkId) ?? []), ...answers]);
      read(below, isKept);
    }
  };
  read(items, false);
  return { answersTo: (linkId) => shared.get(linkId) ?? [], isWithheld: (linkId) => kept.has(linkId) };
}

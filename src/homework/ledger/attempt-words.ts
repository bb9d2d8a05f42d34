/** What came of an attempt that only looked: nothing was put on the wire but questions. */
export const lookedUp = 'looked-up';
/** The same, where all of it stood there as wanted. */
export const foundThere = 'found-there';

/** What a person decided about a row, as the evidence names it. */
export const personsWords = {
  'person:retry': 'a person: try again',
  'person:look-again': 'a person: look for it again',
  'person:not-there': 'a person: it is not there',
  'person:let-land': 'a person: let it land after all',
  'person:confirm': 'a person: it is there',
  'person:withdraw': 'a person: it shall not land',
  'person:repair': 'a person: repaired after a check',
  'person:merge': 'a person: the patient was merged',
} as const;

const words: Readonly<Record<string, string>> = {
  ...personsWords,
  [lookedUp]: 'looked for in the EHR; nothing was sent',
  [foundThere]: 'found in the EHR as wanted; nothing was sent',
  retry: 'not taken; it is tried again',
  'refresh-token': 'token refused; it is tried again',
  conflict: 'something else was written there meanwhile',
  reject: 'refused',
  unknown: 'sent, without a clear answer',
};

/**
 * What came of an attempt at a ledger row, or what a person decided, in words for who looks after the connection. In English.
 * @param disposition as it was kept; null: nothing was left to try
 */
export function attemptWords(disposition: string | null, httpStatus: number | null): string {
  // whatever is done later: the EHR took it, and has not said yet what becomes of it
  if (httpStatus === 202 && (disposition === null || disposition === 'retry')) return 'taken for review';
  // what was refused for good leaves nothing to try, and so no disposition
  if (disposition === null) return httpStatus !== null && httpStatus >= 400 ? 'refused' : 'done';
  return Object.hasOwn(words, disposition) ? (words[disposition] ?? disposition) : disposition;
}

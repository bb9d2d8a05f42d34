import { describe, expect, it } from 'vitest';
import { attemptWords, foundThere, lookedUp, personsWords } from '../../../src/homework/ledger/attempt-words.ts';

describe('what came of an attempt', () => {
  it.each([
    [null, 201, 'done'],
    [null, null, 'done'],
    [null, 412, 'refused'],
    ['reject', 422, 'refused'],
    // taken, and not decided: nothing is tried again
    ['retry', 202, 'taken for review'],
    [null, 202, 'taken for review'],
    ['retry', 503, 'not taken; it is tried again'],
    ['unknown', 504, 'sent, without a clear answer'],
    [lookedUp, null, 'looked for in the EHR; nothing was sent'],
    [foundThere, null, 'found in the EHR as wanted; nothing was sent'],
    ['person:look-again', null, 'a person: look for it again'],
    ['person:not-there', null, 'a person: it is not there'],
    ['of-tomorrow', null, 'of-tomorrow'],
    ['toString', null, 'toString'],
  ])('%s, %s: %s', (disposition, status, words) => {
    expect(attemptWords(disposition, status)).toBe(words);
  });

  it('is said of every decision that a person can take', () => {
    for (const words of Object.values(personsWords)) expect(words).toMatch(/^a person: /);
  });
});

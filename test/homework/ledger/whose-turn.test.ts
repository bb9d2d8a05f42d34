import { describe, expect, it } from 'vitest';
import { whoseTurn } from '../../../src/homework/ledger/whose-turn.ts';

describe('whose turn a row is', () => {
  it.each([
    ['rejected', 'refused', 'person'],
    ['rejected', undefined, 'person'],
    ['unknown', 'under-way', 'itself'],
    ['unknown', 'unclear', 'itself'],
    ['unknown', undefined, 'itself'],
    ['unknown', 'several', 'person'],
    ['unknown', 'foreign', 'person'],
    // decided once, for the patient
    ['unknown', 'patient', 'itself'],
    ['waiting', 'patient', 'itself'],
    ['awaiting-review', 'review', 'itself'],
    ['pending', undefined, 'itself'],
    ['landed', 'app-only', 'nobody'],
    ['withdrawn', 'lost', 'nobody'],
  ] as const)('%s because of %s: %s', (state, code, turn) => {
    expect(whoseTurn(state, code)).toBe(turn);
  });
});

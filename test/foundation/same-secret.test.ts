import { expect, it } from 'vitest';
import { sameSecret } from '../../src/foundation/same-secret.ts';

it.each([
  ['the same', 'launch-17', 'launch-17', true],
  ['both empty', '', '', true],
  ['of one length', 'launch-17', 'launch-18', false],
  ['a beginning of the other', 'launch-1', 'launch-17', false],
  ['one is empty', '', 'launch-17', false],
  ['as many characters, not as many bytes', 'caf\u00e9', 'cafe', false],
  ['as many bytes, not as many characters', '\u00e9', 'ab', false],
  ['one letter in two normal forms', '\u00e9', 'e\u0301', false],
])('%s', (_name, text, other, same) => {
  expect(sameSecret(text, other)).toBe(same);
  expect(sameSecret(other, text)).toBe(same);
});

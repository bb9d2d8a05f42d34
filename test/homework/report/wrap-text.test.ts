import { describe, expect, it } from 'vitest';
import { wrapText } from '../../../src/homework/report/wrap-text.ts';

describe('a line that is broken at its spaces', () => {
  it.each<[string, Parameters<typeof wrapText>, readonly string[]]>([
    ['is one when it fits exactly', ['abc def', 0, 2, 7], ['abc def']],
    ['is two when it is one longer', ['abc defg', 0, 2, 7], ['abc', '  defg']],
    ['is none without words', ['   ', 2, 2, 7], []],
    ['has its indent in its width', ['abc def', 1, 2, 7], [' abc', '   def']],
    ['hangs by so much more from the second on', ['a b c d', 1, 1, 3], [' a', '  b', '  c', '  d']],
    ['has one blank between words', [' a   b ', 0, 2, 7], ['a b']],
    ['is broken inside of a word that is too long', ['ab cdefghij', 0, 2, 5], ['ab', '  cde', '  fgh', '  ij']],
    ['at its very begin', ['abcdefgh', 0, 2, 5], ['abcde', '  fgh']],
    ['and goes on behind such a word', ['abcdefg hi', 0, 2, 7], ['abcdefg', '  hi']],
    ['that is too long by one', ['abcdefgh ij', 0, 0, 7], ['abcdefg', 'h ij']],
    [
      'counts characters and not their halves',
      ['\u{1f600}\u{1f600} \u{1f600}', 0, 0, 4],
      ['\u{1f600}\u{1f600} \u{1f600}'],
    ],
    ['breaks no character', ['\u{1f600}'.repeat(3), 0, 0, 2], ['\u{1f600}\u{1f600}', '\u{1f600}']],
    ['counts them in what stands already', ['\u{1f600}\u{1f600} ab', 0, 0, 5], ['\u{1f600}\u{1f600} ab']],
  ])('%s', (_, given, lines) => {
    expect(wrapText(...given)).toEqual(lines);
  });
});

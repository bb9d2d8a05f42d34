import { describe, expect, it } from 'vitest';
import { unwrapText, wrapText } from '../../../src/homework/report/wrap-text.ts';

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

describe('lines that were broken, together again', () => {
  it('stay apart from their heading, which did not fill its line', () => {
    const broken = [
      'Step 4b: Offer a small opinion',
      '  once, by Mon, Mar 23; 0 of 1 done; 1 missed; and as much more as does not fit in',
      '    one line',
      '  Fear',
    ];
    expect(unwrapText(broken.join('\n'), 2, 80).split('\n')).toEqual([broken[0], `${broken[1]} one line`, broken[3]]);
  });

  it('cannot be told from a heading that fills its line: its first line then goes on in it', () => {
    const heading = `Step 4b: ${'word '.repeat(14)}x`;
    expect(unwrapText(`${heading}\n  once\n  Fear`, 2, 80)).toBe(`${heading} once\n  Fear`);
  });

  it.each<[string, string]>([
    [
      'a sentence of many words',
      'Belief: the others will think that I am stupid, and then nobody asks me anything again',
    ],
    ['as an entry', '- Fear: “Afraid of being contradicted in front of the team, as it was in the last meeting”'],
    ['in two alphabets', 'הפחד הוא שכולם יסתכלו עליי בישיבה ואני לא אדע מה לומר\n- what she fears'],
    ['with nothing to break', 'STEPS\n\n- one\n- two\n  below'],
  ])('%s', (_what, text) => {
    for (const width of [24, 31, 40, 80]) {
      const broken = text.split('\n').flatMap((line) => {
        const indent = line.length - line.trimStart().length;
        return line === '' ? [''] : wrapText(line.trimStart(), indent, 2, width);
      });
      expect(unwrapText(broken.join('\n'), 2, width), `${width}`).toBe(text);
    }
  });
});

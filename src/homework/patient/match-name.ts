/** Letters that no decomposition takes apart, as people type them who do not have them. */
const spelled: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h' },
};
/** The same where the two dots and the ring are written out. */
const writtenOut: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };

/**
 * Whether a search text is meant by one of a person's names: each of its words is part of the name, in whatever order,
 * case and accents; apostrophes, hyphens and dots count for nothing, nor does where the spaces stand. `obrien sean` finds
 * `Seán O’Brien`.
 */
export function matchesName(text: string, names: readonly string[]): boolean {
  const [plain, written] = foldings(text);
  const asked = plain.map((word, at) => [word, written[at] ?? word]);
  return asked.length > 0 && names.some((name) => asked.every((word) => isPartOf(word, foldings(name))));
}

/** Inside of one word of the name, or from the begin of one over the next: `ottobrienz` is no `obrien`. */
function isPartOf(spellings: readonly string[], held: Foldings): boolean {
  return held.some((words) =>
    spellings.some(
      (word) => words.some((one) => one.includes(word)) || runsOver(word, words) || runsOver(word, words.toReversed()),
    ),
  );
}

function runsOver(word: string, words: readonly string[]): boolean {
  return words.some((_one, at) => words.slice(at).join('').startsWith(word));
}

/** A name or a part of it without what is typed in different ways: `o’brien` and `OBRIEN` are one. */
export function foldName(text: string): string {
  return fold(text, {}).join('');
}

type Foldings = readonly [plain: readonly string[], written: readonly string[]];

function foldings(text: string): Foldings {
  return [fold(text, {}), fold(text, writtenOut)];
}

function fold(text: string, more: Readonly<Record<string, string>>): string[] {
  const plain = [...text.normalize('NFC').toLowerCase()].map((letter) => more[letter] ?? spelled[letter] ?? letter);
  return plain
    .join('')
    .normalize('NFKD')
    .split(/[\s,;]+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((word) => word !== '');
}

/** A particle with its apostrophe or space, or one of those that are often typed without. */
const elided = /^(?:([\p{L}])['’ʼ`´‘ ]|([odl]))(\p{L}{3,})$/iu;
const mostSpellings = 6;

/**
 * Other texts under which a system that compares letter by letter may have what is searched for: the longest word alone,
 * without accents, and with each of the apostrophes. What is found by them is to be compared by `matchesName`.
 */
export function otherSpellings(text: string): readonly string[] {
  const words = text.trim().split(/\s+/);
  const longest = words.toSorted((a, b) => b.length - a.length)[0] ?? '';
  const whole = words.length === 2 && words[0]?.length === 1 ? [words.join(' '), words.join('')] : [longest];
  const spellings = whole.flatMap((word) => {
    const plain = foldName(word);
    const [, marked, bare, rest] = elided.exec(word) ?? [];
    const particle = marked ?? bare;
    const withApostrophe =
      particle === undefined || rest === undefined ? [] : ["'", '’'].map((mark) => `${particle}${mark}${rest}`);
    return [word, ...withApostrophe, plain, ...word.split(/[-‐‑–]/).slice(0, 1)];
  });
  return [...new Set(spellings)].filter((one) => one.length > 1 && one !== text.trim()).slice(0, mostSpellings);
}

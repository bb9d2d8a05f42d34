/** Letters that no decomposition takes apart, as people type them who do not have them. */
const spelled: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h' },
};
/** The same where the two dots and the ring are written out. */
const writtenOut: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };

/**
 * Whether a search text is meant by one of a person's names: each of its words is part of the name, in whatever order,
 * case and accents; apostrophes, hyphens, dots and spaces count for nothing. `obrien sean` finds `Seán O’Brien`.
 */
export function matchesName(text: string, names: readonly string[]): boolean {
  const asked = foldings(text).filter((words) => words.length > 0);
  return names.some((name) => {
    const held = foldings(name).flatMap((words) => [words.join(''), words.toReversed().join('')]);
    return asked.some((words) => held.some((whole) => words.every((word) => whole.includes(word))));
  });
}

/** A name or a part of it without what is typed in different ways: `o’brien` and `OBRIEN` are one. */
export function foldName(text: string): string {
  return fold(text, {}).join('');
}

function foldings(text: string): readonly (readonly string[])[] {
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

/** How the particles are written that an apostrophe stands behind. */
const elided = /^([odlmn])['’ʼ`´‘ ]?(\p{L}{3,})$/iu;
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
    const [, particle, rest] = elided.exec(word) ?? [];
    const withApostrophe =
      particle === undefined || rest === undefined ? [] : ["'", '’'].map((mark) => `${particle}${mark}${rest}`);
    return [word, ...withApostrophe, plain, ...word.split(/[-‐‑–]/).slice(0, 1)];
  });
  return [...new Set(spellings)].filter((one) => one.length > 1 && one !== text.trim()).slice(0, mostSpellings);
}

import { canDraw, type HanForm } from './fonts.ts';

/** A stretch of a line. One whose direction is not the line's is isolated from what stands beside it. */
export interface Piece {
  /** Text, or a long word in its letters, between which it may be broken where it is wider than its place. */
  readonly words: string | readonly string[];
  readonly rtl: boolean;
  /** Arabic letters, and the direction is theirs. */
  readonly naskh: boolean;
}

/** A line as it is to be set. */
export interface SetLine {
  readonly pieces: readonly Piece[];
  /** Its base direction is from right to left. */
  readonly rtl: boolean;
  readonly han: HanForm;
}

export interface LineOptions {
  /** What the report as a whole says of Han characters. */
  readonly han: HanForm;
  /** Characters that no font draws are added here. */
  readonly missing: Set<number>;
  /** Clusters of which the typesetter said that it can't draw them, though their characters are in a font. */
  readonly refused: ReadonlySet<string>;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const arabic = /\p{Script=Arabic}/u;
/** A letter whose direction is strong. */
const firstStrong = /[\p{L}\u200e\u200f]/u;
const directionControls = /[\u202a-\u202e\u2066-\u2069]/gu;
/** Up to the quotation mark after which one of our own words goes on, as there may be others between. */
const quotedWords = /(?<=^|[\s(])"(.+?)"(?=$|[;)]| \((?:\d|said |written ))/gu;
/** Whatever breaks a line in one of our lines is a space. */
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const control = /\p{Cc}/u;
const invisible = /^\p{Default_Ignorable_Code_Point}$/u;
/** Words of fourteen letters and more, in scripts that break only at spaces. */
const longWord =
  /[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]{14,}/gu;

/**
 * A line ready for the typesetter: with its base direction, quoted words isolated from ours, and what no font draws as its number
 * in brackets (`[U+10900]`).
 * @see https://www.unicode.org/reports/tr9/
 */
export function setLine(text: string, options: LineOptions): SetLine {
  const plain = text.toWellFormed().replace(lineBreaks, ' ');
  const rtl = startsRtl(plain) ?? false;
  const stretches = rightToLeft.test(plain) ? isolateQuoted(plain, rtl) : [{ words: plain, rtl }];
  return {
    pieces: stretches.flatMap(({ words: all, rtl: own }) => {
      const naskh = own && arabic.test(all);
      return breakable(drawable(all, options)).map((words) => ({ words, rtl: own, naskh }));
    }),
    rtl,
    han: hanFormOf(plain) ?? options.han,
  };
}

/** How its other letters say that a text's Han characters are to be drawn. */
export function hanFormOf(text: string): HanForm | undefined {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'japanese';
  if (/\p{Script=Hangul}/u.test(text)) return 'korean';
  return /\p{Script=Bopomofo}/u.test(text) ? 'traditional' : undefined;
}

/** The direction of the first letter that has one. @see https://www.unicode.org/reports/tr9/#P2 */
function startsRtl(text: string): boolean | undefined {
  const strong = text.match(firstStrong)?.[0];
  return strong === undefined ? undefined : strong === '\u200f' || rightToLeft.test(strong);
}

/**
 * What stands in quotation marks is somebody's words: its direction is its own, and ends with it. Else the number in
 * `"…" (80 % likely)` would be drawn on the wrong side of an Arabic answer.
 */
function isolateQuoted(line: string, rtl: boolean): readonly { readonly words: string; readonly rtl: boolean }[] {
  const stretches: { words: string; rtl: boolean }[] = [];
  let end = 0;
  for (const { 1: quoted = '', index } of line.matchAll(quotedWords)) {
    const words = quoted.replace(directionControls, '');
    const own = startsRtl(words) ?? rtl;
    // of the line's own direction they are no isolate for the typesetter: a mark ends the other direction within them
    const mark = own === rtl && rightToLeft.test(words) ? (rtl ? '\u200f' : '\u200e') : '';
    stretches.push({ words: line.slice(end, index + 1), rtl }, { words: `${words}${mark}`, rtl: own });
    end = index + 1 + quoted.length;
  }
  return [...stretches, { words: line.slice(end), rtl }];
}

function drawable(line: string, { missing, refused }: LineOptions): string {
  // the letters that nearly every text is made of
  if (/^[\x20-\x7e]*$/.test(line)) return line;
  const number = (character: string): string => {
    const point = character.codePointAt(0) ?? 0;
    missing.add(point);
    return `[${codePoint(point)}]`;
  };
  return [...graphemes.segment(line)]
    .map(({ segment }) => {
      const characters = [...segment].filter((text) => !invisible.test(text));
      const bare = characters.join('');
      if (bare === '') return segment;
      const forms = control.test(bare) ? [] : [bare, bare.normalize('NFC'), bare.normalize('NFD')];
      if (!refused.has(segment) && forms.some(canDraw)) return segment;
      // a mark that can't be drawn on its letter is told after it
      return characters
        .map((character, index) =>
          index === 0 && canDraw(character) && !refused.has(character) && characters.length > 1
            ? character
            : number(character),
        )
        .join('');
    })
    .join('');
}

/** Long words in their letters, the rest as it is. */
function breakable(line: string): readonly (string | readonly string[])[] {
  const pieces: (string | readonly string[])[] = [];
  let end = 0;
  for (const { 0: word, index } of line.matchAll(longWord)) {
    if (index > end) pieces.push(line.slice(end, index));
    pieces.push([...graphemes.segment(word)].map(({ segment }) => segment));
    end = index + word.length;
  }
  if (end < line.length) pieces.push(line.slice(end));
  return pieces;
}

/** `U+10900` */
export function codePoint(point: number): string {
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}

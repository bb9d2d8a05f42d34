const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * Words of a person inside a sentence of ours: set in their own direction, so that a name that is written from right to left
 * does not carry off the number or the bracket beside it. Where they stand alone, `dir="auto"` or `<bdi>` does the same.
 *
 * @returns the words as they are, or between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE
 */
export function isolate(words: string): string {
  return rightToLeft.test(words) ? `\u2068${words}\u2069` : words;
}

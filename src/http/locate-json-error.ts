/** Where JSON ends to be JSON: line and column from 1. */
export interface JsonErrorPosition {
  readonly line: number;
  readonly column: number;
}

const blanks = '[ \\t\\r\\n]*';
const marks = '([{}[\\],:])';
// every character but a control character, a quote and a backslash stands for itself
const strings = '("(?:[ !#-[\\]-\\u{10ffff}]|\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4}))*")';
const literals = '(?:-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?(?![\\w.+-])|true\\b|false\\b|null\\b)';
const token = new RegExp(`${blanks}(?:${marks}|${strings}|${literals})`, 'uy');

/**
 * The first place at which a text stops being JSON, or its end when it only breaks off. The engine's own message is of no
 * use here: it quotes the text, which may be what a patient wrote, and often names no position.
 */
export function locateJsonError(text: string): JsonErrorPosition {
  const open: ('{' | '[')[] = [];
  let expect: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'end' = 'value';
  let at = 0;
  const afterValue = (): typeof expect => (open.length === 0 ? 'end' : 'comma-or-end');
  for (;;) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) break;
    const [, mark, string] = match;
    const inObject = open.at(-1) === '{';
    const ends = mark !== undefined && mark === (inObject ? '}' : ']') && open.length > 0;
    if (expect === 'value' || expect === 'value-or-end') {
      if (mark === '{' || mark === '[') {
        open.push(mark);
        expect = mark === '{' ? 'key-or-end' : 'value-or-end';
      } else if (expect === 'value-or-end' && ends) {
        open.pop();
        expect = afterValue();
      } else if (mark === undefined) expect = afterValue();
      else break;
    } else if (expect === 'key' || expect === 'key-or-end') {
      if (string !== undefined) expect = 'colon';
      else if (expect === 'key-or-end' && ends) {
        open.pop();
        expect = afterValue();
      } else break;
    } else if (expect === 'colon') {
      if (mark !== ':') break;
      expect = 'value';
    } else if (expect === 'comma-or-end') {
      if (mark === ',') expect = inObject ? 'key' : 'value';
      else if (ends) {
        open.pop();
        expect = afterValue();
      } else break;
    } else break;
    at = token.lastIndex;
  }
  const blank = /[ \t\r\n]*/y;
  blank.lastIndex = at;
  const offset = at + (blank.exec(text)?.[0].length ?? 0);
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

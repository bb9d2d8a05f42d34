import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText, cleanTexts, isBlank, isPlain, unheldTexts } from '../../src/foundation/plain-text.ts';
import fc from '../fast-check.ts';

const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });

describe('a text that every system can hold', () => {
  it.each([
    ['a soft line break of a word processor', 'Step 1\u000bStep 2', 'Step 1\nStep 2'],
    ['a page break', 'page one\fpage two', 'page one\npage two'],
    ['a next line of a mainframe', 'one\u0085two', 'one\ntwo'],
    ['an end of text, as Windows programs paste it', 'ask one question\u0003', 'ask one question'],
    ['NUL', 'a\u0000b', 'ab'],
    ['bell, backspace and escape', '\u0007a\u0008b\u001b[0m', 'ab[0m'],
    ['delete and a C1 control', 'a\u007fb\u0092c', 'abc'],
    ['the first half of an emoji that was cut', 'well done \ud83d', 'well done '],
    ['the second half', '\ude00 well done', ' well done'],
    ['what XML cannot write', 'a\ufffeb\uffffc', 'abc'],
  ])('has lost %s', (_, given, held) => {
    expect(isPlain(given)).toBe(false);
    expect(cleanText(given)).toBe(held);
    expect(isPlain(held)).toBe(true);
  });

  it.each([
    'tab\tline\nreturn\r\n',
    'Überraschung – “quoted” … ½',
    'emoji 😀 👩‍👩‍👧 🏳️‍🌈',
    'line\u2028and paragraph\u2029separators, no-break\u00a0space',
    'שלום \u200f(עברית)\u202c',
    '漢字 हिन्दी አማርኛ 𠮷 𝒳',
    'noncharacters that XML holds: \ufdd0',
  ])('is left alone: %s', (text) => {
    expect(cleanText(text)).toBe(text);
    expect(cleanLine(text)).toBe(text);
  });

  it('is one line where a title is wanted', () => {
    expect(cleanLine('Say one thing\u000bin the meeting')).toBe('Say one thing in the meeting');
  });

  it('is blank when nothing in it can be read', () => {
    const blank = ['', ' ', '\t\r\n', '\u00a0\u2003', '\u200b\u200d', '\ufeff', '\u0000', '\ud800', '\u3164', '\u2028'];
    expect(blank.filter((text) => !isBlank(text))).toEqual([]);
    expect(['.', '0', '－', '😀', ' x ', 'ا'].filter(isBlank)).toEqual([]);
  });

  it('is what cleaning makes of any text, once and for all, and nothing else is changed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const held = cleanText(text);
        expect(isPlain(held)).toBe(true);
        expect(cleanText(held)).toBe(held);
        expect(held.isWellFormed()).toBe(true);
        if (isPlain(text)) expect(held).toBe(text);
        expect(JSON.parse(JSON.stringify(held))).toBe(held);
      }),
    );
  });

  it('is found and cleaned inside JSON, keys too, by their place', () => {
    const value = { id: 'a\u0000', list: [{ text: 'b\u0007' }, 'c'], 'k\u0001': 1 };
    expect([...unheldTexts(value)]).toEqual([['id'], ['list', 0, 'text'], []]);
    expect(cleanTexts(value, (key) => key === 'text')).toEqual({ ...value, list: [{ text: 'b' }, 'c'] });
  });
});

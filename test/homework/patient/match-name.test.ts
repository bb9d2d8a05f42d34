import { describe, expect, it } from 'vitest';
import { foldName, matchesName, otherSpellings } from '../../../src/homework/patient/match-name.ts';

describe('a name is found as people type it', () => {
  it.each([
    ['obrien', 'Seán O’Brien'],
    ['O’Brien', "Sean O'Brien"],
    ['o brien', 'Sean OʼBrien'],
    ['obrien sean', 'Seán O’Brien'],
    ['O’Brien, Sean', 'Seán O`Brien'],
    ['OBRIEN', 'sean o´brien'],
    ['dangelo', 'Maria D‘Angelo'],
    ['anna maria', 'Anna-Maria Groß'],
    ['annamaria', 'Anna Maria Gross'],
    ['gross', 'Anna-Maria Groß'],
    ['GROẞ', 'Anna Gross'],
    ['muller', 'Jörg Müller'],
    ['mueller', 'Jörg Müller'],
    ['Müller', 'Joerg Mueller'],
    ['joerg muller', 'Jörg Müller'],
    ['oyvind', 'Øyvind Åsmundsen'],
    ['aasmundsen', 'Øyvind Åsmundsen'],
    ['lodz', 'Ewa Łódź'],
    ['Mu\u0308ller', 'M\u00fcller'],
    ['vandenberg', 'Peter van den Berg'],
    ['berg van', 'Peter van den Berg'],
    ['山田太郎', '山田 太郎'],
    ['太郎山田', '山田 太郎'],
    ['ひろ', 'たかはし ひろし'],
    ['ИВАНОВ', 'Пётр Иванов'],
    ['петр', 'Пётр Иванов'],
    ['j r', 'J. R. Smith'],
    ['brien', 'Seán O’Brien'],
    ['field', 'Sarah Whitfield'],
  ])('%s finds %s', (text, name) => {
    expect(matchesName(text, ['Nobody Else', name])).toBe(true);
  });

  it.each([
    ['obrian', 'Seán O’Brien'],
    ['sean obrien murphy', 'Seán O’Brien'],
    ['%', 'Seán O’Brien'],
    ['.*', 'Seán O’Brien'],
    ['', 'Seán O’Brien'],
    [' ’ ', 'Seán O’Brien'],
    ['mara', 'Müller'],
    ['obrien', 'Otto Brienz'],
    ['sean obrien', 'Sean Otto Brienz'],
  ])('“%s” does not find %s', (text, name) => {
    expect(matchesName(text, [name])).toBe(false);
  });

  it('is looked for under other spellings where a system compares letter by letter', () => {
    expect(otherSpellings('obrien')).toEqual(expect.arrayContaining(["o'brien", 'o’brien']));
    expect(otherSpellings('O’Brien')).toEqual(expect.arrayContaining(["O'Brien", 'obrien']));
    expect(otherSpellings('o brien')).toEqual(expect.arrayContaining(['obrien', "o'brien"]));
    expect(otherSpellings('sean obrien')).toEqual(expect.arrayContaining(['obrien', "o'brien", 'o’brien']));
    expect(otherSpellings('Müller')).toEqual(['muller']);
    expect(otherSpellings('Whitfield')).toEqual(['whitfield']);
    expect(otherSpellings('whit')).toEqual([]);
    for (const text of ['', ' ', '’', 'a', 'x'.repeat(100)]) expect(otherSpellings(text).length).toBeLessThanOrEqual(6);
  });

  it('is folded to one text', () => {
    expect(new Set(['O’Brien', "o'brien", 'O Brien', 'OBRIEN', 'ó-brien'].map(foldName))).toEqual(new Set(['obrien']));
  });
});

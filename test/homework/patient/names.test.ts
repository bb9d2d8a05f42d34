import { describe, expect, it } from 'vitest';
import { nameOrder, type PersonName, sayName } from '../../../src/homework/patient/say-name.ts';

const at = new Date('2026-03-02T16:00:00.000Z');
const name = (more: Partial<PersonName> = {}): PersonName => ({
  ...{ family: 'Nagy', given: ['Ann'], prefix: [], suffix: [] },
  ...more,
});
const say = (names: readonly PersonName[], now = at, ...languages: string[]) => sayName(names, { at: now, languages });
const when = (text: string) => new Date(text);

describe('a name in its time', () => {
  // a day is a day anywhere: it begins 14 hours earlier in the east, and ends 12 hours later in the west
  it.each([
    ['2026-03-03', '2026-03-02T10:00:00.000Z'],
    ['2026-04', '2026-03-31T10:00:00.000Z'],
    ['2027', '2026-12-31T10:00:00.000Z'],
    ['2026-03-03T08:00:00Z', '2026-03-03T08:00:00.000Z'],
    ['2026-03-03T08:00:00+02:00', '2026-03-03T06:00:00.000Z'],
    ['2026-03-03T08:00:00', '2026-03-03T08:00:00.000Z'],
  ])('begins with %s at %s, and not a moment before', (start, begins) => {
    expect(say([name({ start })], when(begins))).toBe('Ann Nagy');
    expect(say([name({ start })], new Date(Date.parse(begins) - 1))).toBeUndefined();
  });

  it.each([
    ['2026-03-10', '2026-03-11T12:00:00.000Z'],
    ['2026-02', '2026-03-01T12:00:00.000Z'],
    ['2025', '2026-01-01T12:00:00.000Z'],
    ['2026-03-03T08:00:00Z', '2026-03-03T08:00:00.000Z'],
  ])('is over with %s at %s, and not a moment before', (end, over) => {
    expect(say([name({ end })], when(over))).toBeUndefined();
    expect(say([name({ end })], new Date(Date.parse(over) - 1))).toBe('Ann Nagy');
  });

  it.each(['about 2027', '3 March 2027', 'x2027', '2027-x', 'soon'])('was always, when it began with "%s"', (start) => {
    expect(say([name({ start })])).toBe('Ann Nagy');
  });

  it.each(['about 2020', '3 March 2020', 'x2020'])('is not over, when it ended with "%s"', (end) => {
    expect(say([name({ end })])).toBe('Ann Nagy');
  });

  it('is the one that began last, of those that are alike', () => {
    const [old, recent] = [name({ start: '2020', given: ['Old'] }), name({ start: '2024-05', given: ['New'] })];
    const always = name({ given: ['Always'] });
    expect(say([old, recent, always])).toBe('New Nagy');
    expect(say([always, recent, old])).toBe('New Nagy');
    expect(say([name({ start: '2020', given: ['First'] }), old])).toBe('First Nagy');
    expect(say([name({ start: 'about 2025', given: ['Unsaid'] }), old])).toBe('Old Nagy');
  });
});

describe('a name in one line', () => {
  it.each<[string, Partial<PersonName>, string | undefined]>([
    ['as it is to be shown', { text: ' Ann B. Nagy \n' }, 'Ann B. Nagy'],
    ['of its parts, when there is nothing to be shown', { text: ' ' }, 'Ann Nagy'],
    [
      'of all its parts',
      { given: ['Ann', 'Bea'], prefix: ['Dr.', 'h. c.'], suffix: ['PhD'] },
      'Dr. h. c. Ann Bea Nagy PhD',
    ],
    ['without what is blank', { given: [' Ann ', ' ', 'Bea'], prefix: [''], family: 'Nagy ' }, 'Ann Bea Nagy'],
    ['by the order that it says: family', { first: 'family' }, 'Nagy Ann'],
    ['by the order that it says: given', { first: 'given', language: 'hu' }, 'Ann Nagy'],
    ['by its own language', { language: 'hu-HU' }, 'Nagy Ann'],
    ['by its script, in the family', { family: '王', given: ['Ann'] }, '王 Ann'],
    ['by its script, in one of the given', { given: ['Ann', 'かな'] }, 'Nagy Ann かな'],
    ['not by the script of its title', { prefix: ['王'] }, '王 Ann Nagy'],
    ['none, when nothing is in it', { given: [], family: ' ' }, undefined],
  ])('%s', (_what, more, line) => {
    expect(say([name(more)])).toBe(line);
  });

  it('without a family', () => {
    const { family: _none, ...given } = name({ given: ['Madonna'] });
    expect(say([given])).toBe('Madonna');
    const { family: _no, ...syllables } = name({ given: ['かな', 'b'] });
    expect(say([syllables])).toBe('かな b');
  });

  it.each(['ja', 'zh', 'cmn', 'yue', 'wuu', 'nan', 'hak', 'ko', 'vi', 'hu', 'km', 'HU', 'zh_TW', 'vi-Latn-VN'])(
    'has its family first in %s',
    (language) => {
      expect(say([name()], at, language)).toBe('Nagy Ann');
    },
  );

  it.each(['en', 'de-AT', 'hun', 'x-hu', ''])('has it last in %j', (language) => {
    expect(say([name()], at, language)).toBe('Ann Nagy');
  });

  it('is never one that was given up', () => {
    expect(say([name({ use: 'old' }), name({ use: 'maiden' })])).toBeUndefined();
    expect(say([])).toBeUndefined();
  });

  it.each([
    ['official', 'usual'],
    ['usual', undefined],
    [undefined, 'temp'],
    ['temp', 'of-tomorrow'],
    ['of-tomorrow', 'nickname'],
    ['nickname', 'anonymous'],
  ])('is the %s one before the %s one', (first, second) => {
    const of = (use: string | undefined, given: string) =>
      name({ given: [given], ...(use === undefined ? {} : { use }) });
    expect(say([of(second, 'B'), of(first, 'A')])).toBe('A Nagy');
  });
});

describe('the place of a name in a list', () => {
  const order = (...names: readonly PersonName[]) => nameOrder(names, { at, languages: ['en'] });

  it.each([
    [name(), ['Nagy', 'Ann']],
    [name({ given: ['Ann', 'Lee'], prefix: ['Dr.'], suffix: ['MD'] }), ['Nagy', 'Ann Lee']],
    // as it is shown, the given name first
    [name({ text: 'Dr. Ann Nagy' }), ['Nagy', 'Ann']],
    [name({ family: '山田', given: ['花子'] }), ['山田', '花子']],
    [name({ given: [] }), ['Nagy', '']],
    [{ text: 'Sukarno', given: [], prefix: [], suffix: [] }, ['Sukarno', '']],
    [{ given: ['Prince'], prefix: [], suffix: [] }, ['Prince', '']],
  ] as const)('is by family name, then given ones; else by the whole of it: %j', (one, expected) => {
    expect(order(one)).toEqual(expected);
  });

  it('is that of the name that is said, never of one that is over; of none there is none', () => {
    expect(order(name({ use: 'maiden', family: 'Abel' }), name({ use: 'official' }))).toEqual(['Nagy', 'Ann']);
    expect(order(name({ use: 'nickname', family: 'Abel' }), name({ use: 'usual' }))).toEqual(['Nagy', 'Ann']);
    expect(order(name({ use: 'old' }))).toBeUndefined();
    expect(order()).toBeUndefined();
  });
});

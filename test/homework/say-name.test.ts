import { describe, expect, it } from 'vitest';
import { type PersonName, sayName } from '../../src/homework/patient/say-name.ts';

const at = new Date('2026-03-02T16:00:00Z');
const name = (family: string, more: Partial<PersonName> = {}): PersonName => ({
  ...{ family, given: ['Ann'], prefix: [], suffix: [] },
  ...more,
});
const say = (names: readonly PersonName[], ...languages: (string | undefined)[]) => sayName(names, { at, languages });

describe('a name that is over or has not begun', () => {
  it.each([
    ['yesterday', { end: '2026-02-28' }, false],
    ['today: to the end of the day, wherever that is', { end: '2026-03-02' }, true],
    ['this month', { end: '2026-03' }, true],
    ['last month', { end: '2026-02' }, false],
    ['this year', { end: '2026' }, true],
    ['last year', { end: '2025' }, false],
    ['a second ago', { end: '2026-03-02T15:59:59Z' }, false],
    ['in a second, said in another zone', { end: '2026-03-02T11:00:01-05:00' }, true],
    ['begins today', { start: '2026-03-02' }, true],
    ['begins in two days', { start: '2026-03-04' }, false],
    ['begins next year', { start: '2027' }, false],
    ['is no time', { start: 'some day', end: 'never' }, true],
  ])('%s', (_label, period, counts) => {
    expect(say([name('Jones', period)])).toBe(counts ? 'Ann Jones' : undefined);
  });

  it('an old or maiden name is never said, not even as text, not even alone', () => {
    expect(say([name('Smith', { use: 'old', text: 'Ann Smith' }), name('Brown', { use: 'maiden' })])).toBeUndefined();
  });
});

describe('which of the current ones', () => {
  const uses = ['anonymous', 'nickname', 'something-new', 'temp', undefined, 'usual', 'official'];
  it.each(uses.map((use, index) => [use ?? 'without use', index] as const))(
    '%s before the ones behind it',
    (_use, index) => {
      const names = uses
        .slice(0, index + 1)
        .map((use, place) => name(`Name${place}`, use === undefined ? {} : { use }));
      expect(say(names)).toBe(`Ann Name${index}`);
      expect(say(names.toReversed())).toBe(`Ann Name${index}`);
    },
  );

  it('one without a word in it is passed over', () => {
    expect(say([{ use: 'official', given: [' '], prefix: [], suffix: [] }, name('Jones', { use: 'temp' })])).toBe(
      'Ann Jones',
    );
  });
});

describe('the order of its parts', () => {
  it.each([
    ['en-US', 'Ann Nagy'],
    ['hu', 'Nagy Ann'],
    ['zh-Hant-TW', 'Nagy Ann'],
    ['ko_KR', 'Nagy Ann'],
    ['JA', 'Nagy Ann'],
    ['jam', 'Ann Nagy'],
    ['vi', 'Nagy Ann'],
  ])('follows the language %s', (language, line) => {
    expect(say([name('Nagy')], language)).toBe(line);
    // the record's own language counts before the reader's
    expect(say([name('Nagy')], undefined, language)).toBe(line);
    expect(say([name('Nagy')], 'en', language)).toBe('Ann Nagy');
  });

  it('follows its script in a record of another language, and what it says itself before all', () => {
    expect(say([name('김', { given: ['민준'] })], 'en')).toBe('김 민준');
    expect(say([name('김', { given: ['민준'], first: 'given' })], 'ko')).toBe('민준 김');
    expect(say([name('Nagy', { language: 'en' })], 'hu')).toBe('Ann Nagy');
  });
});

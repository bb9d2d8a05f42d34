import { afterEach, describe, expect, it, vi } from 'vitest';
import { toDateTime } from '../../src/fhir/date-time.ts';
import { rememberFew } from '../../src/foundation/remember-few.ts';
import { isTimeZone } from '../../src/homework/schedule/day-end.ts';
import { wallOf } from '../../src/homework/schedule/wall-clock.ts';

describe('a function that remembers few', () => {
  const counted = (most: number) => {
    const made: string[] = [];
    const give = rememberFew(most, (key) => {
      made.push(key);
      return { key };
    });
    return { made, give };
  };

  it('makes each key once, and gives the very same again', () => {
    const { made, give } = counted(2);
    expect(give('a')).toBe(give('a'));
    expect([give('a').key, give('b').key, give('a').key]).toEqual(['a', 'b', 'a']);
    expect(made).toEqual(['a', 'b']);
  });

  it.each([
    [1, 'a b a', 'a b a'],
    [2, 'a b a c b', 'a b c'],
    // the oldest goes, however often it was asked for
    [2, 'a b a c a', 'a b c a'],
    [3, 'a b c d b c d a', 'a b c d a'],
  ])('keeps the last %i: %s makes %s', (most, asked, makes) => {
    const { made, give } = counted(most);
    for (const key of asked.split(' ')) expect(give(key).key).toBe(key);
    expect(made.join(' ')).toBe(makes);
  });

  it('does not remember what was thrown', () => {
    let tries = 0;
    const give = rememberFew(2, () => {
      tries += 1;
      if (tries === 1) throw new RangeError('not yet');
      return {};
    });
    expect(() => give('a')).toThrow('not yet');
    expect(give('a')).toBe(give('a'));
    expect(tries).toBe(2);
  });
});

describe('what is kept of time zones', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** Spellings of one zone: all are the same to `Intl`. */
  const spellings = (name: string, count: number) =>
    Array.from({ length: count }, (_none, at) =>
      [...name].map((letter, place) => ((at >> place) % 2 === 1 ? letter.toUpperCase() : letter)).join(''),
    );

  it.each<[string, (zone: string) => unknown]>([
    ['the wall clock', (zone) => wallOf(0, zone)],
    ['the question whether it is one', isTimeZone],
    ['a FHIR dateTime', (zone) => toDateTime('2026-03-02T15:00:00.000Z', zone)],
  ])('has an end, however many spellings come: %s', (_what, ask) => {
    const made: (string | undefined)[] = [];
    const { DateTimeFormat } = Intl;
    vi.stubGlobal('Intl', {
      ...Intl,
      DateTimeFormat: function make(locale: string, options: Intl.DateTimeFormatOptions) {
        made.push(options.timeZone);
        return new DateTimeFormat(locale, options);
      },
    });
    const zones = spellings('asia/kathmandu', 1_000);
    expect(new Set(zones).size).toBeGreaterThan(400);
    const answers = new Set(zones.map((zone) => JSON.stringify(ask(zone))));
    expect(answers.size).toBe(1);
    // the first one was forgotten, the last one is known still
    made.length = 0;
    ask(zones.at(-1) ?? '');
    expect(made).toEqual([]);
    ask(zones[0] ?? '');
    expect(made).toEqual([zones[0]]);
  });
});

import { describe, expect, it } from 'vitest';
import { bandOf } from '../../../src/homework/log/band-of.ts';
import { changeOf, changeWords } from '../../../src/homework/log/change-of.ts';
import { earlyRepeat, earlyRepeatWords } from '../../../src/homework/log/early-repeat.ts';
import type { ScoreDeclaration } from '../../../src/homework/log/score.ts';
import { writeMinutes } from '../../../src/homework/log/write-minutes.ts';

type Scored = Pick<
  ScoreDeclaration,
  'bands' | 'cutoff' | 'reliableChange' | 'certainChange' | 'higherIs' | 'recallDays'
>;

/** Oracle: docs/engines/scores.md. */
const phq9: Scored = {
  bands: [
    { from: 0, label: 'none or minimal' },
    { from: 5, label: 'mild' },
    { from: 10, label: 'moderate' },
    { from: 15, label: 'moderately severe' },
    { from: 20, label: 'severe' },
  ],
  ...{ cutoff: 10, reliableChange: 6, higherIs: 'worse', recallDays: 14 },
};
const pcl5: Scored = { cutoff: 33, reliableChange: 10, certainChange: 15, higherIs: 'worse' };
const wellbeing: Scored = { cutoff: 52, reliableChange: 10, higherIs: 'better' };

describe('the band of a value', () => {
  it.each([
    [0, 'none or minimal'],
    [4, 'none or minimal'],
    [5, 'mild'],
    [9, 'mild'],
    [10, 'moderate'],
    [14, 'moderate'],
    [15, 'moderately severe'],
    [19, 'moderately severe'],
    [20, 'severe'],
    [27, 'severe'],
  ])('%i is %s', (value, band) => {
    expect(bandOf(phq9, value)).toBe(band);
    expect(bandOf({ bands: phq9.bands?.toReversed() ?? [] }, value)).toBe(band);
  });

  it('is none below the first, and none of a score without bands', () => {
    expect(bandOf({ bands: [{ from: 3, label: 'x' }] }, 2)).toBe(undefined);
    expect(bandOf({}, 2)).toBe(undefined);
  });
});

describe('a change', () => {
  const told = { language: 'en', reader: 'clinician' } as const;

  it.each<[score: Scored, first: number, last: number, words: string]>([
    [phq9, 16, 9, 'fell by 7: more than error; now below the cutoff of 10'],
    [phq9, 18, 9, 'fell by 9: more than error; now below the cutoff of 10; at least halved'],
    [phq9, 16, 10, 'fell by 6: more than error'],
    [phq9, 16, 11, 'fell by 5: within error'],
    [phq9, 11, 9, 'fell by 2: within error; now below the cutoff of 10'],
    // a first score below the cutoff can't recover
    [phq9, 9, 2, 'fell by 7: more than error; at least halved'],
    [phq9, 2, 1, 'fell by 1: within error'],
    [phq9, 0, 0, 'the same as at first'],
    [phq9, 12, 12, 'the same as at first'],
    [phq9, 9, 15, 'rose by 6: more than error, for the worse'],
    [phq9, 9, 14, 'rose by 5: within error'],
    [pcl5, 50, 41, 'fell by 9: within error'],
    [pcl5, 50, 40, 'fell by 10: more than error'],
    [pcl5, 50, 35, 'fell by 15: certainly more than error'],
    [pcl5, 50, 32, 'fell by 18: certainly more than error; now below the cutoff of 33'],
    [pcl5, 50, 25, 'fell by 25: certainly more than error; now below the cutoff of 33; at least halved'],
    [wellbeing, 40, 52, 'rose by 12: more than error; now at or above the cutoff of 52'],
    [wellbeing, 52, 60, 'rose by 8: within error'],
    [wellbeing, 60, 20, 'fell by 40: more than error, for the worse'],
    [{ higherIs: 'worse' }, 8, 3, 'fell by 5; at least halved'],
    [{ higherIs: 'worse' }, 8, 4, 'fell by 4; at least halved'],
    [{ higherIs: 'worse' }, 8, 5, 'fell by 3'],
    [{ higherIs: 'neither', cutoff: 5 }, 8, 3, 'fell by 5'],
    [{ higherIs: 'worse' }, 6.7, 6.3, 'fell by 0.4'],
  ])('of %o from %d to %d: %s', (score, first, last, words) => {
    expect(changeWords(score, { first, last }, told)).toBe(words);
  });

  it('for the worse is told to no patient, nor one within error', () => {
    const patient = { language: 'de', reader: 'patient' } as const;
    expect(changeWords(phq9, { first: 16, last: 9 }, patient)).toBe('fell by 7');
    expect(changeWords(phq9, { first: 9, last: 16 }, patient)).toBe(undefined);
    expect(changeWords(phq9, { first: 9, last: 8 }, patient)).toBe(undefined);
    expect(changeWords(phq9, { first: 9, last: 9 }, patient)).toBe(undefined);
    expect(changeWords({ higherIs: 'better' }, { first: 1, last: 2.5 }, patient)).toBe('rose by 1,5');
    expect(changeWords({ higherIs: 'neither' }, { first: 1, last: 2.5 }, patient)).toBe(undefined);
  });

  it('has its parts as data', () => {
    expect(changeOf(phq9, 9, 16)).toEqual({
      ...{ by: 7, direction: 'worse', size: 'reliable', crossedCutoff: false, response: false },
    });
    expect(changeOf(phq9, 18, 9)).toMatchObject({ direction: 'better', crossedCutoff: true, response: true });
    expect(changeOf({ higherIs: 'neither' }, 1, 2)).toEqual({
      ...{ by: 1, direction: 'neither', crossedCutoff: false, response: false },
    });
  });
});

describe('a repeat', () => {
  const at = '2026-03-29T18:00:00.000Z';
  it.each([
    ['the first', undefined, undefined],
    ['after two weeks', '2026-03-15T18:00:00.000Z', undefined],
    ['an evening after a morning two weeks ago', '2026-03-15T08:00:00.000Z', undefined],
    ['a morning after an evening two weeks ago, over a clock change', '2026-03-16T05:00:00.000Z', undefined],
    ['after a week', '2026-03-22T18:00:00.000Z', 7],
    ['after 13 days', '2026-03-16T18:00:00.000Z', 13],
    ['on the same day', '2026-03-29T08:00:00.000Z', 0],
    ['entered for an earlier day', '2026-04-02T08:00:00.000Z', undefined],
  ])('%s', (_name, before, days) => {
    expect(earlyRepeat(phq9, before, at)).toBe(days);
    expect(earlyRepeat({}, before, at)).toBe(undefined);
  });

  it('is said in words', () => {
    expect(earlyRepeatWords(7, phq9)).toBe('asked again after 7 days; the questions look back on 14');
    expect(earlyRepeatWords(1, phq9)).toBe('asked again after 1 day; the questions look back on 14');
    expect(earlyRepeatWords(0, phq9)).toBe('asked again on the same day; the questions look back on 14');
  });
});

it.each([
  [0, '0 min'],
  [59, '59 min'],
  [60, '1 h'],
  [61, '1 h 1 min'],
  [400, '6 h 40 min'],
  [59.6, '1 h'],
])('%d minutes are %s', (minutes, words) => {
  expect(writeMinutes(minutes)).toBe(words);
});

import { describe, expect, it } from 'vitest';
import { bandOf } from '../../src/homework/log/band-of.ts';
import { changeWords, isCase } from '../../src/homework/log/change-of.ts';
import type { ScoreDeclaration } from '../../src/homework/log/score.ts';
import { scoreOf } from '../../src/homework/log/score-of.ts';
import type { AnswerItem } from '../../src/homework/model.ts';
import scoreOnly from '../fixtures/instruments/score-only-cases.json' with { type: 'json' };
import { currentOf } from './current-of.ts';

/** Every figure is from what was published of the instrument, none from the kinds: where each one's edges lie, on both sides. */
function scoresOf(slug: string): readonly [ScoreDeclaration, readonly ScoreDeclaration[]] {
  const { scores = [] } = currentOf(slug);
  const [total] = scores;
  if (total === undefined) throw new Error(`${slug} has no score`);
  return [total, scores];
}

/** The items of the instruments that are asked item by item, in their order. */
const asked: Readonly<Record<string, readonly string[]>> = {
  'phq-9': [
    ...['interest', 'down', 'sleep', 'tired', 'appetite', 'failure', 'concentrating', 'slow-restless'],
    'better-off-dead',
  ],
  'phq-8': ['interest', 'down', 'sleep', 'tired', 'appetite', 'failure', 'concentrating', 'slow-restless'],
  'phq-2': ['interest', 'down'],
  'gad-7': ['nervous', 'control-worry', 'worry', 'relax', 'restless', 'irritable', 'afraid'],
  'gad-2': ['nervous', 'control-worry'],
  'pcl-5-month': Array.from({ length: 20 }, (_, index) => `pcl-${index + 1}`),
  'pcl-5-week': Array.from({ length: 20 }, (_, index) => `pcl-${index + 1}`),
  peg: ['pain-average', 'enjoyment', 'general-activity'],
};

/** One point: the second option, or the number. */
function onePoint(slug: string, linkId: string): AnswerItem {
  const { questionnaire } = currentOf(slug);
  const item = questionnaire.item?.find((item) => item.linkId === linkId);
  const coding = item?.answerOption?.[1]?.valueCoding;
  const value =
    coding === undefined
      ? ({ type: 'integer', value: 1 } as const)
      : ({ type: 'coding', value: { system: coding.system ?? '', code: coding.code ?? '' } } as const);
  return { linkId, answers: [value], items: [] };
}

describe.each(Object.entries(asked))('%s', (slug, linkIds) => {
  const [total, scores] = scoresOf(slug);
  const whole = linkIds.map((linkId) => onePoint(slug, linkId));

  it('adds up one point of each', () => {
    expect(scoreOf(total, { items: whole, scores })).toBe(slug === 'peg' ? 1 : linkIds.length);
  });

  it.each(linkIds)('has no total without %s', (missing) => {
    const items = whole.filter(({ linkId }) => linkId !== missing);
    expect(items).toHaveLength(linkIds.length - 1);
    expect(scoreOf(total, { items, scores })).toBeUndefined();
  });
});

describe.each(Object.entries(scoreOnly))('%s, of which only the score is carried', (slug, cases) => {
  const [total, scores] = scoresOf(slug);
  it.each(cases.map(([written, score, band]) => [written, score, band] as const))(
    '%j is the score %j: %j',
    (written, score, band) => {
      const items: AnswerItem[] =
        typeof written === 'number'
          ? [{ linkId: 'score', answers: [{ type: 'integer', value: written }], items: [] }]
          : [];
      const value = scoreOf(total, { items, scores });
      expect([value ?? null, (value === undefined ? undefined : bandOf(total, value)) ?? null]).toEqual([score, band]);
    },
  );
});

describe('the cutoff', () => {
  it.each([
    ['phq-9', 9, 10],
    ['phq-8', 9, 10],
    ['phq-2', 2, 3],
    ['gad-7', 7, 8],
    ['gad-2', 2, 3],
    ['pcl-5-month', 30, 31],
    ['pcl-5-week', 30, 31],
    ['spin', 18, 19],
    ['mini-spin', 5, 6],
    ['pdss-sr', 7, 8],
    ['oci-r', 20, 21],
    // of well-being: 50 and below is low, and the scale goes by fours
    ['who-5', 52, 48],
  ])('of the %s lies between %d and %d', (slug, well, ill) => {
    const [total] = scoresOf(slug);
    expect([isCase(total, well), isCase(total, ill)]).toEqual([false, true]);
  });

  it.each(['peg', 'isi', 'wsas', 'y-bocs'])('of the %s is none', (slug) => {
    const [total] = scoresOf(slug);
    const { least, most } = total.range;
    expect([isCase(total, least), isCase(total, most)]).toEqual([false, false]);
  });
});

describe('a change', () => {
  const reader = { language: 'en', reader: 'clinician' } as const;
  const words = (slug: string, first: number, last: number) => changeWords(scoresOf(slug)[0], { first, last }, reader);

  it.each([
    ['phq-9', 27, 6],
    ['gad-7', 21, 4],
    ['pcl-5-month', 80, 10],
    ['pcl-5-week', 80, 10],
  ])('of the %s from %d is more than error from %d on, for the better and for the worse', (slug, most, by) => {
    expect(words(slug, most, most - by + 1)).toBe(`fell by ${by - 1}: within error`);
    expect(words(slug, most, most - by)).toBe(`fell by ${by}: more than error`);
    expect(words(slug, 0, by - 1)).toBe(`rose by ${by - 1}: within error`);
    expect(words(slug, 0, by)).toBe(`rose by ${by}: more than error, for the worse`);
  });

  it.each(['pcl-5-month', 'pcl-5-week'])('of the %s is certainly more than error from 15 on', (slug) => {
    expect(words(slug, 80, 66)).toBe('fell by 14: more than error');
    expect(words(slug, 80, 65)).toBe('fell by 15: certainly more than error');
    expect(words(slug, 31, 16)).toBe('fell by 15: certainly more than error; now below the cutoff of 31');
    expect(words(slug, 0, 15)).toBe('rose by 15: certainly more than error, for the worse');
  });

  it('of the WHO-5, where more is better, of which no figure stands', () => {
    expect(words('who-5', 0, 9)).toBe('rose by 9');
    expect(words('who-5', 100, 90)).toBe('fell by 10');
    expect(words('who-5', 48, 52)).toBe('rose by 4; now at or above the cutoff of 52');
  });

  it.each(['phq-8', 'phq-2', 'gad-2', 'peg', 'mini-spin', 'oci-r', 'y-bocs', 'pdss-sr', 'isi', 'wsas', 'spin'])(
    'of the %s, of which no figure of error stands here, is told as it is',
    (slug) => {
      expect(words(slug, 3, 2)).toMatch(/^fell by 1(; now below the cutoff of 3)?$/);
      expect(words(slug, 0, 1)).toBe('rose by 1');
    },
  );

  it('that halves the score is told so from the half on, and not where it is within error', () => {
    expect(words('phq-9', 20, 11)).toBe('fell by 9: more than error');
    expect(words('phq-9', 20, 10)).toBe('fell by 10: more than error; at least halved');
    expect(words('phq-9', 10, 5)).toBe('fell by 5: within error; now below the cutoff of 10');
    expect(words('gad-7', 8, 4)).toBe('fell by 4: more than error; now below the cutoff of 8; at least halved');
    expect(words('y-bocs', 30, 15)).toBe('fell by 15; at least halved');
  });
});

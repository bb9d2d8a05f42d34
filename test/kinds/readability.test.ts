import { describe, expect, it } from 'vitest';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { currentOf } from './current-of.ts';
import { gradeOf, sentencesIn, syllablesIn, wordsIn, wordsOf } from './readability.ts';

/** Wording of ours; that of a licensed instrument is its authors'. */
const ours = registeredKinds.kinds.filter(({ family }) => family !== 'outcome-measure');

describe('how hard a form is to read', () => {
  it.each(ours.map((kind) => [kind.slug, currentOf(kind)] as const))(
    '%s is for somebody with seven years of school at most',
    (_slug, { questionnaire }) => {
      const words = wordsOf(questionnaire);
      expect(words.length).toBeGreaterThan(5);
      // an option or an end word of a slider would make any form easy
      expect(gradeOf(words.filter((line) => wordsIn(line).length > 3))).toBeLessThanOrEqual(7);
    },
  );

  it.each(ours.map((kind) => [kind.slug, kind.defaults] as const))(
    '%s has instructions and a reason that are no harder than grade 8',
    (_slug, { instructions, rationale }) => {
      expect(gradeOf([instructions, rationale])).toBeLessThanOrEqual(8);
    },
  );

  it.each(ours.map((kind) => [kind.slug, currentOf(kind)] as const))(
    '%s has no sentence that runs on',
    (_slug, { questionnaire }) => {
      for (const sentence of wordsOf(questionnaire).flatMap(sentencesIn))
        expect(wordsIn(sentence).length, sentence).toBeLessThanOrEqual(25);
    },
  );

  it.each(ours.map((kind) => [kind.slug, kind] as const))('%s never says that somebody failed', (_slug, kind) => {
    const { instructions, rationale } = kind.defaults;
    const said = [...wordsOf(currentOf(kind).questionnaire), instructions, rationale];
    for (const words of said) expect(words).not.toMatch(/\bfail|non-?complian|\bshould have\b/i);
  });

  it.each(ours.map((kind) => [kind.slug, currentOf(kind)] as const))(
    '%s promises nothing of when somebody reads it',
    (_slug, { questionnaire }) => {
      for (const words of wordsOf(questionnaire))
        expect(words).not.toMatch(/will (see|read) (this|it)|before your next/i);
    },
  );
});

describe('the measure itself', () => {
  it.each([
    ['cat', 1],
    ['table', 2],
    ['noted', 2],
    ['stopped', 1],
    ['feelings', 2],
    ['idea', 2],
    ['before', 2],
    ['therapist', 3],
    ['don’t', 1],
    ['self-talk', 2],
    ['times', 1],
    ['memories', 3],
  ])('counts the syllables of %s', (word, count) => {
    expect(syllablesIn(word)).toBe(count);
  });

  it('tells easy from hard: the two are graded by hand', () => {
    // 12 words, 2 sentences, 12 syllables: 0.39 × 6 + 11.8 × 1 − 15.59
    expect(gradeOf(['The cat sat on the mat. The dog ran up the hill.'])).toBeCloseTo(-1.45, 2);
    // 7 words, 1 sentence, 20 syllables
    expect(gradeOf(['Psychological interventions necessitate continuous evaluation of outcomes.'])).toBeGreaterThan(16);
  });
});

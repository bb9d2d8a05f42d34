import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { riskAnswer } from '../../src/homework/safety/safety-signal.ts';
import { currentOf } from './current-of.ts';
import { logged } from './logged.ts';

const version = currentOf('test-anxiety-self-talk');
const said = { statement: 'Read it twice, then do the first part' };

describe('a sentence', () => {
  it('used in a practice test', () => {
    const { lines, measures } = logged(version, {
      ...{ ...said, situation: 'during-test', 'real-or-mock': 'mock-test', 'exam-date': '2026-05-12' },
      ...{ 'worry-thought': 'I will forget it all', 'anxiety-before': 8, 'anxiety-after': 5, concentration: 6 },
    });
    expect(lines).toEqual([
      'Said: "Read it twice, then do the first part"',
      'Used In the test',
      'Anxiety 8 to 5 of 10',
      'Concentration 6 of 10',
      'Worry: "I will forget it all"',
      'Test A practice test',
      'Test on Tue, 12 May 2026',
    ]);
    expect(measures.toSorted()).toEqual(['anxiety-after 5', 'anxiety-before 8', 'concentration 6']);
  });

  it('of which only the half was rated', () => {
    expect(logged(version, { ...said, 'anxiety-before': 8 }).lines).toContain(
      'Anxiety 8 of 10 before, not rated after',
    );
  });

  it.each(['before-test', 'during-test', 'after-test'])('is asked whether the test was real: %s', (situation) => {
    const answers = { ...said, situation, 'real-or-mock': 'real-test' };
    expect(() => readAnswers(version.questionnaire, answers)).not.toThrow();
  });

  it('is not asked that while studying, nor when nobody knows', () => {
    for (const situation of ['studying', undefined]) {
      const answers = { ...said, 'real-or-mock': 'real-test', ...(situation !== undefined && { situation }) };
      expect(() => readAnswers(version.questionnaire, answers)).toThrow();
    }
  });

  it('takes other means than those that it names', () => {
    const answers = { ...said, 'also-used': ['slow-breathing', 'Counted to ten'] };
    expect(() => readAnswers(version.questionnaire, answers)).not.toThrow();
  });

  it('is met with care when life does not seem worth living', () => {
    const [declared] = version.safety ?? [];
    if (declared === undefined) throw new Error('nothing is asked');
    const answer = (value: boolean) => {
      const answers = { ...said, 'self-harm-thoughts': value };
      return riskAnswer(readAnswers(version.questionnaire, answers), declared);
    };
    expect([answer(true)?.value, answer(false)?.value]).toEqual([true, undefined]);
  });
});

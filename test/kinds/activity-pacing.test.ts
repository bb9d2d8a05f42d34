import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { bandOf } from '../../src/homework/log/band-of.ts';
import { scoreOf } from '../../src/homework/log/score-of.ts';
import { quotaKept } from '../../src/homework/plan/criteria/quota-kept.ts';
import { aRecord, feb } from '../homework/report/report-state.ts';
import { currentOf } from './current-of.ts';
import { logged } from './logged.ts';

const version = currentOf('activity-pacing');
const walk = { activity: 'Walked to the park', 'planned-minutes': 20 };

describe('an activity', () => {
  it('that was kept to the time, on a bad day', () => {
    const kept = {
      ...{ ...walk, 'actual-minutes': 20, 'stopped-because': 'time-up', 'pain-before': 7, 'pain-after': 8 },
      ...{ 'movement-fear': 3, 'rest-minutes': 15, 'flare-next-day': false },
    };
    const { lines, measures } = logged(version, kept);
    expect(lines).toEqual([
      'What: "Walked to the park"',
      'Activity planned 20, done 20 min',
      'Of the plan 100 % (kept)',
      'Stopped because The time was up',
      'Pain 7 to 8 of 10',
      'Fear of moving 3 of 10',
      'Rested 15 min',
      'Worse the next morning no',
    ]);
    expect(measures.toSorted()).toEqual(
      [
        ...[
          'planned-minutes 20 min',
          'activity-minutes 20 min',
          'planned-share 100 %',
          'pain-before 7',
          'pain-after 8',
        ],
        ...['movement-fear 3', 'rest-minutes 15 min', 'pain-flare false'],
      ].sort(),
    );
  });

  it('that went on on a good day, and its price', () => {
    const over = {
      ...{ ...walk, 'actual-minutes': 55, 'stopped-because': 'went-past-plan' },
      ...{ 'pain-before': 2, 'pain-after': 3, 'flare-next-day': true },
    };
    expect(logged(version, over).lines).toEqual([
      'What: "Walked to the park"',
      'Activity planned 20, done 55 min',
      'Of the plan 275 % (over-activity)',
      'Stopped because I went on past the time',
      'Pain 2 to 3 of 10',
      'Worse the next morning yes',
    ]);
    expect(logged(version, over).measures).toContain('planned-share 275 %');
  });

  it.each([
    [20, 0, 0, 'less than planned'],
    [20, 15, 75, 'less than planned'],
    [24, 19, 79.2, 'less than planned'],
    [20, 16, 80, 'kept'],
    [20, 20, 100, 'kept'],
    [20, 24, 120, 'kept'],
    [500, 600, 120, 'kept'],
    [499, 600, 120.2, 'over-activity'],
    [20, 25, 125, 'over-activity'],
    [10, 100, 1000, 'over-activity'],
    // a slip of the finger is no share of anything
    [1, 11, undefined, undefined],
  ])('of %d planned minutes, %d done, is %s %%: %s', (planned, actual, share, band) => {
    const scores = version.scores ?? [];
    const [score] = scores;
    if (score === undefined) throw new Error('no score');
    const answers = { ...walk, 'planned-minutes': planned, 'actual-minutes': actual };
    const value = scoreOf(score, { items: readAnswers(version.questionnaire, answers), scores });
    expect(value).toBe(share);
    expect(value === undefined ? undefined : bandOf(score, value)).toBe(band);
  });

  it.each([
    ['no plan', { activity: 'Walked', 'actual-minutes': 20 }],
    ['no minutes', walk],
    ['a plan of nothing', { ...walk, 'planned-minutes': 0, 'actual-minutes': 0 }],
  ])('is not finished with %s', (_what, answers) => {
    expect(() => readAnswers(version.questionnaire, answers, { complete: true })).toThrow();
  });

  it.each<[string, readonly number[], boolean]>([
    ['on five of seven days, too much on one and too little on one', [20, 16, 24, 25, 20, 15, 20], true],
    ['on four of seven days', [20, 16, 25, 25, 20, 15, 20], false],
    ['on five days, of which no other was logged', [20, 20, 20, 20, 20], true],
    ['never: twice as much each day', [40, 40, 40, 40, 40, 40, 40], false],
  ])('is kept to, and more may be planned: %s', (_name, minutes, kept) => {
    const logs = minutes.map((actual, day) =>
      aRecord({
        ...{ id: `l${day}`, performedAt: feb(day + 1) },
        items: readAnswers(version.questionnaire, { ...walk, 'actual-minutes': actual }, { complete: true }),
      }),
    );
    const rules = { behaviourLinkId: () => undefined, safetyOf: () => [], scoresOf: () => version.scores ?? [] };
    const quota = { planned: 'planned-minutes', actual: 'actual-minutes', from: 80, to: 120, days: 5, of: 7 } as const;
    expect(quotaKept({ type: 'quota-kept', ...quota }, logs, { rules, timeZone: 'Europe/Berlin' })).toBe(kept);
  });

  it('offers to go on by the time kept, and by no rating of pain', () => {
    expect(version.offers).toContain('quota-kept');
    expect(version.offers).not.toEqual(expect.arrayContaining(['measure-fell']));
    expect(version.offers).not.toEqual(expect.arrayContaining(['measure-reached']));
  });
});

import { describe, expect, it } from 'vitest';
import { checkAnswers } from '../../src/fhir/answers/check-answers.ts';
import { indexItems } from '../../src/fhir/answers/index-items.ts';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { ownVersion } from '../../src/kinds/own/own-version.ts';
import { currentOf } from './current-of.ts';
import { logged } from './logged.ts';

const activation = currentOf('behavioural-activation');

describe('behavioural activation', () => {
  it('tells planned beside done, pleasure expected beside felt, and mood', () => {
    const walk = {
      ...{ activity: 'Walk to the shop and back', 'life-area': 'mind-body-spirit', importance: 6 },
      ...{ 'planned-day': '2026-03-10', 'planned-time': '17:30', 'pleasure-expected': 2, 'mood-before': 3 },
      ...{ done: true, 'how-much': 'all', minutes: 75, pleasure: 5, mastery: 7, 'mood-after': 5 },
      'with-whom': ['family', 'friends'],
    };
    expect(logged(activation, walk)).toEqual({
      lines: [
        'Activity: "Walk to the shop and back"',
        'Planned for Tue, 10 Mar 2026',
        'Done yes',
        'How much All of it',
        'Pleasure expected 2, felt 5 of 10',
        'Mastery 7 of 10',
        'Mood 3 to 5 of 10',
        'Took 1 h 15 min',
        'With: Family, Friends',
      ],
      measures: [
        ...['importance 6', 'pleasure-expected 2', 'mood-before 3', 'activity-minutes 75 min', 'pleasure 5'],
        ...['mastery 7', 'mood-after 5'],
      ],
    });
  });

  it('of a bad day says what got in the way and what was done instead, and asks for no pleasure in what was not', () => {
    const stayed = {
      ...{ activity: 'Call my sister', done: false, 'got-in-the-way': ['felt-too-bad', 'fear'] },
      ...{ instead: 'Wrote her a text', 'mood-before': 1, 'mood-after': 2 },
    };
    expect(logged(activation, stayed).lines).toEqual([
      'Activity: "Call my sister"',
      'Done no',
      'In the way: Felt too bad, Fear',
      'Instead: "Wrote her a text"',
      'Mood 1 to 2 of 10',
    ]);
    expect(() => readAnswers(activation.questionnaire, { ...stayed, pleasure: 4 })).toThrow('does not fit');
  });

  it('counts a part as done, and asks what got in the way of the rest', () => {
    const part = { activity: 'Tidy', done: true, 'how-much': 'part', 'got-in-the-way': ['too-hard'] };
    const { lines } = logged(activation, part);
    expect(lines.slice(1)).toEqual(['Done yes', 'How much A part of it', 'In the way: Too hard']);
    const all = { ...part, 'how-much': 'all' };
    expect(() => readAnswers(activation.questionnaire, all)).toThrow('does not fit');
  });

  it('needs an activity and whether it was done, and takes a blank day with no more', () => {
    const missing = checkAnswers(activation.questionnaire, [], { complete: true }).map(({ linkId }) => linkId);
    expect(missing).toEqual(['activity', 'done']);
    expect(logged(activation, { activity: 'Nothing', done: false }).lines).toEqual(['Activity: "Nothing"', 'Done no']);
  });

  it('keeps hostile text as one line of its own', () => {
    const { lines } = logged(activation, { activity: 'Walk"\nDone yes\r\n<img src=x>', done: false });
    expect(lines).toEqual(['Activity: "Walk" Done yes <img src=x>"', 'Done no']);
  });

  it('without a plan still asks for pleasure: nothing hangs on whether a plan was kept alone', () => {
    const without = activation.settings?.flatMap((setting) =>
      'options' in setting ? setting.options.filter(({ code }) => code === 'monitored') : [],
    )[0]?.without;
    const rated = ['pleasure', 'mastery', 'minutes', 'with-whom'];
    for (const linkId of rated) {
      expect(without).not.toContain(linkId);
      const conditions = activation.questionnaire.item
        ?.flatMap(({ item = [] }) => item)
        .find((item) => item.linkId === linkId)?.enableWhen;
      expect(conditions).toContainEqual({ question: 'done', operator: 'exists', answerBoolean: false });
    }
  });

  it('without a plan asks for nothing that turns on one', () => {
    const own = ownVersion(activation, { settings: { form: 'monitored' }, own: {} }, 'step-1');
    const asked = [...indexItems(own.questionnaire).keys()];
    expect(asked).toEqual(expect.arrayContaining(['activity', 'minutes', 'pleasure', 'mastery', 'with-whom']));
    const ofPlan = [
      'planned-day',
      'planned-time',
      'pleasure-expected',
      'done',
      'how-much',
      'got-in-the-way',
      'instead',
    ];
    for (const linkId of ofPlan) expect(asked).not.toContain(linkId);
  });

  it('offers nothing that opens a step by mood', () => {
    expect(activation.offers).not.toContain('measure-reached');
    expect(activation.offers).not.toContain('measure-fell');
  });
});

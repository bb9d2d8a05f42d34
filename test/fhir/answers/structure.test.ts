import type { Questionnaire, QuestionnaireItemEnableWhen } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import type { AnswerIssue } from '../../../src/fhir/answers/answer-issue.ts';
import { checkAnswers } from '../../../src/fhir/answers/check-answers.ts';
import type { AnswerItem } from '../../../src/homework/model.ts';
import { around, diary, form, given, integer, nested, repetition } from './forms-of-integers.ts';

describe('a log by its questionnaire', () => {
  const problem = (linkId: string, text: string): AnswerIssue => ({ linkId, problem: text });
  const noId = 'needs an id for each repetition: up to 8 letters, digits or hyphens';

  it.each<[name: string, questionnaire: Questionnaire, items: AnswerItem[], issues: AnswerIssue[]]>([
    [
      'whole',
      nested,
      [around('outer', around('inner', given('deep')), given('beside')), given('top', { items: [given('under')] })],
      [],
    ],
    ['empty', nested, [], []],
    ['an item that is none', nested, [given('new')], [problem('new', 'is not an item of this questionnaire')]],
    [
      'one that is none, twice',
      nested,
      [given('new'), given('new')],
      [problem('new', 'is not an item of this questionnaire')],
    ],
    ['an item too far out', nested, [given('deep')], [problem('deep', 'belongs under inner')]],
    ['an item too far in', nested, [around('outer', given('top'))], [problem('top', 'belongs at the top level')]],
    [
      'an item below one that has none',
      diary,
      [given('single', { items: [given('many')] })],
      [problem('many', 'belongs at the top level')],
    ],
    ['a group that holds nothing', nested, [around('outer', around('inner'))], []],
    [
      'a group without what is required in it',
      nested,
      [around('outer', around('inner', given('beside')))],
      [problem('beside', 'belongs under outer'), problem('deep', 'must be answered')],
    ],
    ['a question without what is required below it', nested, [given('top')], [problem('under', 'must be answered')]],
    [
      'an answer of a group',
      nested,
      [{ ...given('outer'), items: [] }],
      [problem('outer', 'is a group: it has no answer of its own')],
    ],
    [
      'two answers of a display',
      form({ linkId: 'words', type: 'display' }),
      [given('words', { answers: [...given('words').answers, ...given('words').answers] })],
      [problem('words', 'takes no answer')],
    ],
    [
      'a group twice',
      nested,
      [around('outer', given('beside')), around('outer', given('beside'))],
      [problem('outer', 'occurs more than once')],
    ],
    [
      'two answers',
      diary,
      [given('single', { answers: [...given('single').answers, ...given('single').answers] })],
      [problem('single', 'takes one answer')],
    ],
    [
      'two answers where there may be several',
      diary,
      [given('many', { answers: [...given('many').answers, ...given('many').answers] })],
      [],
    ],
    [
      'two items where there may be several answers',
      diary,
      [given('many'), given('many')],
      [problem('many', 'must have its answers in one item')],
    ],
    [
      'two wrong answers, told once',
      diary,
      [
        given('many', {
          answers: [
            { type: 'integer', value: 0.5 },
            { type: 'integer', value: 1.5 },
          ],
        }),
      ],
      [problem('many', 'must be a whole number')],
    ],
    ['repetitions', diary, [repetition('r', 'a', given('m')), repetition('r', 'B-2', given('m'))], []],
    ['a repetition without an id', diary, [repetition('r', undefined, given('m'))], [problem('r', noId)]],
    ['a repetition with too long an id', diary, [repetition('r', '123456789', given('m'))], [problem('r', noId)]],
    ['a repetition with an id of other characters', diary, [repetition('r', 'a.b', given('m'))], [problem('r', noId)]],
    [
      'two repetitions with one id',
      diary,
      [repetition('r', 'a', given('m')), repetition('r', 'a', given('m'))],
      [problem('r', 'has two repetitions with one id')],
    ],
    [
      'below a question that is not answered',
      nested,
      [around('top', given('under'))],
      [problem('top', 'must be answered, because items below it are')],
    ],
  ])('%s', (_, questionnaire, items, issues) => {
    const found = checkAnswers(questionnaire, items, { complete: true });
    expect(found).toEqual(issues);
    // what is missing may come later, what is wrong may not
    const draft = issues.filter(({ problem }) => problem !== 'must be answered');
    expect(checkAnswers(questionnaire, items, { complete: false })).toEqual(draft);
  });

  it('holds nothing where there is no item', () => {
    const none: Questionnaire = { resourceType: 'Questionnaire', status: 'active' };
    expect(checkAnswers(none, [], { complete: true })).toEqual([]);
    expect(checkAnswers(none, [given('a')], { complete: true })).toEqual([
      problem('a', 'is not an item of this questionnaire'),
    ]);
  });

  it('takes a withheld answer for one, with what is below it', () => {
    const withheld = ['top', 'deep'];
    const items = [around('outer', around('inner', around('deep'))), around('top', given('under'))];
    expect(checkAnswers(nested, items, { complete: true, withheld })).toEqual([]);
    expect(
      checkAnswers(nested, [around('outer', around('inner', around('deep'), around('x')))], { complete: true }),
    ).toEqual([problem('x', 'is not an item of this questionnaire'), problem('deep', 'must be answered')]);
  });
});

describe('an answer that does not apply', () => {
  const when = (operator: QuestionnaireItemEnableWhen['operator'], value: object): QuestionnaireItemEnableWhen => ({
    question: 'q',
    operator,
    ...value,
  });

  it.each<[enableWhen: QuestionnaireItemEnableWhen[], enableBehavior: 'all' | 'any' | undefined, words: string]>([
    [[when('=', { answerBoolean: false })], undefined, 'only when q = false'],
    [[when('exists', { answerBoolean: true })], undefined, 'only when q exists true'],
    [[when('>', { answerInteger: 0 })], undefined, 'only when q > 0'],
    [[when('<=', { answerDecimal: 5.5 })], undefined, 'only when q <= 5.5'],
    [[when('=', { answerCoding: { system: 'urn:place', code: 'home' } })], undefined, 'only when q = home'],
    [[when('=', { answerString: 'rain' })], undefined, 'only when q = rain'],
    [[when('<', { answerDate: '2026-03-02' })], undefined, 'only when q < 2026-03-02'],
    [[when('<', { answerDateTime: '2026-03-02T10:00:00Z' })], undefined, 'only when q < 2026-03-02T10:00:00Z'],
    [[when('>=', { answerTime: '18:00:00' })], undefined, 'only when q >= 18:00:00'],
    [[when('>', { answerQuantity: { value: 20, unit: 'min' } })], undefined, 'only when q > 20'],
    [[when('=', { answerInteger: 1 }), when('=', { answerInteger: 2 })], 'any', 'only when q = 1 or q = 2'],
    [[when('=', { answerInteger: 1 }), when('=', { answerInteger: 2 })], 'all', 'only when q = 1 and q = 2'],
    [[when('=', { answerInteger: 1 }), when('=', { answerInteger: 2 })], undefined, 'only when q = 1 and q = 2'],
  ])('says when it does: %j', (enableWhen, enableBehavior, words) => {
    const conditional = integer('x', { required: true, enableWhen, ...(enableBehavior && { enableBehavior }) });
    expect(
      checkAnswers(form(conditional), [given('x', { answers: [{ type: 'integer', value: 0.5 }] })], { complete: true }),
    ).toEqual([{ linkId: 'x', problem: `does not apply here: ${words}` }]);
    expect(checkAnswers(form(conditional), [around('x', given('y'))], { complete: true })).toEqual([
      { linkId: 'x', problem: `does not apply here: ${words}` },
    ]);
    // it is not asked for, and a withheld one counts as answered
    expect(checkAnswers(form(conditional), [around('x')], { complete: true })).toEqual([]);
    expect(checkAnswers(form(conditional), [around('x')], { complete: true, withheld: ['x'] })).toHaveLength(1);
  });
});

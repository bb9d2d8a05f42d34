import type { Questionnaire, QuestionnaireItemEnableWhen } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { checkAnswers } from '../../../src/fhir/answers/check-answers.ts';
import { isEnabled } from '../../../src/fhir/answers/is-enabled.ts';
import type { AnswerItem, AnswerValue } from '../../../src/homework/model.ts';
import { currentOf, firstOf } from '../../kinds/current-of.ts';
import { painDiary } from './pain-diary.ts';

const { questionnaire: experiment } = firstOf('behavioural-experiment');
const { questionnaire: monitoring } = currentOf('self-monitoring');

const integer = (linkId: string, value: number): AnswerItem => answer(linkId, { type: 'integer', value });
const text = (linkId: string, value: string): AnswerItem => answer(linkId, { type: 'string', value });
const yes = (linkId: string, value = true): AnswerItem => answer(linkId, { type: 'boolean', value });
const place = (code: string): AnswerValue => ({
  type: 'coding',
  value: { system: 'https://example.org/fhir/CodeSystem/place', code },
});

function answer(linkId: string, value: AnswerValue, items: readonly AnswerItem[] = []): AnswerItem {
  return { linkId, answers: [value], items };
}

function reading(instance: string | undefined, ...items: AnswerItem[]): AnswerItem {
  return { linkId: 'reading', ...(instance !== undefined && { instance }), answers: [], items };
}

const draft = (questionnaire: Questionnaire, ...items: AnswerItem[]) =>
  checkAnswers(questionnaire, items, { complete: false });

describe('checkAnswers', () => {
  it.each<[string, AnswerItem, string, string]>([
    ['an unknown item', text('shoe-size', '43'), 'shoe-size', 'is not an item of this questionnaire'],
    ['an item outside its group', integer('suds-peak', 50), 'suds-peak', 'belongs under during'],
    ['too large a number', integer('belief-before', 101), 'belief-before', 'must be a whole number from 0 to 100'],
    ['too small a number', integer('belief-before', -1), 'belief-before', 'must be a whole number from 0 to 100'],
    ['a fraction', integer('belief-before', 50.5), 'belief-before', 'must be a whole number from 0 to 100'],
    ['another type', text('belief-before', '50'), 'belief-before', 'must be a whole number from 0 to 100'],
    ['blank text', text('situation', ' \n '), 'situation', 'must not be empty: leave it out instead'],
    ['a control character', text('situation', 'a\u0000b'), 'situation', 'must not contain control characters'],
    ['half a character', text('situation', 'a\ud800'), 'situation', 'must not contain control characters'],
    ['too long a text', text('situation', 'x'.repeat(4001)), 'situation', 'must be at most 4000 characters long'],
    ['an answer to a display', yes('why'), 'why', 'takes no answer'],
    ['an answer to a group', yes('before'), 'before', 'is a group: it has no answer of its own'],
  ])('names %s', (_, item, linkId, problem) => {
    expect(draft(monitoring, item)).toEqual([{ linkId, problem }]);
  });

  it('takes the limits themselves', () => {
    expect(draft(monitoring, integer('belief-before', 0), integer('belief-after', 100))).toEqual([]);
  });

  it('finds all that is wrong, not only the first', () => {
    const issues = draft(monitoring, integer('belief-before', 200), text('nonsense', 'x'), integer('belief-after', -5));
    expect(issues.map(({ linkId }) => linkId).sort()).toEqual(['belief-after', 'belief-before', 'nonsense']);
  });

  it('never repeats what was answered', () => {
    const issues = draft(monitoring, text('belief-before', 'SECRET'), text('situation', `SECRET\u0001`));
    expect(issues).toHaveLength(2);
    expect(JSON.stringify(issues)).not.toContain('SECRET');
  });

  it('does not mind the order of items', () => {
    const items = [yes('experiment-done'), text('actual-outcome', 'good point'), integer('belief-before', 85)];
    expect(draft(experiment, ...items)).toEqual([]);
    expect(draft(experiment, ...items.toReversed())).toEqual([]);
  });

  it('refuses an item given twice, and two answers to one question', () => {
    expect(draft(monitoring, integer('belief-before', 1), integer('belief-before', 2))).toEqual([
      { linkId: 'belief-before', problem: 'occurs more than once' },
    ]);
    const two: AnswerItem = { linkId: 'place', answers: [place('home'), place('work')], items: [] };
    expect(draft(painDiary, two)).toEqual([]);
    expect(draft(painDiary, { ...two, answers: [place('moon')] })).toEqual([
      { linkId: 'place', problem: 'must be one of home, work' },
    ]);
    const day = { type: 'date', value: '2026-03-02' } as const;
    expect(draft(painDiary, { linkId: 'day', answers: [day, day], items: [] })).toEqual([
      { linkId: 'day', problem: 'takes one answer' },
    ]);
  });

  it('asks for required items only when complete, and only where they apply', () => {
    const tried = [
      integer('belief-before', 85),
      text('prediction', 'she laughs'),
      integer('prediction-likelihood', 80),
    ];
    const check = { complete: true };
    expect(checkAnswers(experiment, [...tried, yes('experiment-done', false)], check)).toEqual([]);
    expect(checkAnswers(experiment, [...tried, yes('experiment-done')], check)).toEqual([
      { linkId: 'actual-outcome', problem: 'must be answered' },
    ]);
    expect(checkAnswers(experiment, [...tried, yes('experiment-done')], { complete: false })).toEqual([]);
    expect(checkAnswers(experiment, tried, check)).toEqual([
      { linkId: 'experiment-done', problem: 'must be answered' },
    ]);
  });

  it('refuses an answer that does not apply', () => {
    const items = [yes('experiment-done', false), text('actual-outcome', 'good point')];
    expect(draft(experiment, ...items)).toEqual([
      { linkId: 'actual-outcome', problem: 'does not apply here: only when experiment-done = true' },
    ]);
  });

  it('counts a withheld answer as given, and leaves open what hangs on it', () => {
    const hidden = (linkId: string): AnswerItem => ({ linkId, answers: [], items: [] });
    const items = [
      integer('belief-before', 85),
      hidden('prediction'),
      integer('prediction-likelihood', 80),
      hidden('experiment-done'),
    ];
    const withheld = ['prediction', 'experiment-done'];
    expect(checkAnswers(experiment, items, { complete: true, withheld })).toEqual([]);
    expect(checkAnswers(experiment, [...items, text('actual-outcome', 'x')], { complete: true, withheld })).toEqual([]);
    expect(checkAnswers(experiment, items, { complete: true })).not.toEqual([]);
  });

  it('asks for what is required in a repetition, and reads conditions inside the same one', () => {
    const high = reading('r1', integer('pain', 8), text('relief', 'a walk'));
    const low = reading('r2', integer('pain', 2));
    expect(draft(painDiary, high, low)).toEqual([]);
    expect(draft(painDiary, high, reading('r2', integer('pain', 2), text('relief', 'a walk')))).toEqual([
      { linkId: 'relief', problem: 'does not apply here: only when pain > 5' },
    ]);
    const without = [reading('r1', text('relief', 'x'))];
    expect(checkAnswers(painDiary, without, { complete: true }).map(({ linkId }) => linkId)).toEqual([
      'pain',
      'relief',
    ]);
  });

  it('wants repetitions told apart', () => {
    const pain = integer('pain', 2);
    expect(draft(painDiary, reading(undefined, pain))).toHaveLength(1);
    expect(draft(painDiary, reading('much-too-long', pain))).toHaveLength(1);
    expect(draft(painDiary, reading('r1', pain), reading('r1', pain))).toEqual([
      { linkId: 'reading', problem: 'has two repetitions with one id' },
    ]);
  });

  it('wants the question above answered first', () => {
    const below: AnswerItem = { linkId: 'cause', answers: [], items: [yes('cause-sure')] };
    expect(draft(painDiary, below)).toEqual([
      { linkId: 'cause', problem: 'must be answered, because items below it are' },
    ]);
    expect(draft(painDiary, answer('cause', { type: 'string', value: 'rain' }, [yes('cause-sure')]))).toEqual([]);
  });
});

it.each([
  [-2_147_483_648, true],
  [2_147_483_647, true],
  [-2_147_483_649, false],
  [2_147_483_648, false],
])('takes the whole numbers that FHIR can hold: %i', (value, taken) => {
  const questionnaire = {
    resourceType: 'Questionnaire',
    status: 'active',
    item: [{ linkId: 'n', type: 'integer' }],
  } as const;
  const issues = checkAnswers({ ...questionnaire, item: [...questionnaire.item] }, [integer('n', value)], {
    complete: false,
  });
  expect(issues).toEqual(taken ? [] : [{ linkId: 'n', problem: 'must be a whole number' }]);
});

describe('isEnabled', () => {
  const given: AnswerItem[] = [
    integer('n', 5),
    yes('b'),
    answer('d', { type: 'date', value: '2026-03-02' }),
    { linkId: 'p', answers: [place('home'), place('work')], items: [] },
  ];
  const code = (value: string) => ({ system: 'https://example.org/fhir/CodeSystem/place', code: value });

  it.each<[QuestionnaireItemEnableWhen, 'yes' | 'no']>([
    [{ question: 'n', operator: '=', answerInteger: 5 }, 'yes'],
    [{ question: 'n', operator: '=', answerInteger: 6 }, 'no'],
    [{ question: 'n', operator: '!=', answerInteger: 6 }, 'yes'],
    [{ question: 'n', operator: '!=', answerInteger: 5 }, 'no'],
    [{ question: 'n', operator: '>', answerDecimal: 4.5 }, 'yes'],
    [{ question: 'n', operator: '>', answerInteger: 5 }, 'no'],
    [{ question: 'n', operator: '>=', answerInteger: 5 }, 'yes'],
    [{ question: 'n', operator: '>=', answerInteger: 6 }, 'no'],
    [{ question: 'n', operator: '<', answerInteger: 6 }, 'yes'],
    [{ question: 'n', operator: '<', answerInteger: 5 }, 'no'],
    [{ question: 'n', operator: '<=', answerInteger: 5 }, 'yes'],
    [{ question: 'n', operator: '<=', answerInteger: 4 }, 'no'],
    [{ question: 'b', operator: '=', answerBoolean: true }, 'yes'],
    [{ question: 'd', operator: '>', answerDate: '2026-03-01' }, 'yes'],
    [{ question: 'd', operator: '<', answerDate: '2026-03-01' }, 'no'],
    [{ question: 'p', operator: '=', answerCoding: code('work') }, 'yes'],
    [{ question: 'p', operator: '!=', answerCoding: code('work') }, 'no'],
    [{ question: 'p', operator: '=', answerCoding: { code: 'work' } }, 'no'],
    [{ question: 'n', operator: 'exists', answerBoolean: true }, 'yes'],
    [{ question: 'gone', operator: 'exists', answerBoolean: false }, 'yes'],
    [{ question: 'gone', operator: '!=', answerInteger: 1 }, 'no'],
    [{ question: 'gone', operator: '<=', answerInteger: 1 }, 'no'],
    [{ question: 'b', operator: '>=', answerInteger: 0 }, 'no'],
  ])('%j is %s', (condition, enabled) => {
    expect(isEnabled({ linkId: 'x', type: 'text', enableWhen: [condition] }, [given])).toBe(enabled);
  });

  it('joins conditions by enableBehavior', () => {
    const enableWhen: QuestionnaireItemEnableWhen[] = [
      { question: 'n', operator: '=', answerInteger: 5 },
      { question: 'n', operator: '=', answerInteger: 6 },
    ];
    expect(isEnabled({ linkId: 'x', type: 'text', enableWhen, enableBehavior: 'any' }, [given])).toBe('yes');
    expect(isEnabled({ linkId: 'x', type: 'text', enableWhen, enableBehavior: 'all' }, [given])).toBe('no');
    const hidden = new Set(['gone']);
    const open: QuestionnaireItemEnableWhen = { question: 'gone', operator: '=', answerInteger: 1 };
    const item = { linkId: 'x', type: 'text', enableBehavior: 'all' } as const;
    expect(isEnabled({ ...item, enableWhen: [open] }, [given], hidden)).toBe('unknown');
    expect(isEnabled({ ...item, enableWhen: [open, ...enableWhen] }, [given], hidden)).toBe('no');
  });
});

import { describe, expect, it } from 'vitest';
import type { AnswerItem, AnswerValue } from '../../../src/homework/log/answer.ts';
import type { AskedWhen } from '../../../src/homework/log/is-asked.ts';
import type { ScoreCalculation, ScoreDeclaration } from '../../../src/homework/log/score.ts';
import { isScoreWithheld, scoreOf } from '../../../src/homework/log/score-of.ts';

/** Oracle: docs/engines/scores.md; every expected value is worked out by hand. */
const range = { least: -1000, most: 100_000 };
const score = (calculation: ScoreCalculation, more: Partial<ScoreDeclaration> = {}): ScoreDeclaration => ({
  ...{ linkId: 'score', label: 'Score', code: { system: 'urn:s', code: 'score', display: 'Score' } },
  ...{ calculation, range, higherIs: 'worse' },
  ...more,
});
const often = { never: 0, some: 1, half: 2, daily: 3 };
const form = (asked: Record<string, readonly AskedWhen[]> = {}): NonNullable<ScoreDeclaration['form']> => ({
  points: { a: often, b: often, c: often, d: often, many: { x: 1, y: 1, z: 2 } },
  asked,
  around: {},
});

type Given = AnswerValue | readonly AnswerValue[] | undefined;
const whole = (value: number): AnswerValue => ({ type: 'integer', value });
const decimal = (value: number): AnswerValue => ({ type: 'decimal', value });
const option = (code: string): AnswerValue => ({ type: 'coding', value: { system: 'urn:o', code } });
const clock = (value: string): AnswerValue => ({ type: 'time', value: `${value}:00` });
const moment = (value: string): AnswerValue => ({ type: 'dateTime', value: new Date(value).toISOString() });
const said = (value: boolean): AnswerValue => ({ type: 'boolean', value });
const amount = (value: number, code?: string): AnswerValue => ({
  type: 'quantity',
  value: { value, ...(code !== undefined && { code }) },
});
const answered = (given: Record<string, Given>): AnswerItem[] =>
  Object.entries(given).flatMap(([linkId, answer]) => {
    if (answer === undefined) return [];
    return [{ linkId, answers: 'type' in answer ? [answer] : [...answer], items: [] }];
  });
const value = (declaration: ScoreDeclaration, given: Record<string, Given>, more: readonly ScoreDeclaration[] = []) =>
  scoreOf(declaration, { items: answered(given), scores: [declaration, ...more] });

const abc = ['a', 'b', 'c'] as const;
const sum = score({ type: 'sum', linkIds: abc }, { form: form() });
const mean = score({ type: 'mean', linkIds: abc });
const prorated = score({ type: 'sum', linkIds: ['a', 'b', 'c', 'd'], prorate: 1 }, { form: form() });
const proratedMean = score({ type: 'mean', linkIds: abc, prorate: 1 });
const count = score({ type: 'count', linkIds: abc, atLeast: 2 });
const between = score({ type: 'minutes-between', from: 'a', to: 'b' });
const less = score({ type: 'less', of: 'a', less: ['b', 'c'] }, { unit: 'min' });
const percent = score({ type: 'percent', of: 'a', in: 'b' });
const scaled = score({ type: 'scaled', of: 'a', times: 4, plus: 0 });

describe('a score', () => {
  it.each<[name: string, declaration: ScoreDeclaration, given: Record<string, Given>, value: number | undefined]>([
    ['sum of options by their figures', sum, { a: option('never'), b: option('daily'), c: option('half') }, 5],
    ['sum of numbers', sum, { a: whole(7), b: whole(0), c: decimal(2.5) }, 9.5],
    ['sum of nothing but zeros', sum, { a: whole(0), b: whole(0), c: whole(0) }, 0],
    ['sum of binary fractions', sum, { a: decimal(0.1), b: decimal(0.2), c: whole(0) }, 0.3],
    ['sum of yes and no', sum, { a: said(true), b: said(false), c: said(true) }, 2],
    ['sum with one missing', sum, { a: option('never'), b: option('daily') }, undefined],
    ['sum of an empty log', sum, {}, undefined],
    ['option without a figure', sum, { a: option('not-applicable'), b: option('daily'), c: option('half') }, undefined],
    ['text', sum, { a: { type: 'string', value: '3' }, b: whole(1), c: whole(1) }, undefined],
    ['date', sum, { a: { type: 'date', value: '2026-03-02' }, b: whole(1), c: whole(1) }, undefined],
    [
      'options of a form that gives no figures',
      { ...sum, form: { points: {}, asked: {}, around: {} } },
      { a: option('never'), b: option('daily'), c: option('half') },
      undefined,
    ],
    [
      'several answers to one item',
      score({ type: 'sum', linkIds: ['many'] }, { form: form() }),
      { many: [option('x'), option('z')] },
      3,
    ],
    [
      'several answers, one without a figure',
      score({ type: 'sum', linkIds: ['many'] }, { form: form() }),
      { many: [option('x'), option('q')] },
      undefined,
    ],
    ['mean, one decimal', mean, { a: whole(5), b: whole(6), c: whole(6) }, 5.7],
    ['mean, rounded down', mean, { a: whole(5), b: whole(5), c: whole(6) }, 5.3],
    ['mean, half up', score({ type: 'mean', linkIds: ['a', 'b'] }), { a: decimal(0.2), b: decimal(0.3) }, 0.3],
    ['mean, whole', mean, { a: whole(10), b: whole(10), c: whole(10) }, 10],
    ['mean of 0', mean, { a: whole(0), b: whole(0), c: whole(0) }, 0],
    ['mean with one missing', mean, { a: whole(5), b: whole(6) }, undefined],
    ['mean over repetitions', score({ type: 'mean', linkIds: ['a'] }), { a: [whole(4), whole(5)] }, 4.5],
    ['prorated, all there', prorated, { a: whole(1), b: whole(1), c: whole(2), d: whole(3) }, 7],
    ['prorated, one missing: 4 × 4 ÷ 3 = 5.33', prorated, { a: whole(1), b: whole(1), c: whole(2) }, 5],
    ['prorated, one missing: 5 × 4 ÷ 3 = 6.67', prorated, { a: whole(1), b: whole(2), d: whole(2) }, 7],
    ['prorated, two missing', prorated, { a: whole(1), b: whole(1) }, undefined],
    ['prorated, all missing', score({ type: 'sum', linkIds: ['a'], prorate: 1 }), {}, undefined],
    [
      'prorated, half up: 3 × 3 ÷ 2 = 4.5',
      score({ type: 'sum', linkIds: ['a', 'b', 'c'], prorate: 1 }),
      { a: whole(1), b: whole(2) },
      5,
    ],
    ['prorated mean', proratedMean, { a: whole(4), c: whole(7) }, 5.5],
    ['prorated mean, two missing', proratedMean, { c: whole(7) }, undefined],
    ['count', count, { a: whole(2), b: whole(1), c: whole(4) }, 2],
    ['count of none', count, { a: whole(0), b: whole(1), c: whole(1) }, 0],
    ['count with one missing', count, { a: whole(2), b: whole(2) }, undefined],
    [
      'count in a repeated item',
      score({ type: 'count', linkIds: ['a'], atLeast: 2 }),
      { a: [whole(1), whole(2), whole(3)] },
      2,
    ],
    ['scaled', scaled, { a: whole(13) }, 52],
    ['scaled and moved', score({ type: 'scaled', of: 'a', times: 0.1, plus: 3 }), { a: whole(3) }, 3.3],
    ['scaled of nothing', scaled, {}, undefined],
    ['minutes within a day', between, { a: clock('08:15'), b: clock('09:00') }, 45],
    ['minutes over midnight', between, { a: clock('23:30'), b: clock('06:45') }, 435],
    ['minutes from midnight', between, { a: clock('00:00'), b: clock('00:20') }, 20],
    ['minutes to midnight', between, { a: clock('23:40'), b: clock('00:00') }, 20],
    ['the same time', between, { a: clock('23:30'), b: clock('23:30') }, 0],
    ['a minute less than a day', between, { a: clock('10:00'), b: clock('09:59') }, 1439],
    ['moments', between, { a: moment('2026-03-02T23:00:00-05:00'), b: moment('2026-03-03T07:00:00-05:00') }, 480],
    [
      'moments, the clock goes forward',
      between,
      { a: moment('2026-03-07T23:00:00-05:00'), b: moment('2026-03-08T07:00:00-04:00') },
      420,
    ],
    [
      'moments, the clock goes back',
      between,
      { a: moment('2026-10-31T23:00:00-04:00'), b: moment('2026-11-01T07:00:00-05:00') },
      540,
    ],
    ['moments over two days', between, { a: moment('2026-03-02T23:00:00Z'), b: moment('2026-03-04T23:00:00Z') }, 2880],
    [
      'moments, the later first',
      between,
      { a: moment('2026-03-03T07:00:00Z'), b: moment('2026-03-02T23:00:00Z') },
      undefined,
    ],
    ['a time and a moment', between, { a: clock('23:00'), b: moment('2026-03-03T07:00:00Z') }, undefined],
    ['a moment and a time', between, { a: moment('2026-03-03T07:00:00Z'), b: clock('23:00') }, undefined],
    ['one time alone', between, { a: clock('23:00') }, undefined],
    ['the other time alone', between, { b: clock('23:00') }, undefined],
    ['a time given twice', between, { a: [clock('23:00'), clock('23:30')], b: clock('07:00') }, undefined],
    ['what is left', less, { a: whole(480), b: whole(20), c: whole(40) }, 420],
    ['what is left, never below 0', less, { a: whole(30), b: whole(20), c: whole(40) }, 0],
    ['what is left of nothing', less, { b: whole(20), c: whole(40) }, undefined],
    ['what is left, one to take off missing', less, { a: whole(480), b: whole(20) }, undefined],
    ['what is left, hours in minutes', less, { a: amount(8, 'h'), b: amount(20, 'min'), c: amount(60, 's') }, 459],
    ['an amount without a code', less, { a: amount(8), b: whole(1), c: whole(1) }, 6],
    ['an amount in another unit', less, { a: amount(8, 'km'), b: whole(1), c: whole(1) }, undefined],
    ['naps taken off together', less, { a: whole(480), b: [whole(20), whole(30)], c: whole(0) }, 430],
    ['percent', percent, { a: whole(420), b: whole(480) }, 87.5],
    ['percent, one decimal, half up', percent, { a: whole(1), b: whole(16) }, 6.3],
    ['percent, just below', percent, { a: whole(8494), b: whole(10_000) }, 84.9],
    ['percent above 100', percent, { a: whole(30), b: whole(20) }, 150],
    ['percent of 0', percent, { a: whole(0), b: whole(0) }, undefined],
    ['percent, 0 of something', percent, { a: whole(0), b: whole(20) }, 0],
    ['percent of what is missing', percent, { a: whole(0) }, undefined],
    ['at the top of its range', { ...sum, range: { least: 0, most: 9 } }, { a: whole(3), b: whole(3), c: whole(3) }, 9],
    ['above its range', { ...sum, range: { least: 0, most: 9 } }, { a: whole(4), b: whole(3), c: whole(3) }, undefined],
    [
      'at the bottom of its range',
      { ...sum, range: { least: 3, most: 9 } },
      { a: whole(1), b: whole(1), c: whole(1) },
      3,
    ],
    ['below its range', { ...sum, range: { least: 3, most: 9 } }, { a: whole(0), b: whole(1), c: whole(1) }, undefined],
    [
      'whole numbers that are options',
      { ...sum, form: { ...form(), points: { a: { 1: 10 } } } },
      { a: whole(1), b: whole(1), c: whole(1) },
      12,
    ],
  ])('%s', (_name, declaration, given, expected) => {
    expect(value(declaration, given)).toBe(expected);
  });

  it('reads answers however deep they stand', () => {
    const items: AnswerItem[] = [
      { linkId: 'g', answers: [], items: answered({ a: option('half') }) },
      { linkId: 'b', answers: [option('some')], items: answered({ c: option('daily') }) },
    ];
    expect(scoreOf(sum, { items, scores: [] })).toBe(6);
  });

  it('is made of other scores, in any order, and has no value in a circle', () => {
    const inBed = { ...between, linkId: 'in-bed' };
    const asleep = { ...score({ type: 'less', of: 'in-bed', less: ['c'] }), linkId: 'asleep' };
    const share = { ...score({ type: 'percent', of: 'asleep', in: 'in-bed' }), linkId: 'share' };
    const night = { a: clock('23:00'), b: clock('07:00'), c: whole(48) };
    expect(value(share, night, [asleep, inBed])).toBe(90);
    expect(value(share, { ...night, c: undefined }, [asleep, inBed])).toBe(undefined);
    // what lies outside of its own range is no part of another
    expect(value(share, night, [asleep, { ...inBed, range: { least: 0, most: 400 } }])).toBe(undefined);
    const first = { ...scaled, linkId: 'a', calculation: { type: 'scaled', of: 'b', times: 1, plus: 1 } } as const;
    const second = { ...scaled, linkId: 'b', calculation: { type: 'scaled', of: 'a', times: 1, plus: 1 } } as const;
    expect(value(first, {}, [second])).toBe(undefined);
  });
});

describe('an item that is not asked', () => {
  const when = (operator: AskedWhen['conditions'][number]['operator'], asks: number | boolean | string | undefined) => [
    { behavior: 'all', conditions: [{ question: 'gate', operator, value: asks }] } as const,
  ];
  const gated = (asked: readonly AskedWhen[], calculation: ScoreCalculation = { type: 'sum', linkIds: abc }) =>
    score(calculation, { form: form({ c: asked }) });

  it.each<[name: string, asked: readonly AskedWhen[], gate: Given, value: number | undefined]>([
    ['adds nothing', when('>', 0), whole(0), 3],
    ['is missing when it is asked', when('>', 0), whole(1), undefined],
    ['adds nothing when its question is unanswered', when('>', 0), undefined, 3],
    ['by yes', when('=', true), said(false), 3],
    ['by yes, asked', when('=', true), said(true), undefined],
    ['by an option', when('=', 'x'), option('y'), 3],
    ['by an option, asked', when('=', 'x'), option('x'), undefined],
    ['by not an option', when('!=', 'x'), option('x'), 3],
    ['by not an option, asked', when('!=', 'x'), option('y'), undefined],
    ['by one of several options', when('=', 'x'), [option('y'), option('x')], undefined],
    ['by an answer', when('exists', true), undefined, 3],
    ['by an answer, asked', when('exists', true), whole(4), undefined],
    ['by no answer', when('exists', false), whole(4), 3],
    ['by no answer, asked', when('exists', false), undefined, undefined],
    ['below', when('<', 2), whole(2), 3],
    ['below, asked', when('<', 2), whole(1), undefined],
    ['at least', when('>=', 2), whole(1), 3],
    ['at least, asked', when('>=', 2), whole(2), undefined],
    ['at most', when('<=', 2), whole(3), 3],
    ['at most, asked', when('<=', 2), whole(2), undefined],
    ['more, asked', when('>', 2), whole(3), undefined],
    ['more, not asked', when('>', 2), whole(2), 3],
    ['when it can’t be told: as if asked', when('>', undefined), clock('08:00'), undefined],
  ])('%s', (_name, asked, gate, expected) => {
    expect(value(gated(asked), { gate, a: whole(1), b: whole(2) })).toBe(expected);
  });

  it('stands outside of a mean, a count and what may be missing, and takes off nothing', () => {
    const asked = when('>', 0);
    const given = { gate: whole(0), a: whole(4), b: whole(2) };
    expect(value(gated(asked, { type: 'mean', linkIds: abc }), given)).toBe(3);
    expect(value(gated(asked, { type: 'count', linkIds: abc, atLeast: 3 }), given)).toBe(1);
    expect(value(gated(asked, { type: 'less', of: 'a', less: ['b', 'c'] }), given)).toBe(2);
    expect(value(gated(asked, { type: 'less', of: 'c', less: ['a'] }), given)).toBe(undefined);
    expect(value(gated(asked, { type: 'scaled', of: 'c', times: 1, plus: 0 }), given)).toBe(undefined);
    // one is missing beside: 6 × 3 ÷ 2, the fourth is none of them
    const four = gated(asked, { type: 'sum', linkIds: ['a', 'b', 'c', 'd'], prorate: 1 });
    expect(value(four, given)).toBe(9);
    expect(value(gated(asked, { type: 'mean', linkIds: ['c'] }), given)).toBe(undefined);
    expect(value(gated(asked, { type: 'sum', linkIds: ['c'] }), given)).toBe(0);
  });

  it('needs all of its conditions, or any; and those of the groups around it', () => {
    const both = (behavior: AskedWhen['behavior']): AskedWhen[] => [
      {
        behavior,
        conditions: [
          { question: 'gate', operator: '=', value: 1 },
          { question: 'door', operator: '=', value: 1 },
        ],
      },
    ];
    const given = { a: whole(1), b: whole(2), gate: whole(1), door: whole(0) };
    expect(value(gated(both('all')), given)).toBe(3);
    expect(value(gated(both('any')), given)).toBe(undefined);
    expect(value(gated(both('any')), { ...given, gate: whole(0) })).toBe(3);
    expect(value(gated([...both('any'), ...when('=', 2)]), given)).toBe(3);
  });
});

describe('a withheld part', () => {
  const items = answered({ a: option('some'), b: option('half'), c: option('daily'), gate: whole(1) });
  const shown = (
    declaration: ScoreDeclaration,
    withheld: readonly string[],
    scores: readonly ScoreDeclaration[] = [],
  ) => {
    const context = { items, withheld, scores: [declaration, ...scores] };
    const shared = scoreOf(declaration, context);
    expect(isScoreWithheld(declaration, context)).toBe(shared === undefined);
    return shared;
  };

  it('hides the score from others, and not from the patient', () => {
    expect(shown(sum, [])).toBe(6);
    for (const linkId of abc) expect(shown(sum, [linkId])).toBe(undefined);
    expect(shown(sum, ['gate'])).toBe(6);
    expect(scoreOf(sum, { items, scores: [] })).toBe(6);
  });

  it('hides it where a group around is withheld, also where the answers are not at hand', () => {
    const grouped = [{ linkId: 'g', answers: [], items }];
    expect(scoreOf(sum, { items: grouped, withheld: ['g'], scores: [] })).toBe(undefined);
    const placed = { ...sum, form: { ...form(), around: { a: ['g'] } } };
    expect(shown(placed, ['g'])).toBe(undefined);
  });

  it('hides it where it decides whether a part is asked', () => {
    const asked = [{ behavior: 'all', conditions: [{ question: 'gate', operator: '>', value: 0 }] } as const];
    expect(shown({ ...sum, form: form({ c: asked }) }, ['gate'])).toBe(undefined);
    expect(shown({ ...sum, form: { ...form({ c: asked }), around: { gate: ['g'] } } }, ['g'])).toBe(undefined);
  });

  it('hides all that is made of it, and is not made up for by prorating', () => {
    const doubled = { ...score({ type: 'scaled', of: 'score', times: 2, plus: 0 }), linkId: 'doubled' };
    expect(shown(doubled, [], [sum])).toBe(12);
    expect(shown(doubled, ['b'], [sum])).toBe(undefined);
    const lenient = score({ type: 'sum', linkIds: abc, prorate: 1 }, { form: form() });
    expect(shown(lenient, ['b'])).toBe(undefined);
  });
});

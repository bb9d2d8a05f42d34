import { describe, expect, it } from 'vitest';
import type { UnlockCriterion } from '../../../src/homework/model.ts';
import type { FormReadings, ReadingRange } from '../../../src/homework/plan/form-readings.ts';
import { reachIssues } from '../../../src/homework/plan/reach-issues.ts';
import fc from '../../fast-check.ts';

const ranges: Readonly<Record<string, ReadingRange | undefined>> = {
  suds: { least: 0, most: 100 },
  after: { least: 0, most: 100 },
  'scale-from-one': { least: 1, most: 10 },
  'at-least-20': { least: 20 },
  any: {},
  minutes: { least: 10, most: 60 },
  done: { least: 0, most: 30 },
  'done-least': { least: 30, most: 90 },
  none: { least: 0, most: 0 },
  total: { least: 0, most: 27 },
  words: undefined,
};
const form: FormReadings = {
  rangeOf: (linkId) => ranges[linkId],
  isScore: (linkId) => linkId === 'total',
  asksPrediction: false,
};
const refused = (criterion: UnlockCriterion, asked = form) =>
  reachIssues(criterion, 'unlock.criterion', asked).map(({ path }) => path.replace('unlock.criterion.', ''));

const reached = (linkId: string, comparator: '<=' | '>=', value: number): UnlockCriterion => ({
  ...{ type: 'measure-reached', linkId, comparator, value },
});
const score = (value: number, name = 'total', comparator: '<=' | '>=' = '>='): UnlockCriterion => ({
  ...{ type: 'score-reached', score: name, comparator, value },
});
const changed = (by: number, name = 'total'): UnlockCriterion => ({
  ...{ type: 'score-changed', score: name, by, direction: 'down' },
});
const fell = (peak: string, after: string, fall: { by: number } | { toPercent: number }): UnlockCriterion => ({
  ...{ type: 'fell-within-log', peak, after, fall },
});
const quota = (planned: string, actual: string, from: number, to: number): UnlockCriterion => ({
  ...{ type: 'quota-kept', planned, actual, from, to, days: 5, of: 7 },
});
const mean = (value: number): UnlockCriterion => ({
  ...{ type: 'mean-of-days', linkId: 'suds', comparator: '>=', value, days: 7, atLeast: 3 },
});
const row = (value: number): UnlockCriterion => ({
  ...{ type: 'in-a-row', linkId: 'suds', comparator: '>=', value, count: 2 },
});

describe('what no answer to the form could meet is refused by its field', () => {
  it.each<[UnlockCriterion, readonly string[]]>([
    [reached('suds', '>=', 500), ['value']],
    [reached('suds', '>=', 100), []],
    [reached('suds', '>=', 100.1), ['value']],
    [reached('suds', '<=', -1), ['value']],
    [reached('suds', '<=', 0), []],
    // what everybody who answers meets is not refused
    [reached('suds', '>=', 0), []],
    [reached('suds', '<=', 500), []],
    [reached('scale-from-one', '<=', 0), ['value']],
    [reached('at-least-20', '>=', 1_000_000), []],
    [reached('at-least-20', '<=', 19), ['value']],
    [reached('any', '>=', 1_000_000), []],
    [reached('words', '>=', 1), ['linkId']],
    [row(101), ['value']],
    [row(100), []],
    [mean(101), ['value']],
    [mean(100), []],
    [{ type: 'measure-fell', linkId: 'suds', by: 101 }, ['by']],
    [{ type: 'measure-fell', linkId: 'suds', by: 100 }, []],
    [{ type: 'measure-fell', linkId: 'scale-from-one', by: 10 }, ['by']],
    [{ type: 'measure-fell', linkId: 'at-least-20', by: 1_000 }, []],
    [{ type: 'measure-fell', linkId: 'words', by: 1 }, ['linkId']],
    // a score that stands for an item where one names an item
    [reached('total', '>=', 28), ['value']],
    [reached('total', '>=', 27), []],
    [score(28), ['value']],
    [score(27), []],
    [score(-1, 'total', '<='), ['value']],
    [score(3, 'suds'), ['score']],
    [score(3, 'words'), ['score']],
    [changed(28), ['by']],
    [changed(27), []],
    [changed(3, 'suds'), ['score']],
    [fell('suds', 'after', { by: 101 }), ['fall.by']],
    [fell('suds', 'after', { by: 100 }), []],
    [fell('suds', 'at-least-20', { by: 81 }), ['fall.by']],
    [fell('suds', 'at-least-20', { by: 80 }), []],
    [fell('suds', 'at-least-20', { toPercent: 19 }), ['fall.toPercent']],
    [fell('suds', 'at-least-20', { toPercent: 20 }), []],
    [fell('none', 'after', { toPercent: 50 }), ['fall.toPercent']],
    [fell('suds', 'any', { toPercent: 0 }), []],
    [fell('words', 'words', { by: 1 }), ['peak', 'after']],
    [quota('minutes', 'done', 301, 400), ['from']],
    [quota('minutes', 'done', 300, 400), []],
    [quota('done', 'minutes', 500, 600), []],
    [quota('minutes', 'done-least', 0, 49), ['to']],
    [quota('minutes', 'done-least', 0, 50), []],
    [quota('none', 'done', 80, 120), ['planned']],
    [quota('minutes', 'words', 80, 120), ['actual']],
    [{ type: 'prediction-not-true', count: 1 }, ['type']],
    [{ type: 'logs-done', count: 1 }, []],
    [{ type: 'behaviour-done' }, []],
    [{ type: 'clinician-approves' }, []],
  ])('%j: %j', (criterion, fields) => {
    expect(refused(criterion)).toEqual(fields);
  });

  it('asks for a prediction where the form does', () => {
    expect(refused({ type: 'prediction-not-true', count: 1 }, { ...form, asksPrediction: true })).toEqual([]);
  });

  it('and nothing that two numbers in range could make a quota of', () => {
    const whole = (most: number) => fc.integer({ min: 0, max: most });
    const range = fc.tuple(whole(50), whole(50)).map(([a, b]) => ({ least: Math.min(a, b), most: Math.max(a, b) }));
    fc.assert(
      fc.property(
        range,
        range,
        whole(200),
        whole(200),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (p, a, x, y, at) => {
          const [from, to] = [Math.min(x, y), Math.max(x, y)];
          const planned = p.least + Math.round((p.most - p.least) * at);
          const actual = a.least + Math.round((a.most - a.least) * (1 - at));
          const kept = planned > 0 && actual * 100 >= from * planned && actual * 100 <= to * planned;
          const asked = { ...form, rangeOf: (linkId: string) => (linkId === 'p' ? p : a) };
          if (kept) expect(refused(quota('p', 'a', from, to), asked)).toEqual([]);
        },
      ),
    );
  });
});

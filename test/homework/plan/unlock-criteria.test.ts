import { describe, expect, it } from 'vitest';
import type { HomeworkRules } from '../../../src/homework/homework-rules.ts';
import type { AnswerItem, Log, PlanState, UnlockCriterion, UnlockRule } from '../../../src/homework/model.ts';
import { unlockAllows } from '../../../src/homework/plan/unlock-allows.ts';
import type { SimpleRule } from '../../../src/homework/plan/unlock-rule.ts';
import { aState, aStep, aStoredLog } from '../a-state.ts';
import { answers } from '../build-plan.ts';

const at = '2026-03-31T15:00:00.000Z';
const rules: HomeworkRules = {
  behaviourLinkId: () => 'done',
  safetyOf: () => [],
  predictionTold: (questionnaire) =>
    questionnaire.endsWith('|2.0.0') ? { linkId: 'came-true', notTrue: ['no', false] } : undefined,
  scoresOf: () => [
    {
      ...{ linkId: 'total', label: 'Total', code: { system: 's', code: 'total', display: 'Total' } },
      ...{ calculation: { type: 'sum', linkIds: ['q1', 'q2'] }, range: { least: 0, most: 54 }, higherIs: 'worse' },
    },
  ],
};

type Values = Parameters<typeof answers>[0];
const log = (performedAt: string, values: Values | readonly AnswerItem[], changes: Partial<Log> = {}): Log =>
  aStoredLog({
    ...{
      id: `l-${performedAt}-${JSON.stringify(values)}`,
      performedAt,
      questionnaire: 'https://example.org/Questionnaire/x|2.0.0',
    },
    items: Array.isArray(values) ? values : answers(Object.fromEntries(Object.entries(values))),
    ...changes,
  });
/** At 3 in the afternoon of a day of March in New York. */
const on = (day: number, values: Values | readonly AnswerItem[], changes: Partial<Log> = {}): Log =>
  log(`2026-03-${String(day).padStart(2, '0')}T19:00:00.000Z`, values, changes);

const stateWith = (logs: readonly Log[], changes: Partial<PlanState> = {}): PlanState =>
  aState({ assignments: [aStep({ id: 'a-1', key: 'one' })], logs, ...changes });
const holds = (criterion: UnlockCriterion, logs: readonly Log[], changes: Partial<PlanState> = {}): boolean =>
  unlockAllows(stateWith(logs, changes), { unlock: { type: 'after', after: 'one', criterion } }, { rules, at });

describe('within one log', () => {
  const by = (points: number): UnlockCriterion => ({
    type: 'fell-within-log',
    peak: 'peak',
    after: 'after',
    fall: { by: points },
  });
  const to = (toPercent: number): UnlockCriterion => ({
    type: 'fell-within-log',
    peak: 'peak',
    after: 'after',
    fall: { toPercent },
  });
  it.each<[string, UnlockCriterion, readonly Log[], boolean]>([
    ['exactly as much', by(20), [on(2, { peak: 60, after: 40 })], true],
    ['one less', by(20), [on(2, { peak: 60, after: 41 })], false],
    ['in one of several', by(20), [on(2, { peak: 60, after: 55 }), on(3, { peak: 60, after: 10 })], true],
    ['not from one log to another', by(20), [on(2, { peak: 60, after: 55 }), on(3, { peak: 20, after: 20 })], false],
    ['not without the peak', by(20), [on(2, { after: 10 })], false],
    ['not without what came after', by(20), [on(2, { peak: 90 })], false],
    ['to exactly half', to(50), [on(2, { peak: 61, after: 30 })], true],
    ['to half and a little', to(50), [on(2, { peak: 60, after: 31 })], false],
    ['to nothing', to(0), [on(2, { peak: 60, after: 0 })], true],
    ['not where there was no peak', to(50), [on(2, { peak: 0, after: 0 })], false],
    ['in a log beyond what was asked', by(20), [on(2, { peak: 60, after: 40 }, { resolution: 'extra' })], true],
    ['not in a draft', by(20), [on(2, { peak: 60, after: 40 }, { status: 'in-progress' })], false],
    ['not in one that was stopped', by(20), [on(2, { peak: 60, after: 40 }, { status: 'stopped' })], false],
    ['not in one that was taken back', by(20), [on(2, { peak: 60, after: 40 }, { status: 'entered-in-error' })], false],
    ['though it is kept to oneself', by(20), [on(2, { peak: 60, after: 40 }, { withheld: ['peak', 'after'] })], true],
  ])('it fell: %s', (_what, criterion, logs, expected) => {
    expect(holds(criterion, logs)).toBe(expected);
  });
});

describe('what was feared did not happen', () => {
  const coded = (code: string): AnswerItem[] => [
    { linkId: 'came-true', answers: [{ type: 'coding', value: { system: 's', code } }], items: [] },
  ];
  const times = (count: number): UnlockCriterion => ({ type: 'prediction-not-true', count });
  it.each<[string, number, readonly Log[], boolean]>([
    ['by a code', 1, [on(2, coded('no'))], true],
    ['by a no', 1, [on(2, { 'came-true': false })], true],
    ['not by a yes', 1, [on(2, { 'came-true': true })], false],
    ['not in part', 1, [on(2, coded('partly'))], false],
    ['not in words', 1, [on(2, { 'came-true': 'no' })], false],
    [
      'not by a version that does not ask',
      1,
      [on(2, coded('no'), { questionnaire: 'https://example.org/Questionnaire/x|1.0.0' })],
      false,
    ],
    ['often enough, though not in a row', 2, [on(2, coded('no')), on(3, coded('yes')), on(4, coded('no'))], true],
    ['once too few', 2, [on(2, coded('no')), on(3, {})], false],
    ['as it was put right', 1, [on(2, coded('no'), { status: 'amended' })], true],
  ])('%s', (_what, count, logs, expected) => {
    expect(holds(times(count), logs)).toBe(expected);
  });
});

describe('in a row', () => {
  const twice: UnlockCriterion = { type: 'in-a-row', linkId: 'peak', comparator: '<=', value: 30, count: 2 };
  it.each<[string, readonly Log[], boolean]>([
    ['the last two', [on(2, { peak: 90 }), on(3, { peak: 30 }), on(4, { peak: 12 })], true],
    ['not with one above', [on(2, { peak: 30 }), on(3, { peak: 31 })], false],
    ['not the two before the last', [on(2, { peak: 10 }), on(3, { peak: 10 }), on(4, { peak: 80 })], false],
    ['not where one in between says nothing', [on(2, { peak: 10 }), on(3, {}), on(4, { peak: 10 })], false],
    ['not by one alone', [on(2, { peak: 10 })], false],
    ['in the order in which it happened', [on(4, { peak: 10 }), on(2, { peak: 90 }), on(3, { peak: 10 })], true],
    [
      'a draft breaks no row',
      [on(2, { peak: 10 }), on(3, { peak: 90 }, { status: 'in-progress' }), on(4, { peak: 10 })],
      true,
    ],
    ['nothing', [], false],
  ])('%s', (_what, logs, expected) => {
    expect(holds(twice, logs)).toBe(expected);
  });
});

describe('the mean of the last days', () => {
  const week: UnlockCriterion = {
    type: 'mean-of-days',
    linkId: 'se',
    comparator: '>=',
    value: 85,
    days: 7,
    atLeast: 5,
  };
  const days = (...values: readonly (number | undefined)[]) =>
    values.flatMap((se, index) => (se === undefined ? [] : [on(index + 2, { se })]));
  it.each<[string, readonly Log[], boolean]>([
    ['exactly there', days(85, 85, 85, 85, 85), true],
    ['a little below', days(85, 85, 85, 85, 84), false],
    ['four days are too few', days(95, 95, 95, 95), false],
    ['five of seven, with gaps', days(90, undefined, 90, undefined, 90, 80, 80), true],
    ['an earlier week no longer counts', days(10, 10, 90, 90, 90, 90, 90, 90, 90), true],
    ['the first of seven still counts', days(10, 90, 90, 90, 90, 90, 90), false],
    ['the one before it does not', days(10, 90, 90, 90, 90, 90, 90, 90), true],
    [
      'a day weighs as one day, however often it was measured',
      [
        ...days(90, 90, 90, 90, 90),
        ...Array.from({ length: 9 }, (_, index) => log(`2026-03-06T1${index}:30:00.000Z`, { se: 60 })),
      ],
      false,
    ],
    ['days that end with the last reading, however long ago', days(85, 85, 85, 85, 85), true],
  ])('%s', (_what, logs, expected) => {
    expect(holds(week, logs)).toBe(expected);
  });

  it('counts a day from four to four, by the clock of the patient', () => {
    // 03:59 in New York is the evening before, 04:00 is the day
    const two: UnlockCriterion = { ...week, days: 2, atLeast: 2 };
    const early = (time: string) => [on(10, { se: 90 }), log(time, { se: 90 })];
    expect(holds(two, early('2026-03-11T07:59:00.000Z'))).toBe(false);
    expect(holds(two, early('2026-03-11T08:00:00.000Z'))).toBe(true);
    // the day on which clocks go forward, 8 March: four o'clock is an hour earlier in UTC
    const spring = (time: string) => [log('2026-03-07T20:00:00.000Z', { se: 90 }), log(time, { se: 90 })];
    expect(holds(two, spring('2026-03-08T07:59:00.000Z'))).toBe(false);
    expect(holds(two, spring('2026-03-08T08:00:00.000Z'))).toBe(true);
  });

  it('is read in the zone to which the plan has moved', () => {
    const two: UnlockCriterion = { ...week, days: 2, atLeast: 2 };
    const logs = [log('2026-03-10T20:00:00.000Z', { se: 90 }), log('2026-03-11T03:00:00.000Z', { se: 90 })];
    const { plan } = stateWith(logs);
    expect(holds(two, logs)).toBe(false);
    expect(holds(two, logs, { plan: { ...plan, timeZone: 'Europe/Berlin' } })).toBe(true);
  });
});

describe('a quota that is kept', () => {
  const quota: UnlockCriterion = {
    ...{ type: 'quota-kept', planned: 'planned', actual: 'actual', from: 80, to: 120, days: 5, of: 7 },
  };
  const week = (...shares: readonly (readonly [number, number] | undefined)[]) =>
    shares.flatMap((share, index) =>
      share === undefined ? [] : [on(index + 2, { planned: share[0], actual: share[1] })],
    );
  const kept = [20, 20] as const;
  it.each<[string, readonly Log[], boolean]>([
    ['on five of seven', week(kept, kept, [20, 5], [20, 40], kept, kept, kept), true],
    ['on four', week(kept, kept, [20, 5], [20, 40], kept, kept), false],
    ['at its lower edge', week([20, 16], [20, 16], [20, 16], [20, 16], [20, 16]), true],
    ['below it', week([20, 16], [20, 16], [20, 16], [20, 16], [20, 15]), false],
    ['at its upper edge', week([20, 24], [20, 24], [20, 24], [20, 24], [20, 24]), true],
    ['above it: too much is not kept', week([20, 24], [20, 24], [20, 24], [20, 24], [20, 25]), false],
    ['nothing planned is nothing kept', week([0, 0], [0, 0], [0, 0], [0, 0], [0, 0]), false],
    ['the eighth day back is out', week(kept, undefined, undefined, kept, kept, kept, undefined, kept), false],
    ['the seventh is in', week(kept, undefined, kept, kept, kept, undefined, kept), true],
    [
      'a day in two parts is one day',
      [...week(kept, kept, kept, kept), on(6, { planned: 10, actual: 2 }), on(6, { planned: 10, actual: 18 })],
      true,
    ],
    ['without what was planned it is no day', [...week(kept, kept, kept, kept), on(6, { actual: 20 })], false],
  ])('%s', (_what, logs, expected) => {
    expect(holds(quota, logs)).toBe(expected);
  });
});

describe('a score', () => {
  const reached: UnlockCriterion = { type: 'score-reached', score: 'total', comparator: '<=', value: 9 };
  const changed = (direction: 'down' | 'up'): UnlockCriterion => ({
    type: 'score-changed',
    score: 'total',
    by: 5,
    direction,
  });
  it.each<[string, UnlockCriterion, readonly Log[], boolean]>([
    [
      'in the last log that has it',
      reached,
      [on(2, { q1: 20, q2: 7 }), on(3, { q1: 4, q2: 5 }), on(4, { q1: 1 })],
      true,
    ],
    ['not in an earlier one', reached, [on(2, { q1: 4, q2: 5 }), on(3, { q1: 10, q2: 0 })], false],
    ['an incomplete one is none', reached, [on(2, { q1: 1 })], false],
    ['fell enough', changed('down'), [on(2, { q1: 10, q2: 10 }), on(3, { q1: 8, q2: 7 })], true],
    ['fell too little', changed('down'), [on(2, { q1: 10, q2: 10 }), on(3, { q1: 9, q2: 7 })], false],
    ['rose, where that is asked', changed('up'), [on(2, { q1: 1, q2: 1 }), on(3, { q1: 4, q2: 3 })], true],
    ['fell, where a rise is asked', changed('up'), [on(2, { q1: 10, q2: 10 }), on(3, { q1: 1, q2: 1 })], false],
    ['one alone says nothing', changed('down'), [on(2, { q1: 10, q2: 10 }), on(3, { q1: 1 })], false],
    [
      'stands for a question wherever one is named',
      { type: 'in-a-row', linkId: 'total', comparator: '<=', value: 9, count: 2 },
      [on(2, { q1: 4, q2: 5 }), on(3, { q1: 4, q2: 4 })],
      true,
    ],
  ])('%s', (_what, criterion, logs, expected) => {
    expect(holds(criterion, logs)).toBe(expected);
  });
});

it('reads quantities by their number, and allows for what calculating loses', () => {
  const minutes = (value: number): AnswerItem[] => [
    { linkId: 'minutes', answers: [{ type: 'quantity', value: { value, unit: 'min' } }], items: [] },
  ];
  expect(holds({ type: 'measure-reached', linkId: 'minutes', comparator: '>=', value: 20 }, [on(2, minutes(20))])).toBe(
    true,
  );
  const decimal = (value: number): AnswerItem[] => [{ linkId: 'x', answers: [{ type: 'decimal', value }], items: [] }];
  // 0.3 - 0.1 is 0.19999999999999998
  expect(holds({ type: 'measure-fell', linkId: 'x', by: 0.2 }, [on(2, decimal(0.3)), on(3, decimal(0.1))])).toBe(true);
});

describe('a day, and rules that are joined', () => {
  const onDate: SimpleRule = { type: 'on-date', date: '2026-03-10' };
  const done: SimpleRule = { type: 'after', after: 'one', criterion: { type: 'behaviour-done' } };
  const asks: SimpleRule = { type: 'after', after: 'one', criterion: { type: 'clinician-approves' } };
  const allows = (unlock: UnlockRule, when: string, logs: readonly Log[] = []) =>
    unlockAllows(stateWith(logs), { unlock }, { rules, at: when });
  const before = '2026-03-10T07:59:59.999Z';
  const begun = '2026-03-10T08:00:00.000Z';

  it('opens at four in the morning of the patient', () => {
    expect([allows(onDate, before), allows(onDate, begun)]).toEqual([false, true]);
  });

  it.each<[UnlockRule, boolean, boolean, boolean, boolean]>([
    [{ type: 'all', of: [onDate, done] }, false, false, false, true],
    [{ type: 'any', of: [onDate, done] }, false, true, true, true],
    [{ type: 'all', of: [done, asks] }, false, false, false, false],
    [{ type: 'any', of: [done, asks] }, false, true, false, true],
    [{ type: 'any', of: [onDate, asks] }, false, false, true, true],
  ])('%j', (unlock, neither, logged, day, both) => {
    const logs = [on(2, { done: true })];
    expect([
      allows(unlock, before),
      allows(unlock, before, logs),
      allows(unlock, begun),
      allows(unlock, begun, logs),
    ]).toEqual([neither, logged, day, both]);
  });
});

import { describe, expect, it } from 'vitest';
import type { HomeworkRules } from '../../../src/homework/homework-rules.ts';
import type { AnswerItem, AnswerValue, Log } from '../../../src/homework/model.ts';
import { noticeRisk } from '../../../src/homework/safety/notice-risk.ts';
import { isRiskAnswer, type SafetyDeclaration, type SafetyTest } from '../../../src/homework/safety/safety-signal.ts';
import { withThresholds } from '../../../src/homework/safety/with-thresholds.ts';
import { aRecord, aState, aStep, feb } from '../report/report-state.ts';

const number = (value: number): AnswerValue => ({ type: 'integer', value });
const item = (linkId: string, value: AnswerValue): AnswerItem => ({ linkId, answers: [value], items: [] });
const urge = (value: number | undefined): readonly AnswerItem[] =>
  value === undefined ? [] : [item('urge', number(value))];
const card = (day: number, value: number | undefined, changes: Partial<Log> = {}): Log =>
  aRecord({ id: `l${day}`, performedAt: feb(day), authored: feb(day), items: urge(value), ...changes });

const rules = (...declared: readonly SafetyDeclaration[]): HomeworkRules => ({
  behaviourLinkId: () => undefined,
  safetyOf: () => declared,
  scoresOf: () => [
    {
      ...{ linkId: 'total', label: 'Total', code: { system: 's', code: 'total', display: 'Total' } },
      ...{ calculation: { type: 'sum', linkIds: ['q1', 'q2'] }, range: { least: 0, most: 54 }, higherIs: 'worse' },
    },
  ],
});
const threshold: SafetyDeclaration = { rule: 'suicide-urge', linkId: 'urge', test: { type: 'at-least', value: 4 } };
const rise: SafetyDeclaration = { rule: 'sudden-rise', linkId: 'urge', test: { type: 'rise', by: 2 } };

/** What is noticed of the last of these logs, which was `before` when it was saved before. */
const noticed = (
  logs: readonly Log[],
  declared: readonly SafetyDeclaration[],
  before?: Log,
  anew?: readonly string[],
) =>
  noticeRisk(
    aState({ logs, assignments: [aStep(), aStep({ id: 'a2', kind: 'experiment' }), aStep({ id: 'a3' })] }),
    { logId: logs.at(-1)?.id ?? '', before, ...(anew === undefined ? {} : { anew }) },
    rules(...declared),
  ).noticed?.map((risk) => [risk.rule, risk.evidence.value, ...(risk.again ? ['again'] : [])]) ?? [];

describe('acted', () => {
  const acted: SafetyTest = { type: 'acted' };
  it.each<[AnswerValue, boolean]>([
    [{ type: 'boolean', value: true }, true],
    [{ type: 'boolean', value: false }, false],
    [number(1), true],
    [number(0), false],
    [{ type: 'decimal', value: 0.5 }, true],
    [{ type: 'quantity', value: { value: 2, unit: 'times' } }, true],
    [{ type: 'quantity', value: { value: 0, unit: 'times' } }, false],
    [{ type: 'string', value: 'yes' }, false],
  ])('%j: %s', (answer, is) => {
    expect(isRiskAnswer(answer, acted)).toBe(is);
  });
});

describe('a threshold', () => {
  it('is crossed at its value, and by every log anew', () => {
    expect(noticed([card(2, 3)], [threshold])).toEqual([]);
    expect(noticed([card(2, 4)], [threshold])).toEqual([['suicide-urge', 4]]);
    expect(noticed([card(2, 5), card(3, 4)], [threshold])).toEqual([['suicide-urge', 4]]);
  });

  it.each<[string, number, number, readonly string[] | undefined, readonly unknown[]]>([
    ['crossed', 3, 4, undefined, [['suicide-urge', 4]]],
    ['more', 4, 5, undefined, [['suicide-urge', 5]]],
    ['less, and still above', 5, 4, undefined, []],
    ['less, and given anew', 5, 4, ['urge'], [['suicide-urge', 4, 'again']]],
    ['the same', 4, 4, undefined, []],
    ['the same, given anew', 4, 4, ['urge'], [['suicide-urge', 4, 'again']]],
    ['below it', 5, 3, ['urge'], []],
  ])('of a log that is saved again: %s', (_what, was, is, anew, expected) => {
    expect(noticed([card(2, is)], [threshold], card(2, was), anew)).toEqual(expected);
  });

  it('is the plan’s own, where a setting says so', () => {
    const own: SafetyDeclaration = { ...threshold, test: { type: 'at-least', value: 4, setting: 'from' } };
    const ownRise: SafetyDeclaration = { ...rise, test: { type: 'rise', by: 2, setting: 'jump' } };
    expect(withThresholds([own, rise, ownRise], { from: 3, jump: 1 })).toEqual([
      { ...own, test: { type: 'at-least', value: 3, setting: 'from' } },
      rise,
      { ...ownRise, test: { type: 'rise', by: 1, setting: 'jump' } },
    ]);
    expect(withThresholds([own], { from: Number.NaN })).toEqual([own]);
    expect(withThresholds([own], { other: 1 })).toEqual([own]);
    const odd: SafetyDeclaration = { ...threshold, test: { type: 'at-least', value: 4, setting: 'constructor' } };
    expect(withThresholds([odd], {})).toEqual([odd]);
  });

  describe('that the plan has changed while a log was written', () => {
    const from = (value: number): SafetyDeclaration => ({
      ...threshold,
      test: { type: 'at-least', value, setting: 'from' },
    });
    const jump = (by: number): SafetyDeclaration => ({ ...rise, test: { type: 'rise', by, setting: 'jump' } });
    /** What is noticed of a log of the first form, whose step asks for the second by now. */
    const told = (
      [first, second]: readonly [readonly SafetyDeclaration[], readonly SafetyDeclaration[]],
      logs: readonly Log[],
      saved: { readonly before?: Log; readonly anew?: 'all' } = {},
    ) =>
      noticeRisk(
        aState({ logs, assignments: [aStep({ questionnaire: 'card|2' })] }),
        { logId: logs.at(-1)?.id ?? '', before: saved.before, ...(saved.anew === undefined ? {} : { anew: 'all' }) },
        { ...rules(), safetyOf: (questionnaire) => (questionnaire === 'card|2' ? second : first) },
      ).noticed?.map(({ rule, evidence }) => [rule, evidence.value]) ?? [];
    const old = (day: number, value: number) => card(day, value, { questionnaire: 'card|1' });

    it.each<[string, number, number, number, boolean]>([
      ['lowered: the lower one', 4, 2, 3, true],
      ['lowered: not below it', 4, 2, 1, false],
      ['lowered: the boundary counts', 4, 2, 2, true],
      ['raised: the lower one', 2, 4, 3, true],
      ['raised: not below it', 2, 4, 1, false],
    ])('is %s', (_what, was, is, value, isTold) => {
      expect(told([[from(was)], [from(is)]], [old(2, value)])).toEqual(isTold ? [['suicide-urge', value]] : []);
    });

    it('is told when the draft is sent, though it was saved with that answer before', () => {
      const draft = old(2, 3);
      expect(told([[from(4)], [from(2)]], [draft], { before: draft })).toEqual([]);
      expect(told([[from(4)], [from(2)]], [draft], { before: draft, anew: 'all' })).toEqual([['suicide-urge', 3]]);
      expect(told([[from(4)], [from(4)]], [draft], { before: draft, anew: 'all' })).toEqual([]);
    });

    it('of a rise is the smaller one', () => {
      expect(told([[jump(3)], [jump(1)]], [old(2, 1), old(3, 2)])).toEqual([['sudden-rise', 2]]);
      expect(told([[jump(1)], [jump(3)]], [old(2, 1), old(3, 2)])).toEqual([['sudden-rise', 2]]);
    });

    it('is its own where the new form says nothing of it, another setting, rule or question, or has no setting', () => {
      const others: readonly (readonly SafetyDeclaration[])[] = [
        [],
        [{ ...from(1), linkId: 'other' }],
        [{ ...from(1), rule: 'self-harm-urge' }],
        [{ ...from(1), test: { type: 'at-least', value: 1, setting: 'other' } }],
        [{ ...from(1), test: { type: 'at-least', value: 1 } }],
        [{ ...from(1), test: { type: 'rise', by: 1, setting: 'from' } }],
      ];
      for (const now of others) expect(told([[from(4)], now], [old(2, 3)]), JSON.stringify(now)).toEqual([]);
      expect(told([[threshold], [{ ...threshold, test: { type: 'at-least', value: 1 } }]], [old(2, 3)])).toEqual([]);
    });
  });

  it('is of a calculated score, too, whose value is told only where no part of it is withheld', () => {
    const high: SafetyDeclaration = { rule: 'high-score', linkId: 'total', test: { type: 'at-least', value: 20 } };
    const of = (q1: number, q2: number | undefined, withheld: readonly string[] = []) =>
      card(2, undefined, {
        items: [item('q1', number(q1)), ...(q2 === undefined ? [] : [item('q2', number(q2))])],
        withheld,
      });
    expect(noticed([of(10, 10)], [high])).toEqual([['high-score', 20]]);
    expect(noticed([of(10, 9)], [high])).toEqual([]);
    expect(noticed([of(20, undefined)], [high])).toEqual([]);
    expect(noticed([of(10, 10, ['q2'])], [high])).toEqual([['high-score', undefined]]);
    expect(noticed([of(10, 10, ['note'])], [high])).toEqual([['high-score', 20]]);
  });
});

describe('a sudden rise', () => {
  it.each<[string, readonly Log[], boolean]>([
    ['by exactly as much', [card(2, 1), card(3, 3)], true],
    ['by less', [card(2, 1), card(3, 2)], false],
    ['not by the first log', [card(3, 5)], false],
    ['since the log before, not since the first', [card(2, 0), card(3, 2), card(4, 3)], false],
    ['over logs that say nothing of it', [card(2, 1), card(3, undefined), card(4, 3)], true],
    ['not since a draft', [card(2, 3), card(3, 0, { status: 'in-progress' }), card(4, 3)], false],
    ['not since one that was taken back', [card(2, 3), card(3, 0, { status: 'entered-in-error' }), card(4, 3)], false],
    ['not since a later one', [card(2, 3), card(9, 0), card(5, 4)], false],
    ['not since a log of another kind', [card(2, 0, { assignmentId: 'a2' }), card(3, 3)], false],
    ['since a log of another step of this kind', [card(2, 0, { assignmentId: 'a3' }), card(3, 3)], true],
    ['of the same moment, since the one recorded before', [card(2, 1), card(3, 4, { performedAt: feb(2) })], true],
  ])('%s', (_what, logs, is) => {
    expect(noticed(logs, [rise]).map(([rule]) => rule)).toEqual(is ? ['sudden-rise'] : []);
  });

  it('is one of any version and any form of the kind, also of a plan’s own, which has a url of its own', () => {
    for (const questionnaire of ['diary|9.0.0', 'https://x/Questionnaire/diary-a1|1'])
      expect(noticed([card(2, 1, { questionnaire }), card(3, 4)], [rise])).toEqual([['sudden-rise', 4]]);
  });

  it('of calculated numbers is one by exactly as much, whatever a binary fraction adds', () => {
    const tenth: SafetyDeclaration = { ...rise, test: { type: 'rise', by: 0.3 } };
    const of = (day: number, value: number) =>
      card(day, undefined, { items: [item('urge', { type: 'decimal', value })] });
    expect(0.4 - 0.1).not.toBe(0.3);
    expect(noticed([of(2, 0.1), of(3, 0.4)], [tenth])).toEqual([['sudden-rise', 0.4]]);
    expect(noticed([of(2, 0.7), of(3, 1)], [tenth])).toEqual([['sudden-rise', 1]]);
  });

  it('tells no value where the reading before is withheld: it would tell that', () => {
    expect(noticed([card(2, 1, { withheld: ['urge'] }), card(3, 4)], [rise])).toEqual([['sudden-rise', undefined]]);
    expect(noticed([card(2, 1, { withheld: ['note'] }), card(3, 4)], [rise])).toEqual([['sudden-rise', 4]]);
    expect(noticed([card(2, 1), card(3, 4, { withheld: ['urge'] })], [rise])).toEqual([['sudden-rise', undefined]]);
    const total: SafetyDeclaration = { ...rise, linkId: 'total' };
    const of = (day: number, q1: number, withheld: readonly string[] = []) =>
      card(day, undefined, { items: [item('q1', number(q1)), item('q2', number(2))], withheld });
    expect(noticed([of(2, 1, ['q1']), of(3, 9)], [total])).toEqual([['sudden-rise', undefined]]);
    expect(noticed([of(2, 1, ['note']), of(3, 9, ['note'])], [total])).toEqual([['sudden-rise', 11]]);
  });

  it('stands beside a threshold', () => {
    expect(noticed([card(2, 1), card(3, 5)], [threshold, rise])).toEqual([
      ['suicide-urge', 5],
      ['sudden-rise', 5],
    ]);
    expect(noticed([card(2, 4), card(3, 5)], [threshold, rise])).toEqual([['suicide-urge', 5]]);
  });

  it('is noticed when an amendment makes it one, and not when it takes it back', () => {
    expect(noticed([card(2, 1), card(3, 3)], [rise], card(3, 2))).toEqual([['sudden-rise', 3]]);
    expect(noticed([card(2, 1), card(3, 2)], [rise], card(3, 3))).toEqual([]);
    expect(noticed([card(2, 1), card(3, 3)], [rise], card(3, 4))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { HomeworkRules } from '../../../src/homework/homework-rules.ts';
import type { AnswerItem, AnswerValue, Log, PlanState } from '../../../src/homework/model.ts';
import { noticeRisk } from '../../../src/homework/safety/notice-risk.ts';
import {
  isRiskAnswer,
  reportedRuleCodes,
  riskAnswer,
  type SafetyTest,
  safetyRuleCodes,
  safetyRules,
} from '../../../src/homework/safety/safety-signal.ts';
import { aRecord, aState, feb } from '../report/report-state.ts';

const item = (linkId: string, answers: readonly AnswerValue[], items: readonly AnswerItem[] = []): AnswerItem => ({
  ...{ linkId, answers, items },
});
const yes: AnswerValue = { type: 'boolean', value: true };
const urge = (value: number): AnswerValue => ({ type: 'integer', value });
const coded = (code: string): AnswerValue => ({ type: 'coding', value: { system: 's', code } });

describe('a risk answer', () => {
  const atLeast: SafetyTest = { type: 'at-least', value: 4 };
  const anyOf: SafetyTest = { type: 'any-of', codes: ['often', 'daily'] };
  it.each<[SafetyTest, AnswerValue, boolean]>([
    [{ type: 'yes' }, yes, true],
    [{ type: 'yes' }, { type: 'boolean', value: false }, false],
    [{ type: 'yes' }, { type: 'string', value: 'true' }, false],
    [{ type: 'yes' }, urge(1), false],
    [atLeast, urge(4), true],
    [atLeast, urge(5), true],
    [atLeast, urge(3), false],
    [atLeast, { type: 'decimal', value: 4 }, true],
    [atLeast, { type: 'decimal', value: 3.9 }, false],
    [atLeast, { type: 'string', value: '9' }, false],
    [anyOf, coded('daily'), true],
    [anyOf, coded('never'), false],
    [anyOf, { type: 'string', value: 'daily' }, false],
  ])('%j: %j is one: %s', (test, answer, is) => {
    expect(isRiskAnswer(answer, test)).toBe(is);
  });

  it('is the first of its item, however deep it stands and however often it is repeated', () => {
    const items = [
      item('other', [yes]),
      item('group', [], [item('q', [urge(1), urge(5)])]),
      item('q', [urge(9)], [item('q', [urge(8)])]),
    ];
    const found = (least: number, linkId = 'q') =>
      riskAnswer(items, { linkId, test: { type: 'at-least', value: least } });
    expect([4, 8, 6].map((least) => found(least))).toEqual([urge(5), urge(9), urge(9)]);
    expect([found(10), found(0, 'none')]).toEqual([undefined, undefined]);
  });

  it('raises one of twelve worries, each with its words; people report five of them', () => {
    expect(safetyRules).toEqual({
      'self-harm-thoughts': 'Thoughts of harming oneself',
      'harm-to-others': 'Thoughts of harming someone else',
      'harm-by-others': 'Harm by another person',
      'not-safe-now': 'Says they are not safe right now',
      'other-concern': "Concern for the patient's safety",
      'suicide-urge': 'Strong urge to end their life',
      'self-harm-urge': 'Strong urge to harm themself',
      'acted-on-self-harm': 'Acted on an urge to harm themself',
      'phq-item-9': 'PHQ-9, item 9: thoughts of being better off dead or of self-harm',
      'high-score': 'A score at or above its threshold',
      'sudden-rise': 'A sudden rise since the time before',
      'old-answers': 'Old answers to look at',
    });
    expect(reportedRuleCodes).toEqual(safetyRuleCodes.slice(0, 5));
    expect(safetyRuleCodes).toEqual(Object.keys(safetyRules));
  });
});

const rules = (...tests: readonly SafetyTest[]): HomeworkRules => ({
  behaviourLinkId: () => undefined,
  safetyOf: () => tests.map((test) => ({ rule: 'not-safe-now', linkId: 'q', test })),
});
const noticed = (log: Partial<Log>, before?: Log, test: SafetyTest = { type: 'yes' }, more: Partial<PlanState> = {}) =>
  noticeRisk(aState({ logs: [aRecord(log)], ...more }), { logId: 'l1', before }, rules(test));
const evidenceOf = (...given: Parameters<typeof noticed>) => noticed(...given).noticed?.map(({ evidence }) => evidence);
const evidence = { at: feb(3), by: { type: 'patient' }, planId: 'p', logId: 'l1', linkId: 'q', value: true };

describe('a risk that is noticed', () => {
  const items = [item('q', [yes])];

  it('opens a signal by what was answered, when and by whom', () => {
    expect(noticed({ items })).toMatchObject({
      noticed: [{ rule: 'not-safe-now', evidence }],
      openSafetySignals: 1,
    });
    expect(evidenceOf({ items })).toEqual([evidence]);
    const source = { type: 'related-person', reference: 'RelatedPerson/1' } as const;
    expect(evidenceOf({ items, source, via: 'product' })).toEqual([
      { ...evidence, via: 'product', by: { type: 'person', reference: 'RelatedPerson/1' } },
    ]);
  });

  it('is one more beside those that are open or were noticed before', () => {
    const known = { rule: 'other-concern', evidence: { at: feb(1), by: { type: 'patient' } } } as const;
    const state = aState({ logs: [aRecord({ items })], noticed: [known], openSafetySignals: 3 });
    const both = noticeRisk(state, { logId: 'l1', before: undefined }, rules({ type: 'yes' }, { type: 'yes' }));
    expect([both.noticed?.length, both.noticed?.[0], both.openSafetySignals]).toEqual([3, known, 5]);
  });

  it.each<[AnswerValue, SafetyTest, unknown]>([
    [urge(5), { type: 'at-least', value: 4 }, 5],
    [{ type: 'decimal', value: 4.5 }, { type: 'at-least', value: 4 }, 4.5],
    [coded('daily'), { type: 'any-of', codes: ['daily'] }, 'daily'],
  ])('says the value or the code of %j', (answer, test, value) => {
    expect(evidenceOf({ items: [item('q', [answer])] }, undefined, test)).toEqual([{ ...evidence, value }]);
  });

  it('is not noticed again unless the answer has changed', () => {
    const test: SafetyTest = { type: 'at-least', value: 4 };
    const was = (answer: AnswerValue) => aRecord({ items: [item('q', [answer])] });
    const now = (answer: AnswerValue, before: Log) => evidenceOf({ items: [item('q', [answer])] }, before, test);
    expect(now(urge(5), was(urge(5)))).toBeUndefined();
    expect(now(urge(6), was(urge(5)))).toHaveLength(1);
    expect(now(urge(5), was(urge(3)))).toHaveLength(1);
    expect(now({ type: 'decimal', value: 5 }, was(urge(5)))).toHaveLength(1);
  });

  it('changes nothing where there is none', () => {
    const state = aState({ logs: [aRecord()] });
    expect(noticeRisk(state, { logId: 'l1', before: undefined }, rules({ type: 'yes' }))).toBe(state);
  });
});

describe('a risk answer that is withheld', () => {
  const deep = [
    item('other', [], [item('x', [yes])]),
    item('group', [], [item('a', []), item('inner', [], [item('q', [yes])])]),
  ];
  const { value: _value, ...unsaid } = evidence;
  it.each<[readonly string[], object]>([
    [[], evidence],
    [['q'], unsaid],
    [['inner'], unsaid],
    [['group'], unsaid],
    [['a', 'other', 'x'], evidence],
  ])('by %j', (withheld, expected) => {
    expect(evidenceOf({ items: deep, withheld })).toEqual([expected]);
  });
});

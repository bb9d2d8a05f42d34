import { describe, expect, it } from 'vitest';
import { checkWords, differenceWords } from '../../smart-app/src/integration/check-words.ts';
import { decisionsFor } from '../../smart-app/src/integration/decisions.ts';
import {
  dispositionWords,
  identityWords,
  needSentence,
  stateMeanings,
  states,
  stateTones,
} from '../../smart-app/src/integration/integration-words.ts';
import { ageWords } from '../../smart-app/src/words/age.ts';
import { findingKinds } from '../../src/homework/ledger/finding-kind.ts';
import { ledgerStates } from '../../src/homework/ledger/ledger-state.ts';

describe('what the integration team can decide', () => {
  const offered = (state: (typeof ledgerStates)[number], landed = 0) =>
    decisionsFor({ state, landed }).map(({ verb }) => verb);

  it.each([
    ['pending', ['retry', 'withdraw']],
    ['in-flight', []],
    ['landed', []],
    ['awaiting-review', ['confirm', 'retry', 'withdraw']],
    ['rejected', ['retry', 'withdraw']],
    ['unknown', ['confirm', 'retry', 'retry', 'withdraw']],
    ['waiting', ['retry', 'withdraw']],
    ['withdrawn', ['retry']],
  ] as const)('about a row that is %s', (state, verbs) => {
    expect(offered(state)).toEqual(verbs);
    // what stands in the EHR is not taken back from here
    expect(offered(state, 1)).toEqual(verbs.filter((verb) => verb !== 'withdraw'));
  });

  it('says of each decision what it does and whether it can be undone, and never sends blindly what is unknown', () => {
    for (const state of ledgerStates) {
      for (const { effect, undo, verb, needsReference } of decisionsFor({ state, landed: 0 })) {
        expect([effect.length > 20, /cannot|can |Until/.test(undo)]).toEqual([true, true]);
        expect(needsReference).toBe(verb === 'confirm');
      }
    }
    const [, look] = decisionsFor({ state: 'unknown', landed: 0 });
    expect(look?.effect).toMatch(/searched for it first/);
    const sentAnew = ledgerStates.filter((state) =>
      decisionsFor({ state, landed: 0 }).some((decision) => decision.notThere),
    );
    expect(sentAnew).toEqual(['unknown']);
  });
});

describe('the words of the connection', () => {
  const none = Object.fromEntries(ledgerStates.map((state) => [state, 0])) as Record<
    (typeof ledgerStates)[number],
    number
  >;

  it('know every state of the ledger', () => {
    expect(states.toSorted()).toEqual(ledgerStates.toSorted());
    for (const state of ledgerStates) expect([stateMeanings[state], stateTones[state]]).not.toContain(undefined);
    for (const identity of ['system', 'delegated', 'none', 'any']) expect(identityWords[identity]).toBeDefined();
  });

  it('say in one sentence what needs a person and what waits', () => {
    expect(needSentence({ ...none, landed: 12, pending: 3 }, undefined)).toBe(
      'Nothing needs a decision, and nothing waits.',
    );
    expect(needSentence({ ...none, rejected: 1, waiting: 14, 'awaiting-review': 1 }, '3 days')).toBe(
      '1 needs a decision, 15 wait; the oldest for 3 days.',
    );
    expect(needSentence({ ...none, unknown: 2 }, '1 hour')).toBe('2 need a decision; the oldest for 1 hour.');
    expect(needSentence({ ...none, waiting: 1 }, '2 minutes')).toBe('1 waits; the oldest for 2 minutes.');
  });

  it('count a merge that waits for a person among the decisions, even when no row waits for it', () => {
    const counts = { ...none, landed: 64 };
    expect(needSentence(counts, undefined, [{ state: 'merged' }])).toBe('1 patient’s record needs a decision.');
    expect(needSentence(counts, undefined, [{ state: 'gone' }, { state: 'merged' }])).toBe(
      '2 patients’ records need a decision.',
    );
    expect(needSentence({ ...counts, unknown: 1 }, '1 hour', [{ state: 'merged' }])).toBe(
      '1 patient’s record needs a decision, 1 needs a decision; the oldest for 1 hour.',
    );
    expect(needSentence(counts, undefined, [{ state: 'inactive' }])).toBe(
      'Nothing needs a decision, and nothing waits.',
    );
  });

  it.each([
    ['2026-03-05T14:59:30.000Z', 'less than a minute'],
    ['2026-03-05T14:59:00.000Z', '1 minute'],
    ['2026-03-05T13:01:00.000Z', '1 hour'],
    ['2026-03-04T15:00:00.000Z', '1 day'],
    ['2026-02-20T15:00:00.000Z', '13 days'],
    ['2026-03-06T15:00:00.000Z', 'less than a minute'],
  ])('give the age of %s', (since, words) => {
    expect(ageWords(since, '2026-03-05T15:00:00.000Z')).toBe(words);
  });

  it('tell what came of an attempt, known or not', () => {
    expect([dispositionWords(null, 201), dispositionWords(null, null), dispositionWords(null, 422)]).toEqual([
      'done',
      'done',
      'refused',
    ]);
    expect(dispositionWords('reject', 422)).toBe('refused');
    expect(dispositionWords('person:confirm', null)).toMatch(/^a person/);
    expect(dispositionWords('of-tomorrow', null)).toBe('of-tomorrow');
  });
});

describe('the words of the check of the ledger', () => {
  const check = {
    ...({ state: 'finished', finishedAt: '2026-03-05T12:00:00.000Z', repair: false, problem: null } as const),
    ...{ checked: 64, differences: 0, unchecked: 0, kinds: {} },
    ...{ id: 'check-1', startedAt: '2026-03-05T11:58:00.000Z', startedBy: null },
  };
  const said = (more: Partial<typeof check> | { state: 'running'; finishedAt: null; checked: number }) =>
    checkWords({ ...check, ...more }, () => '3 hours');

  it('know every kind of difference', () => {
    expect(Object.keys(differenceWords).toSorted()).toEqual(findingKinds.toSorted());
  });

  it('say in one sentence whether the EHR holds what the ledger says', () => {
    expect(checkWords(null, () => '')).toMatch(/^It has not been checked yet/);
    expect(said({})).toBe('64 rows were checked, 3 hours ago: all of them agree.');
    expect(said({ differences: 1 })).toBe('64 rows were checked, 3 hours ago: 1 differs.');
    expect(said({ differences: 2, unchecked: 3 })).toBe(
      '64 rows were checked, 3 hours ago: 2 differ, 3 could not be compared.',
    );
    expect(said({ state: 'running', finishedAt: null, checked: 1 })).toBe(
      'A check is under way: 1 row was checked so far.',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { checkWords, differenceWords } from '../../smart-app/src/integration/check-words.ts';
import { decisionsFor } from '../../smart-app/src/integration/decisions.ts';
import {
  heldAdvice,
  heldButton,
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
  const none = { decide: 0, wait: 0, send: 0 };

  it('know every state of the ledger', () => {
    expect(states.toSorted()).toEqual(ledgerStates.toSorted());
    for (const state of ledgerStates) expect([stateMeanings[state], stateTones[state]]).not.toContain(undefined);
    for (const identity of ['system', 'delegated', 'none', 'any']) expect(identityWords[identity]).toBeDefined();
  });

  it('say in one sentence what needs a person, what waits and what is about to be sent', () => {
    expect(needSentence(none, undefined)).toBe('Nothing needs a decision, and nothing waits.');
    expect(needSentence({ decide: 1, wait: 15, send: 0 }, '3 days')).toBe(
      '1 row needs a decision, 15 wait; the oldest for 3 days.',
    );
    expect(needSentence({ ...none, decide: 2 }, '1 hour')).toBe('2 rows need a decision; the oldest for 1 hour.');
    expect(needSentence({ ...none, wait: 1, send: 1 }, '2 minutes')).toBe(
      '1 waits, 1 is about to be sent; the oldest for 2 minutes.',
    );
    expect(needSentence({ ...none, send: 3 }, undefined)).toBe('3 are about to be sent.');
  });

  it('count a merge that waits for a person once, and in other words than rows', () => {
    expect(needSentence(none, undefined, [{ state: 'merged' }])).toBe('1 patient merged in the EHR, to be confirmed.');
    expect(needSentence(none, undefined, [{ state: 'gone' }, { state: 'merged' }])).toBe(
      '1 patient merged in the EHR, to be confirmed, 1 patient no longer in the EHR.',
    );
    expect(needSentence({ decide: 1, wait: 8, send: 0 }, '1 hour', [{ state: 'merged' }])).toBe(
      '1 patient merged in the EHR, to be confirmed, 1 row needs a decision, 8 wait; the oldest for 1 hour.',
    );
    expect(needSentence(none, undefined, [{ state: 'inactive' }])).toBe('Nothing needs a decision, and nothing waits.');
  });

  it('speak of a merge only where there is one', () => {
    expect(needSentence(none, undefined, [{ state: 'gone' }, { state: 'gone' }])).toBe(
      '2 patients no longer in the EHR.',
    );
    for (const state of ['gone', 'inactive'] as const) {
      expect(`${heldButton({ state })} ${heldAdvice({ state })}`).not.toMatch(/merge|confirm/i);
    }
    expect([heldButton({ state: 'merged' }), heldButton({ state: 'inactive' })]).toEqual([
      'Confirm the merge',
      undefined,
    ]);
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

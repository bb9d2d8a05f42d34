import { describe, expect, it } from 'vitest';
import { adviceFor, decisionWords } from '../../smart-app/src/integration/advice.ts';
import { stateMeanings } from '../../smart-app/src/integration/integration-words.ts';
import { type LedgerState, ledgerStates } from '../../src/homework/ledger/ledger-state.ts';
import { outcomeCodes, type RowReason, waitingCodes } from '../../src/homework/ledger/row-reason.ts';
import { whoseTurn } from '../../src/homework/ledger/whose-turn.ts';
import { sayReason } from '../../src/http/api/reason-words.ts';

/** One reason of each code, with all that can stand beside it. */
const detail = {
  ...{ rule: 'latest-open', missing: [{ artefact: 'plan', state: 'rejected' }], standing: 'merged', status: 503 },
  ...{ sentAt: '2026-03-02T15:00:00.000Z', until: '2026-03-02T15:02:00.000Z', place: 'Task/17', searchable: true },
  ...{ type: 'Task', ids: ['4', '9'], about: 'nobody', by: 'other-patient', version: 2, interaction: 'create' },
  channels: ['Flag'],
};
const reasonOf = (code: string) => ({ code, ...detail }) as unknown as RowReason;
const waiting = new Set<string>(waitingCodes);
const rowOf = (state: LedgerState, landed: number, code?: string) => ({
  ...{ state, landed },
  waitingFor: (code !== undefined && waiting.has(code) ? reasonOf(code) : null) as never,
  because: (code !== undefined && !waiting.has(code) ? reasonOf(code) : null) as never,
});

const codes = [undefined, ...waitingCodes, ...outcomeCodes];
const every = codes.flatMap((code) =>
  ledgerStates.flatMap((state) => [0, 1].map((landed) => [code, state, landed] as const)),
);

describe('what to do about a row', () => {
  it.each(every)('names no button that is not there: %s, %s, landed %i', (code, state, landed) => {
    const { todo, first, decisions } = adviceFor(rowOf(state, landed, code));
    const offered = decisions.map(({ words }) => words);
    expect(offered).toEqual(expect.arrayContaining([...decisionWords(todo)]));
    if (first !== undefined) expect(offered).toContain(first.words);
    // who has nothing to do is led to no button
    if (todo.startsWith('Nothing')) expect(first).toBeUndefined();
  });

  it.each(every)('agrees with what is counted as a decision: %s, %s, landed %i', (code, state, landed) => {
    const { todo, first, onConnection } = adviceFor(rowOf(state, landed, code));
    const person = whoseTurn(state, code) === 'person';
    // what is counted is told to be done, and who is told to look for it in the EHR is counted
    if (person) expect(todo).not.toMatch(/^Nothing/);
    if (state === 'unknown' && /^Look (for it|at them) in the EHR/.test(todo)) expect(person).toBe(true);
    if (onConnection === true && state !== 'rejected') expect([person, first]).toEqual([false, undefined]);
  });

  it('leads a row of a merged patient to where that is decided, and to nothing beside', () => {
    const { onConnection, decisions } = adviceFor(rowOf('unknown', 1, 'patient'));
    expect([onConnection, decisions]).toEqual([true, []]);
    expect(adviceFor(rowOf('unknown', 0, 'patient')).decisions.map(({ verb }) => verb)).toEqual(['withdraw']);
    expect(adviceFor(rowOf('waiting', 0, 'patient')).onConnection).toBe(true);
    expect(adviceFor(rowOf('unknown', 1, 'foreign')).onConnection).toBeUndefined();
  });

  it('speaks of no merge to be confirmed where the EHR has the patient no more', () => {
    const row = {
      state: 'waiting',
      landed: 0,
      waitingFor: { code: 'patient', standing: 'gone' },
      because: null,
    } as const;
    const { todo, onConnection } = adviceFor(row);
    expect([todo, onConnection]).toEqual([expect.stringMatching(/Ask at the EHR.*nothing has to be done/), true]);
    expect(todo).not.toMatch(/confirm|goes out by itself/i);
  });

  it.each([
    ['rejected', 'refused', 0, 'Try again, it is mended', /EHR’s own words below/],
    ['rejected', 'unknown-patient', 0, undefined, /Ask at the EHR what became of this patient/],
    ['rejected', 'no-update', 1, undefined, /put right in the EHR by hand/],
    ['unknown', 'unclear', 0, undefined, /^Nothing for now: it is looked for/],
    ['unknown', 'several', 0, 'It is there', /all but one marked as a mistake/],
    ['unknown', 'lost', 1, undefined, /“It is there”; if not, “It is not there”/],
    ['waiting', 'patient', 0, undefined, /Confirm who the patient is now/],
    ['waiting', 'encounter-choice', 0, undefined, /Tell the clinician/],
    ['waiting', 'report', 0, undefined, /^Nothing: it goes with the next/],
    ['landed', 'app-only', 1, undefined, /landing table/],
    ['landed', undefined, 1, undefined, /put right in the record/],
    ['in-flight', 'refused', 0, undefined, /being sent right now/],
    ['withdrawn', undefined, 0, undefined, /“Let it land after all”/],
  ] as const)('%s because of %s', (state, code, landed, first, todo) => {
    const advice = adviceFor(rowOf(state, landed, code));
    expect(advice.first?.words).toBe(first);
    expect(advice.todo).toMatch(todo);
  });

  it('is known without a code, and with one that a newer service wrote', () => {
    for (const state of ledgerStates) {
      const { todo } = adviceFor(rowOf(state, 0));
      expect(todo.length).toBeGreaterThan(5);
      expect(adviceFor(rowOf(state, 0, 'of-tomorrow')).todo).toBe(todo);
    }
  });

  it('is never left to why a row stands so: that names no button and no command', () => {
    for (const code of [...waitingCodes, ...outcomeCodes]) {
      expect(`${code}: ${sayReason(reasonOf(code))}`).not.toMatch(
        /: .*\b(?:withdraw it|confirm (?:it|or|where)|retry)\b/,
      );
    }
  });

  it('says of what was refused that it can be mended, where it can be tried again', () => {
    expect(stateMeanings.rejected).not.toMatch(/never/);
    expect(stateMeanings.rejected).toMatch(/mended/);
  });
});

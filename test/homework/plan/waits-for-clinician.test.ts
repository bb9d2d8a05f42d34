import { describe, expect, it } from 'vitest';
import type { Assignment, PlanState, UnlockRule } from '../../../src/homework/model.ts';
import { attentionOf } from '../../../src/homework/plan/attention-of.ts';
import { stuckBehind, waitsForClinician } from '../../../src/homework/plan/waits-for-clinician.ts';
import { readFixture } from '../../app/read-fixture.ts';

const state = readFixture<PlanState>('sarah-at-the-visit');
const at = '2026-03-25T19:00:00.000Z';

/** Two steps: the second one locked by this rule, the first one as it is said. */
function pair(unlock: UnlockRule, before: Partial<Assignment>, more: Partial<Assignment> = {}): readonly Assignment[] {
  const [first, second] = state.assignments;
  if (first === undefined || second === undefined) throw new Error('Sarah has steps');
  const { unlockedAt: _before, endedAt: _ended, ...locked } = second;
  return [
    { ...first, ...before },
    { ...locked, status: 'draft', businessStatus: 'locked', unlock, ...more },
  ];
}

const opensBy = (criterion: Extract<UnlockRule, { type: 'after' }>['criterion']): UnlockRule => ({
  ...{ type: 'after', after: '1' },
  criterion,
});
const missed = { status: 'failed', businessStatus: 'missed' } as const;
const done = { status: 'completed', businessStatus: 'done' } as const;
const open = { status: 'requested', businessStatus: 'assigned' } as const;

describe('a locked step waits for a clinician', () => {
  it.each([
    ['the one before was missed', pair(opensBy({ type: 'behaviour-done' }), missed), 'stuck'],
    [
      'the one before is done, and its rule did not hold',
      pair(opensBy({ type: 'logs-done', count: 4 }), done),
      'stuck',
    ],
    ['a clinician has the say, and it is its turn', pair(opensBy({ type: 'clinician-approves' }), done), 'turn'],
    [
      'only a clinician unlocks it, and nothing comes before it any more',
      pair({ type: 'by-clinician' }, missed),
      'turn',
    ],
    ['it was locked again', pair({ type: 'at-start' }, open, { unlockedAt: at }), 'locked-again'],
    ['the one before is under way', pair(opensBy({ type: 'behaviour-done' }), open), undefined],
    ['a clinician has the say, before its turn', pair(opensBy({ type: 'clinician-approves' }), open), undefined],
    ['only a clinician unlocks it, and something comes before it', pair({ type: 'by-clinician' }, open), undefined],
  ] as const)('or not: %s', (_name, assignments, waits) => {
    const [, step] = assignments;
    if (step === undefined) throw new Error('two steps');
    expect(waitsForClinician(assignments, step)).toBe(waits);
    expect(stuckBehind(assignments, step)).toBe(waits === 'stuck' ? assignments[0] : undefined);
    // and the worklist counts what the first page shows
    const { waitingUnlock } = attentionOf({ ...state, assignments }, at);
    expect(waitingUnlock).toBe(waits === undefined ? 0 : 1);
  });

  it('no step does that is open or over', () => {
    for (const step of state.assignments.filter(({ status }) => status !== 'draft'))
      expect(waitsForClinician(state.assignments, step)).toBeUndefined();
  });
});

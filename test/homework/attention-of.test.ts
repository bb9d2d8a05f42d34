import { describe, expect, it } from 'vitest';
import type { PlanState } from '../../src/homework/model.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import { attentionOf } from '../../src/homework/plan/attention-of.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { makeMove } from '../../src/homework/plan/make-move.ts';
import { sweep } from '../../src/homework/plan/sweep.ts';
import { undoWithdrawal } from '../../src/homework/plan/undo-withdrawal.ts';
import { occurrencesOf } from '../../src/homework/replace-in-state.ts';
import { anAssignment, aPlan, rules } from './build-plan.ts';

const start = '2026-03-01T15:00:00.000Z';
const once = (by: string) => ({ type: 'once', by }) as const;
const chain = () =>
  activatePlan(
    designPlan(
      aPlan([
        anAssignment({ id: 'a', key: 'a', schedule: once('2026-03-03') }),
        anAssignment({
          ...{ id: 'b', key: 'b', schedule: once('2026-03-10') },
          unlock: { type: 'after', after: 'a', criterion: { type: 'behaviour-done' } },
        }),
        anAssignment({ id: 'c', key: 'c', schedule: once('2026-03-20'), unlock: { type: 'by-clinician' } }),
      ]),
      start,
    ),
    start,
    rules,
  );
const withdraw = (state: PlanState, at: string) =>
  makeMove(
    state,
    { assignmentId: 'a', event: { type: 'withdraw', actor: 'Practitioner/17', reason: 'by mistake' } },
    at,
    rules,
  );

describe('attentionOf', () => {
  it('has nothing to say of a plan that goes as planned', () => {
    expect(attentionOf(chain(), start)).toEqual({
      ...{ overdue: 0, stopped: 0, waitingUnlock: 0, unreadMessages: 0, urgency: 0, due: 0, done: 0 },
      ...{ reasons: [], unlogged: [], currentStep: { key: 'a', title: expect.any(String), state: 'open' } },
    });
  });

  it('counts what is overdue, and what was missed with the step that waits behind it', () => {
    const late = sweep(chain(), '2026-03-04T10:00:00.000Z', rules);
    expect(attentionOf(late, '2026-03-04T10:00:00.000Z')).toMatchObject({ overdue: 1, stopped: 0, waitingUnlock: 0 });
    const missed = sweep(chain(), '2026-03-09T10:00:00.000Z', rules);
    const attention = attentionOf(missed, '2026-03-09T10:00:00.000Z');
    expect(attention).toMatchObject({ overdue: 0, stopped: 1, waitingUnlock: 1, adherencePercent: 0 });
    expect(attention.urgency).toBeGreaterThan(attentionOf(late, start).urgency);
  });

  it('names a barrier until it was talked over', () => {
    const event = { type: 'decline', barrier: { id: 'x', code: 'fear', saidBy: 'patient' } } as const;
    const declined = makeMove(chain(), { assignmentId: 'a', event }, start, rules);
    expect(attentionOf(declined, start)).toMatchObject({ openBarrier: 'fear', stopped: 1 });
    const barriers = declined.barriers.map((barrier) => ({ ...barrier, talkedOverAt: start }));
    expect(attentionOf({ ...declined, barriers }, start)).not.toHaveProperty('openBarrier');
  });
});

describe('undoWithdrawal', () => {
  const of = (state: PlanState) => ({
    assignment: state.assignments.find(({ id }) => id === 'a') ?? expect.fail('no step a'),
    occurrences: occurrencesOf(state, 'a'),
  });

  it('makes the step what it was, and lets time that has passed count', () => {
    const before = of(chain());
    const withdrawn = withdraw(chain(), '2026-03-03T10:00:00.000Z');
    const undo = { before, withdrawnAt: '2026-03-03T10:00:00.000Z' };
    const soon = undoWithdrawal(withdrawn, undo, '2026-03-03T10:05:00.000Z', rules);
    expect(of(soon).assignment).toEqual({ ...before.assignment, lastModified: '2026-03-03T10:05:00.000Z' });
    expect(of(soon).occurrences.map(({ status }) => status)).toEqual(['due']);
    const late = undoWithdrawal(withdrawn, undo, '2026-03-04T10:05:00.000Z', rules);
    expect(of(late).occurrences.map(({ status }) => status)).toEqual(['overdue']);
  });

  it('leaves alone what is no longer as that withdrawal left it', () => {
    const before = of(chain());
    const withdrawn = withdraw(chain(), '2026-03-03T10:00:00.000Z');
    const undo = (state: PlanState, withdrawnAt: string) =>
      undoWithdrawal(state, { before, withdrawnAt }, '2026-03-03T10:05:00.000Z', rules);
    expect(() => undo(withdrawn, '2026-03-02T10:00:00.000Z')).toThrow(/not as the withdrawal left it/);
    expect(() => undo(chain(), '2026-03-03T10:00:00.000Z')).toThrow(/not as the withdrawal left it/);
  });
});

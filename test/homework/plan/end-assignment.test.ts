import { describe, expect, it } from 'vitest';
import { takeLog } from '../../../src/homework/log/take-log.ts';
import type { PlanState } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { type MoveEvent, makeMove } from '../../../src/homework/plan/make-move.ts';
import { undoWithdrawal } from '../../../src/homework/plan/undo-withdrawal.ts';
import { aLog, anAssignment, answers, aPlan, rules } from '../build-plan.ts';

const begin = '2026-03-01T15:00:00.000Z';
const noon = '2026-03-02T17:00:00.000Z';
const later = '2026-03-02T18:00:00.000Z';
const actor = 'Practitioner/1';

/** Three steps, a draft of each and a finished log of the last two. */
function threeBegun(): PlanState {
  const meetings = {
    type: 'event',
    event: 'meeting',
    count: 3,
    text: 'three',
    window: { start: '2026-03-02', end: '2026-03-12' },
  } as const;
  const steps = ['1', '2', '3'].map((key) => anAssignment({ key, schedule: meetings }));
  const started = activatePlan(designPlan(aPlan(steps), begin), begin, rules);
  const logs = [
    ['d1', 'a-1', 'in-progress'],
    ['d2', 'a-2', 'in-progress'],
    ['d3', 'a-3', 'in-progress'],
    ['f2', 'a-2', 'completed'],
    ['f3', 'a-3', 'completed'],
  ] as const;
  return logs.reduce(
    (state, [id, assignmentId, status]) =>
      takeLog(state, aLog({ id, assignmentId, status, performedAt: noon, items: answers({ note: id }) }), noon, rules)
        .state,
    started,
  );
}

/** Everything of a plan that belongs to one step. */
const ofStep = ({ assignments, occurrences, logs, barriers }: PlanState, id: string) => ({
  assignment: assignments.find((assignment) => assignment.id === id),
  occurrences: occurrences.filter(({ assignmentId }) => assignmentId === id),
  logs: logs.filter(({ assignmentId }) => assignmentId === id),
  barriers: barriers.filter(({ assignmentId }) => assignmentId === id),
});
const drafts = ({ logs }: PlanState) => logs.filter(({ status }) => status === 'in-progress').map(({ id }) => id);

const barrier = { id: 'b', code: 'fear', saidBy: 'patient' } as const;
const moves: readonly MoveEvent[] = [
  { type: 'withdraw', actor, reason: 'too much' },
  { type: 'stop', barrier },
  { type: 'accept-as-done', actor },
  { type: 'mistake', reason: 'not hers' },
  { type: 'pause', reason: 'flu' },
  { type: 'seen' },
];

describe('a move of one step', () => {
  it.each(moves.flatMap((event) => ['a-1', 'a-2', 'a-3'].map((id) => [event.type, id, event] as const)))(
    '%s of %s leaves the others as they are, their drafts too',
    (_type, id, event) => {
      const before = threeBegun();
      let after: PlanState;
      try {
        after = makeMove(before, { assignmentId: id, event }, later, rules);
      } catch {
        // a step that is being logged can't be seen any more: nothing moved
        expect(event.type).toBe('seen');
        return;
      }
      const others = ['a-1', 'a-2', 'a-3'].filter((other) => other !== id);
      for (const other of others) expect(ofStep(after, other)).toEqual(ofStep(before, other));
      expect(ofStep(after, id)).not.toEqual(ofStep(before, id));
    },
  );

  it.each(moves.slice(0, 4).map((event) => [event.type, event] as const))(
    '%s stops the drafts of its own step, unsent, and no finished log',
    (_type, event) => {
      const after = makeMove(threeBegun(), { assignmentId: 'a-2', event }, later, rules);
      expect(drafts(after)).toEqual(['d1', 'd3']);
      expect(after.logs.find(({ id }) => id === 'd2')).toMatchObject({
        status: 'stopped',
        unsent: true,
        authored: later,
      });
      expect(after.logs.find(({ id }) => id === 'f2')).toMatchObject({ status: 'completed' });
    },
  );

  it('that is undone brings its own drafts back', () => {
    const before = threeBegun();
    const withdrawn = makeMove(
      before,
      { assignmentId: 'a-2', event: { type: 'withdraw', actor, reason: 'no' } },
      later,
      rules,
    );
    const { assignment, occurrences } = ofStep(before, 'a-2');
    if (assignment === undefined) throw new Error('there is no such step');
    const back = undoWithdrawal(
      withdrawn,
      { before: { assignment, occurrences }, withdrawnAt: later },
      '2026-03-02T18:05:00.000Z',
      rules,
    );
    expect(drafts(back)).toEqual(['d1', 'd2', 'd3']);
    for (const other of ['a-1', 'a-3']) expect(ofStep(back, other)).toEqual(ofStep(before, other));
  });
});

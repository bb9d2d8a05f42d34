import { describe, expect, it } from 'vitest';
import type { Log, Occurrence } from '../../../src/homework/model.ts';
import { makeMove } from '../../../src/homework/plan/make-move.ts';
import { undoWithdrawal } from '../../../src/homework/plan/undo-withdrawal.ts';
import { anOccurrence, aState, aStep, aStoredLog } from '../a-state.ts';
import { rules } from '../build-plan.ts';
import { refusal } from '../refusal.ts';

const withdrawnAt = '2026-03-05T15:00:00.000Z';
const at = '2026-03-05T15:05:00.000Z';
const draft = aStoredLog({ id: 'l-1', status: 'in-progress' });
const other = aStep({ id: 'a-2', key: '2' });
const before = aState({
  assignments: [aStep(), other],
  occurrences: [anOccurrence(), anOccurrence({ id: 'a-1.2', ordinal: 2, status: 'excused' })],
  logs: [draft],
});
const was = { assignment: aStep(), occurrences: before.occurrences };
const withdrawn = makeMove(
  before,
  { assignmentId: 'a-1', event: { type: 'withdraw', actor: 'Practitioner/1', reason: 'no' } },
  withdrawnAt,
  rules,
);
const undo = (state = withdrawn, command = { before: was, withdrawnAt }, when = at) =>
  undoWithdrawal(state, command, when, rules);

describe('a withdrawal that is taken back', () => {
  it('leaves the plan as it was', () => {
    const back = undo({ ...withdrawn, plan: { ...withdrawn.plan, status: 'on-hold' } });
    expect(back.assignments).toStrictEqual([{ ...aStep(), lastModified: at }, other]);
    expect(back.occurrences).toStrictEqual(before.occurrences.map((time) => ({ ...time, lastModified: at })));
    expect(back.logs).toStrictEqual([{ ...draft, authored: at }]);
  });

  it('lets time that has passed meanwhile count', () => {
    const open = { before: { assignment: aStep(), occurrences: [anOccurrence()] }, withdrawnAt };
    const [time] = before.occurrences;
    const state = { ...withdrawn, occurrences: withdrawn.occurrences.filter(({ id }) => id === time?.id) };
    const back = undo(state, open, '2026-03-14T15:00:00.000Z');
    expect(back.assignments[0]?.businessStatus).toBe('overdue');
    expect(back.occurrences).toMatchObject([{ id: 'a-1.1', status: 'overdue' }]);
  });

  it('brings back no time that is there no more', () => {
    const gone: Occurrence = anOccurrence({ id: 'a-1.7', ordinal: 7 });
    const { occurrences } = undo(withdrawn, {
      before: { ...was, occurrences: [...was.occurrences, gone] },
      withdrawnAt,
    });
    expect(occurrences.map(({ id }) => id)).toEqual(['a-1.1', 'a-1.2']);
  });

  const stopped: Log = { ...draft, status: 'stopped', unsent: true, authored: withdrawnAt };
  const { unsent: _sent, ...sent } = stopped;
  it.each<[string, Log]>([
    ['another step', { ...stopped, assignmentId: 'a-2' }],
    ['another time', { ...stopped, authored: at }],
    ['its writer, after it was sent', sent],
    ['nobody', aStoredLog({ authored: withdrawnAt })],
    ['whoever took it back', { ...stopped, status: 'entered-in-error' }],
  ])('lets no log go on that was stopped by %s', (_what, log) => {
    expect(undo({ ...withdrawn, logs: [log] }).logs[0]).toBe(log);
  });
});

describe('no withdrawal is taken back', () => {
  const refused = {
    ...{ code: 'illegal-move', assignmentId: 'a-1', event: 'undo-withdraw' },
    because: 'it is not as the withdrawal left it',
  };
  it('that was another one', () => {
    expect(refusal(() => undo(withdrawn, { before: was, withdrawnAt: at }))).toEqual({
      ...{ ...refused, from: 'cancelled', businessStatus: 'withdrawn' },
      message:
        "an assignment that is cancelled (withdrawn) can't take 'undo-withdraw': it is not as the withdrawal left it",
    });
  });

  it('where none was', () => {
    const state = { ...before, assignments: [aStep({ lastModified: withdrawnAt })] };
    expect(refusal(() => undo(state))).toMatchObject({ ...refused, from: 'in-progress', businessStatus: 'logging' });
  });

  it('of a step that is not there', () => {
    expect(refusal(() => undo({ ...withdrawn, assignments: [] }))).toMatchObject({
      ...{ code: 'unknown-artefact', artefact: 'assignment', id: 'a-1' },
    });
  });
});

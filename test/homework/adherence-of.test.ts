import { describe, expect, it } from 'vitest';
import { reviseLog } from '../../src/homework/log/revise-log.ts';
import { takeLog } from '../../src/homework/log/take-log.ts';
import type { PlanState } from '../../src/homework/model.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import { adherenceOf, adherencesOf } from '../../src/homework/plan/adherence-of.ts';
import { percentOf } from '../../src/homework/plan/count-due.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { endPlan } from '../../src/homework/plan/end-plan.ts';
import { makeMove } from '../../src/homework/plan/make-move.ts';
import { sweep } from '../../src/homework/plan/sweep.ts';
import fc from '../fast-check.ts';
import { aLog, anAssignment, aPlan, rules } from './build-plan.ts';

const begin = '2026-03-01T15:00:00.000Z';
const two = (end?: string): PlanState => {
  const steps = [anAssignment({ key: '1' }), anAssignment({ key: '2', schedule: { type: 'once', by: '2026-03-20' } })];
  const period = { start: '2026-03-01', ...(end === undefined ? {} : { end }) };
  return activatePlan(designPlan(aPlan(steps, { period }), begin), begin, rules);
};
const log = (state: PlanState, assignmentId: string, performedAt: string) =>
  takeLog(state, aLog({ id: `l-${assignmentId}`, assignmentId, performedAt }), performedAt, rules).state;

describe('adherence', () => {
  it('has no share while nothing was due, and counts what is open as expected', () => {
    const adherence = adherenceOf(two(), {}, begin);
    expect(adherence.counts).toMatchObject({ expected: 2, open: 2, onTime: 0 });
    expect(adherence).not.toHaveProperty('percent');
    expect(adherence).not.toHaveProperty('onTimePercent');
  });

  it('divides by what was due so far: an overdue one counts, one still to come does not', () => {
    const done = log(two(), 'a-1', '2026-03-10T15:00:00.000Z');
    expect(adherenceOf(done, {}, '2026-03-11T15:00:00.000Z')).toMatchObject({ percent: 100, onTimePercent: 100 });
    const overdue = sweep(done, '2026-03-21T12:00:00.000Z', rules);
    expect(adherenceOf(overdue, {}, '2026-03-21T12:00:00.000Z')).toMatchObject({
      percent: 50,
      counts: { expected: 2, open: 1, missed: 0 },
    });
  });

  it('rounds half up to one decimal', () => {
    expect([
      percentOf(6, 7),
      percentOf(5, 7),
      percentOf(1, 3),
      percentOf(2, 3),
      percentOf(1, 16),
      percentOf(3, 16),
    ]).toEqual([85.7, 71.4, 33.3, 66.7, 6.3, 18.8]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat({ max: 5000 }), (whole, some) => {
        const part = Math.min(some, whole);
        expect(Math.abs(percentOf(part, whole) - (100 * part) / whole)).toBeLessThanOrEqual(0.05 + 1e-9);
      }),
    );
  });

  it('is preliminary in the period, final after it, amended by what is set right later', () => {
    const done = log(log(two('2026-03-31'), 'a-1', '2026-03-10T15:00:00.000Z'), 'a-2', '2026-03-15T15:00:00.000Z');
    const status = (state: PlanState, at: string) => adherenceOf(state, {}, at).status;
    expect(status(done, '2026-04-01T07:59:59.999Z')).toBe('preliminary');
    expect(status(done, '2026-04-01T08:00:00.000Z')).toBe('final');
    const early = reviseLog(done, { logId: 'l-a-1', items: [] }, '2026-03-16T15:00:00.000Z', rules);
    expect(status(early, '2026-04-02T15:00:00.000Z')).toBe('final');
    const amended = reviseLog(done, { logId: 'l-a-1', items: [] }, '2026-04-02T15:00:00.000Z', rules);
    expect(status(amended, '2026-04-02T15:00:00.000Z')).toBe('amended');
    expect(adherenceOf(amended, { assignmentId: 'a-2' }, '2026-04-02T15:00:00.000Z').status).toBe('final');
  });

  it('stays preliminary over the end of the period while the last day’s grace runs', () => {
    const running = sweep(two('2026-03-20'), '2026-03-21T12:00:00.000Z', rules);
    expect(adherenceOf(running, {}, '2026-03-21T12:00:00.000Z').status).toBe('preliminary');
    const late = log(running, 'a-2', '2026-03-21T15:00:00.000Z');
    expect(adherenceOf(late, {}, '2026-03-21T15:00:00.000Z')).toMatchObject({
      status: 'final',
      counts: { late: 1, missed: 1 },
    });
  });

  it('is final when the plan is closed, and reaches to the end of the plan, or to its close, or has no end yet', () => {
    const closed = endPlan(
      two('2026-03-31'),
      { status: 'revoked', reason: 'moved' },
      '2026-03-05T15:00:00.000Z',
      rules,
    );
    expect(adherenceOf(closed, {}, '2026-03-05T15:00:00.000Z')).toMatchObject({
      status: 'final',
      from: '2026-03-01T09:00:00.000Z',
      to: '2026-04-01T08:00:00.000Z',
      counts: { expected: 0, excused: 2 },
    });
    expect(adherenceOf(two(), {}, '2026-03-07T15:00:00.000Z').to).toBeUndefined();
    const open = endPlan(two(), { status: 'completed' }, '2026-03-05T15:00:00.000Z', rules);
    expect(adherenceOf(open, {}, '2026-03-07T15:00:00.000Z').to).toBe('2026-03-05T15:00:00.000Z');
  });

  it('leaves out what is paused, and what was made by mistake', () => {
    const at = '2026-03-10T15:00:00.000Z';
    const paused = makeMove(two(), { assignmentId: 'a-1', event: { type: 'pause' } }, at, rules);
    expect(adherenceOf(paused, {}, at).counts).toMatchObject({ expected: 1, excused: 0 });
    const done = log(two(), 'a-1', at);
    const mistake = makeMove(done, { assignmentId: 'a-1', event: { type: 'mistake' } }, at, rules);
    expect(adherenceOf(mistake, {}, at).counts).toMatchObject({ expected: 1, onTime: 0 });
    expect(adherencesOf(mistake, at)).toHaveLength(3);
  });
});

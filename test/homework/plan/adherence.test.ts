import { describe, expect, it } from 'vitest';
import type { Log, Occurrence, PlanState } from '../../../src/homework/model.ts';
import { adherenceOf, adherencesOf } from '../../../src/homework/plan/adherence-of.ts';
import { anOccurrence, aState, aStep, aStoredLog } from '../a-state.ts';

const at = '2026-03-16T15:00:00.000Z';
const { plan } = aState();
const periodEnd = '2026-04-13T08:00:00.000Z';
const afterPeriod = '2026-04-20T15:00:00.000Z';

/** Times of a step in these states, due before `at`. */
const times = (text: string, assignmentId = 'a-1', changes: Partial<Occurrence> = {}) =>
  text.split(' ').map((status, index) =>
    anOccurrence({
      ...{ id: `${assignmentId}.${index + 1}`, assignmentId, ordinal: index + 1 },
      ...{ status: status as Occurrence['status'], ...changes },
    }),
  );
const log = (id: string, changes: Partial<Log> = {}) => aStoredLog({ id, ...changes });

describe('done, of what was planned', () => {
  const state = aState({
    assignments: [
      aStep(),
      aStep({ id: 'a-2', key: '2' }),
      aStep({ id: 'a-3', key: '3', status: 'entered-in-error', businessStatus: 'mistake' }),
    ],
    occurrences: [
      ...times('done done late missed due overdue excused excused excused paused'),
      ...times('due done', 'a-2', { dueUntil: '2026-03-20T08:00:00.000Z' }),
      ...times('done missed excused due', 'a-3'),
    ],
    logs: [
      log('1', { resolution: 'resolved' }),
      log('2', { resolution: 'ad-hoc' }),
      log('3', { resolution: 'ad-hoc', status: 'amended' }),
      log('4', { resolution: 'ad-hoc', status: 'in-progress' }),
      log('5', { resolution: 'extra' }),
      log('6', { resolution: 'extra', status: 'entered-in-error' }),
      log('7', { resolution: 'extra', assignmentId: 'a-2' }),
      log('8', { resolution: 'extra', assignmentId: 'a-3' }),
    ],
  });
  const whose = { planId: 'plan-1', patientId: 'sarah', from: '2026-03-01T09:00:00.000Z', to: periodEnd };

  it('is counted over the plan, without what was made by mistake', () => {
    expect(adherenceOf(state, {}, at)).toStrictEqual({
      ...{ ...whose, status: 'preliminary' },
      // three on time, one late, one missed, three open of which two are behind
      counts: { expected: 8, due: 7, done: 4, onTime: 3, late: 1, missed: 1, open: 3, excused: 3, adHoc: 2, extra: 2 },
      ...{ percent: 57.1, onTimePercent: 42.9 },
    });
  });

  it('is counted over one step', () => {
    expect(adherenceOf(state, { assignmentId: 'a-2' }, at)).toStrictEqual({
      ...{ ...whose, assignmentId: 'a-2', status: 'preliminary' },
      counts: { expected: 2, due: 1, done: 1, onTime: 1, late: 0, missed: 0, open: 1, excused: 0, adHoc: 0, extra: 1 },
      ...{ percent: 100, onTimePercent: 100 },
    });
    const { counts } = adherenceOf(state, { assignmentId: 'a-3' }, at);
    expect(Object.values(counts)).toEqual(Array(10).fill(0));
  });

  it('has a share as soon as something was due, though none was done', () => {
    expect(adherenceOf(aState({ occurrences: times('overdue') }), {}, at)).toMatchObject({
      ...{ percent: 0, onTimePercent: 0, counts: { expected: 1, open: 1 } },
    });
    // at the very end of its day, though nobody has looked yet
    const due = aState({ occurrences: times('due') });
    expect(adherenceOf(due, {}, '2026-03-14T08:00:00.000Z').percent).toBe(0);
    expect(adherenceOf(due, {}, '2026-03-14T07:59:59.999Z').percent).toBeUndefined();
    expect(adherenceOf(aState({ occurrences: times('excused') }), {}, at)).not.toHaveProperty('percent');
  });

  it('is told of the plan, and of each step that was ever unlocked, in their order', () => {
    const { unlockedAt: _none, ...never } = aStep({ id: 'a-9', step: 9 });
    const steps = [aStep({ id: 'a-4', step: 4 }), never, aStep({ id: 'a-2', step: 2 }), aStep({ id: 'a-3', step: 3 })];
    expect(adherencesOf(aState({ assignments: steps }), at).map(({ assignmentId }) => assignmentId)).toEqual([
      ...[undefined, 'a-2', 'a-3', 'a-4'],
    ]);
  });
});

describe('the time that it is of', () => {
  const open = { ...plan, period: { start: '2026-03-01' } };
  it.each<[string, PlanState['plan'], string | undefined]>([
    ['ends with the period', plan, periodEnd],
    ['ends with the period also of a plan that was closed before', { ...plan, closedAt: at }, periodEnd],
    ['has no end yet', open, undefined],
    ['ends with the plan', { ...open, closedAt: at }, at],
  ])('%s', (_what, plan, to) => {
    const adherence = adherenceOf(aState({ plan }), {}, at);
    expect(adherence.to).toBe(to);
    expect('to' in adherence).toBe(to !== undefined);
  });
});

describe('how final it is', () => {
  const closed = { plan: { ...plan, status: 'completed', closedAt: at } as const };
  const noEnd = { plan: { ...plan, period: { start: '2026-03-01' } } };
  const late = '2026-04-15T08:00:00.000Z';
  const graceful = times('done missed', 'a-1', { lateUntil: late });
  const authored = (time: string, changes: Partial<Log> = {}) => [log('1', { authored: time, ...changes })];
  const excused = (time: string, status: Occurrence['status'] = 'excused') =>
    times(status, 'a-1', { lastModified: time });
  const ms = (time: string, by: number) => new Date(Date.parse(time) + by).toISOString();

  it.each<[string, Partial<PlanState>, string, string]>([
    ['in its period', {}, ms(periodEnd, -1), 'preliminary'],
    ['at its end', {}, periodEnd, 'final'],
    ['at its end, with something open', { occurrences: times('due') }, periodEnd, 'preliminary'],
    ['at its end, with something overdue', { occurrences: times('done overdue') }, afterPeriod, 'preliminary'],
    ['without an end', noEnd, afterPeriod, 'preliminary'],
    ['when the plan was closed', closed, at, 'final'],
    ['when the plan was closed, with something open', { ...closed, occurrences: times('due') }, at, 'final'],
    ['when a plan without an end was closed', { plan: { ...noEnd.plan, closedAt: at } }, at, 'final'],
    ['changed at its close', { ...closed, logs: authored(at) }, afterPeriod, 'final'],
    ['changed after its close', { ...closed, logs: authored(ms(at, 1)) }, afterPeriod, 'amended'],
    ['changed at its end', { logs: authored(periodEnd) }, afterPeriod, 'final'],
    ['changed after its end', { logs: authored(ms(periodEnd, 1)) }, afterPeriod, 'amended'],
    ['changed in the last grace', { logs: authored(late), occurrences: graceful }, afterPeriod, 'final'],
    ['changed after the last grace', { logs: authored(ms(late, 1)), occurrences: graceful }, afterPeriod, 'amended'],
    ['excused at its end', { occurrences: excused(periodEnd) }, afterPeriod, 'final'],
    ['excused after its end', { occurrences: excused(ms(periodEnd, 1)) }, afterPeriod, 'amended'],
    ['done, and changed after its end', { occurrences: excused(ms(periodEnd, 1), 'done') }, afterPeriod, 'final'],
  ])('%s: at %s %s', (_what, changes, when, status) => {
    expect(adherenceOf(aState({ assignments: [aStep()], ...changes }), {}, when).status).toBe(status);
  });

  it('is of its own logs and times', () => {
    const state = aState({
      logs: authored(ms(periodEnd, 1), { assignmentId: 'a-2' }),
      occurrences: excused(ms(periodEnd, 1)),
    });
    expect(adherenceOf(state, { assignmentId: 'a-2' }, afterPeriod).status).toBe('amended');
    expect(adherenceOf(state, { assignmentId: 'a-1' }, afterPeriod).status).toBe('amended');
    expect(adherenceOf(state, { assignmentId: 'a-3' }, afterPeriod).status).toBe('final');
    const mistake = { ...state, assignments: [aStep({ id: 'a-2', status: 'entered-in-error' })], occurrences: [] };
    expect(adherenceOf(mistake, {}, afterPeriod).status).toBe('final');
  });
});

import { describe, expect, it } from 'vitest';
import { IntersessionError } from '../../src/foundation/intersession-error.ts';
import { finishLog } from '../../src/homework/log/finish-log.ts';
import { reviseLog } from '../../src/homework/log/revise-log.ts';
import { type TakeLog, takeLog } from '../../src/homework/log/take-log.ts';
import { voidLog } from '../../src/homework/log/void-log.ts';
import type { PlanState, Schedule } from '../../src/homework/model.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import { adherenceOf } from '../../src/homework/plan/adherence-of.ts';
import type { DesignAssignment } from '../../src/homework/plan/design.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { endPlan } from '../../src/homework/plan/end-plan.ts';
import { type MoveEvent, makeMove } from '../../src/homework/plan/make-move.ts';
import { sweep } from '../../src/homework/plan/sweep.ts';
import { exemptOccurrence } from '../../src/homework/schedule/exempt-occurrence.ts';
import { aLog, anAssignment, answers, aPlan, rules } from './build-plan.ts';

const begin = '2026-03-01T15:00:00.000Z';
const meetings: Schedule = {
  type: 'event',
  event: 'team meeting',
  count: 3,
  text: 'next three team meetings',
  window: { start: '2026-03-02', end: '2026-03-13' },
};
const active = (...steps: readonly DesignAssignment[]) => activatePlan(designPlan(aPlan(steps), begin), begin, rules);
const once = () => active(anAssignment({ key: '1' }));
const thrice = () => active(anAssignment({ key: '1', schedule: meetings }));

/** Logs when it happens, unless `at` says later. */
function log(state: PlanState, performedAt: string, changes: Partial<TakeLog> = {}, at = performedAt) {
  const id = `l${state.logs.length + 1}`;
  return takeLog(state, aLog({ id, assignmentId: 'a-1', performedAt, ...changes }), at, rules).state;
}
const move = (state: PlanState, event: MoveEvent, at = begin, assignmentId = 'a-1') =>
  makeMove(state, { assignmentId, event }, at, rules);
const ties = (state: PlanState) => state.logs.map(({ resolution, occurrenceId }) => [resolution, occurrenceId]);
const statuses = (state: PlanState) => state.occurrences.map(({ status }) => status);
const step = (state: PlanState, id = 'a-1') => {
  const found = state.assignments.find((assignment) => assignment.id === id);
  return `${found?.status}/${found?.businessStatus}`;
};
function refusal(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (error instanceof IntersessionError) return { code: error.code, ...error.fields };
    throw error;
  }
  return 'accepted';
}

describe('tying a log to its occurrence', () => {
  it('takes the open window that holds the time, on time until 04:00 and late from then on', () => {
    const onTime = log(once(), '2026-03-14T07:59:59.999Z');
    expect([ties(onTime), statuses(onTime), step(onTime)]).toEqual([
      [['resolved', 'a-1.1']],
      ['done'],
      'completed/done',
    ]);
    const late = log(once(), '2026-03-14T08:00:00.000Z');
    expect([ties(late), statuses(late), step(late)]).toEqual([[['late', 'a-1.1']], ['late'], 'completed/done']);
    expect(late.occurrences[0]?.logId).toBe('l1');
  });

  it('judges by when it happened and not by when it was sent', () => {
    const sentLate = log(once(), '2026-03-13T20:00:00.000Z', {}, '2026-03-14T20:00:00.000Z');
    expect([ties(sentLate), statuses(sentLate)]).toEqual([[['resolved', 'a-1.1']], ['done']]);
  });

  it('takes the missed one when it happened within its grace and is told afterwards', () => {
    const missed = sweep(once(), '2026-03-16T12:00:00.000Z', rules);
    expect([statuses(missed), step(missed)]).toEqual([['missed'], 'failed/missed']);
    const told = log(missed, '2026-03-14T20:00:00.000Z', {}, '2026-03-16T12:00:00.000Z');
    expect([ties(told), statuses(told), step(told)]).toEqual([[['late', 'a-1.1']], ['late'], 'completed/late']);
    expect(told.assignments[0]).not.toHaveProperty('statusReason');
  });

  it('is ad hoc after the grace, and what was missed stays missed', () => {
    const told = log(once(), '2026-03-15T08:00:00.000Z');
    expect([ties(told), statuses(told), step(told)]).toEqual([[['ad-hoc', undefined]], ['missed'], 'failed/missed']);
  });

  it('lets the named occurrence win over the dates, without making too late a log count', () => {
    const named = log(once(), '2026-03-18T12:00:00.000Z', { occurrenceId: 'a-1.1' });
    expect([ties(named), statuses(named), step(named)]).toEqual([[['late', 'a-1.1']], ['missed'], 'failed/missed']);
    expect(adherenceOf(named, {}, '2026-03-18T12:00:00.000Z').percent).toBe(0);
  });

  it('counts one more after the target as extra, also on the completed step and when it names the done one', () => {
    const done = log(once(), '2026-03-02T15:00:00.000Z');
    const again = log(log(done, '2026-03-03T15:00:00.000Z'), '2026-03-04T15:00:00.000Z', { occurrenceId: 'a-1.1' });
    expect(ties(again)).toEqual([
      ['resolved', 'a-1.1'],
      ['extra', undefined],
      ['extra', undefined],
    ]);
    expect(adherenceOf(again, {}, begin).counts).toMatchObject({ expected: 1, onTime: 1, extra: 2 });
  });

  it('takes events in order, one opened after the other, whenever they are told', () => {
    const evening = '2026-03-03T01:00:00.000Z';
    const first = log(thrice(), '2026-03-02T15:00:00.000Z', {}, evening);
    const second = log(first, '2026-03-02T19:00:00.000Z', {}, evening);
    expect(ties(second)).toEqual([
      ['resolved', 'a-1.1'],
      ['resolved', 'a-1.2'],
    ]);
    expect([statuses(second), step(second)]).toEqual([['done', 'done', 'due'], 'in-progress/logging']);
  });

  it('is ad hoc before the window of the event begins', () => {
    const early = log(thrice(), '2026-03-02T08:00:00.000Z', {}, '2026-03-03T00:00:00.000Z');
    expect([ties(early), statuses(early), step(early)]).toEqual([
      [['ad-hoc', undefined]],
      ['due'],
      'in-progress/logging',
    ]);
  });

  it('makes and misses all that is left when the window of the event closes', () => {
    const logged = log(thrice(), '2026-03-02T15:00:00.000Z');
    const late = sweep(logged, '2026-03-14T08:00:00.000Z', rules);
    expect([statuses(late), step(late)]).toEqual([['done', 'overdue'], 'in-progress/overdue']);
    const closed = sweep(late, '2026-03-15T08:00:00.000Z', rules);
    expect([statuses(closed), step(closed)]).toEqual([['done', 'missed', 'missed'], 'failed/missed']);
    expect(closed.assignments[0]?.statusReason?.text).toBe('1 of 3 logged when the time for it was over');
    expect(adherenceOf(closed, {}, '2026-03-15T08:00:00.000Z')).toMatchObject({ percent: 33.3 });
    const told = log(closed, '2026-03-12T15:00:00.000Z', {}, '2026-03-15T09:00:00.000Z');
    expect([statuses(told), step(told)]).toEqual([['done', 'done', 'missed'], 'in-progress/late']);
    const all = log(told, '2026-03-14T15:00:00.000Z', {}, '2026-03-15T09:00:00.000Z');
    expect([statuses(all), step(all)]).toEqual([['done', 'done', 'late'], 'completed/done']);
  });

  it('misses every one of the events when nothing was logged at all', () => {
    const closed = sweep(thrice(), '2026-03-15T08:00:00.000Z', rules);
    expect([statuses(closed), step(closed)]).toEqual([['missed', 'missed', 'missed'], 'failed/missed']);
    expect(closed.occurrences.map(({ id }) => id)).toEqual(['a-1.1', 'a-1.2', 'a-1.3']);
  });

  it('sets a paused step not going: what is logged meanwhile is ad hoc', () => {
    const paused = log(move(once(), { type: 'pause' }), '2026-03-02T15:00:00.000Z');
    expect([ties(paused), statuses(paused), step(paused)]).toEqual([
      [['ad-hoc', undefined]],
      ['paused'],
      'requested/paused',
    ]);
  });
});

describe('an unfinished log', () => {
  const begun = () => log(once(), '2026-03-04T15:00:00.000Z', { status: 'in-progress' });

  it('sets the step going and completes nothing', () => {
    expect([ties(begun()), statuses(begun()), step(begun())]).toEqual([
      [['resolved', 'a-1.1']],
      ['due'],
      'in-progress/logging',
    ]);
  });

  it('counts for its occurrence when it is completed, by the time it happened', () => {
    const done = finishLog(begun(), { logId: 'l1' }, '2026-03-20T15:00:00.000Z', rules);
    expect([statuses(done), step(done), done.logs[0]?.status]).toEqual([['done'], 'completed/late', 'completed']);
    const later = finishLog(
      begun(),
      { logId: 'l1', performedAt: '2026-03-14T15:00:00Z' },
      '2026-03-14T15:00:00.000Z',
      rules,
    );
    expect([statuses(later), later.logs[0]?.performedAt]).toEqual([['late'], '2026-03-14T15:00:00.000Z']);
  });

  it('is saved again without being completed, and only a completed one becomes amended', () => {
    const saved = reviseLog(begun(), { logId: 'l1', items: answers({ note: 'a' }) }, '2026-03-04T16:00:00.000Z', rules);
    expect(saved.logs[0]).toMatchObject({ status: 'in-progress', authored: '2026-03-04T16:00:00.000Z' });
    expect(step(saved)).toBe('in-progress/logging');
    const done = finishLog(saved, { logId: 'l1' }, '2026-03-04T17:00:00.000Z', rules);
    const amended = reviseLog(done, { logId: 'l1', items: [] }, '2026-03-05T17:00:00.000Z', rules);
    expect(amended.logs[0]).toMatchObject({ status: 'amended', performedAt: '2026-03-04T15:00:00.000Z', items: [] });
    expect(refusal(() => finishLog(amended, { logId: 'l1' }, '2026-03-05T18:00:00.000Z', rules))).toMatchObject({
      code: 'invalid-request',
    });
  });

  it('leaves its occurrence to a finished one, and takes the next event when it is only begun', () => {
    const other = log(begun(), '2026-03-05T15:00:00.000Z');
    expect(ties(other)[1]).toEqual(['resolved', 'a-1.1']);
    const events = log(thrice(), '2026-03-04T15:00:00.000Z', { status: 'in-progress' });
    expect(ties(log(events, '2026-03-05T15:00:00.000Z'))[1]).toEqual(['resolved', 'a-1.2']);
  });

  it('is stopped with its step', () => {
    const stopped = move(
      begun(),
      { type: 'stop', barrier: { id: 'b', code: 'too-hard', saidBy: 'patient' } },
      '2026-03-05T15:00:00.000Z',
    );
    expect(stopped.logs[0]?.status).toBe('stopped');
    expect([step(stopped), statuses(stopped)]).toEqual(['cancelled/stopped-by-patient', ['excused']]);
    expect(stopped.barriers).toEqual([
      {
        id: 'b',
        code: 'too-hard',
        saidBy: 'patient',
        assignmentId: 'a-1',
        planId: 'plan-1',
        patientId: 'sarah',
        recordedAt: '2026-03-05T15:00:00.000Z',
      },
    ]);
  });
});

describe('taking a log back', () => {
  const done = () => log(once(), '2026-03-04T15:00:00.000Z');

  it('makes its occurrence due again while its time is open, and the step undone', () => {
    const back = voidLog(done(), { logId: 'l1' }, '2026-03-05T15:00:00.000Z', rules);
    expect([statuses(back), step(back), back.logs[0]?.status]).toEqual([
      ['due'],
      'in-progress/logging',
      'entered-in-error',
    ]);
    expect(back.occurrences[0]).not.toHaveProperty('logId');
    expect(voidLog(back, { logId: 'l1' }, '2026-03-06T15:00:00.000Z', rules)).toBe(back);
    expect(ties(log(back, '2026-03-06T15:00:00.000Z'))[1]).toEqual(['resolved', 'a-1.1']);
  });

  it('makes it overdue in the late window and missed after it', () => {
    const inGrace = voidLog(done(), { logId: 'l1' }, '2026-03-14T15:00:00.000Z', rules);
    expect([statuses(inGrace), step(inGrace)]).toEqual([['overdue'], 'in-progress/overdue']);
    const after = voidLog(done(), { logId: 'l1' }, '2026-03-15T15:00:00.000Z', rules);
    expect([statuses(after), step(after)]).toEqual([['missed'], 'failed/missed']);
  });

  it('leaves unlocked what it had unlocked', () => {
    const next = anAssignment({
      key: '2',
      unlock: { type: 'after', after: '1', criterion: { type: 'behaviour-done' } },
    });
    const two = log(active(anAssignment({ key: '1' }), next), '2026-03-04T15:00:00.000Z');
    expect(step(two, 'a-2')).toBe('requested/assigned');
    expect(step(voidLog(two, { logId: 'l1' }, '2026-03-05T15:00:00.000Z', rules), 'a-2')).toBe('requested/assigned');
  });

  it('opens nothing on a plan that is closed', () => {
    const closed = endPlan(done(), { status: 'completed' }, '2026-03-05T15:00:00.000Z', rules);
    const back = voidLog(closed, { logId: 'l1' }, '2026-03-06T15:00:00.000Z', rules);
    expect(statuses(back)).toEqual(['excused']);
    const afterItsTime = voidLog(closed, { logId: 'l1' }, '2026-03-16T15:00:00.000Z', rules);
    expect(statuses(afterItsTime)).toEqual(['missed']);
    expect(adherenceOf(back, {}, '2026-03-06T15:00:00.000Z')).toMatchObject({
      status: 'amended',
      counts: { expected: 0 },
    });
  });
});

describe('excusing', () => {
  it('takes an occurrence out of the count and opens the next event', () => {
    const excused = exemptOccurrence(
      thrice(),
      { occurrenceId: 'a-1.1', reason: 'holiday' },
      '2026-03-04T15:00:00.000Z',
      rules,
    );
    expect(statuses(excused)).toEqual(['excused', 'due']);
    const both = log(log(excused, '2026-03-05T15:00:00.000Z'), '2026-03-06T15:00:00.000Z');
    expect([statuses(both), step(both)]).toEqual([['excused', 'done', 'done'], 'completed/done']);
    expect(adherenceOf(both, {}, begin).counts).toMatchObject({ expected: 2, onTime: 2, excused: 1 });
  });

  it('ends an overdue without missing it', () => {
    const overdue = sweep(once(), '2026-03-14T12:00:00.000Z', rules);
    const excused = exemptOccurrence(
      overdue,
      { occurrenceId: 'a-1.1', reason: 'ill' },
      '2026-03-14T13:00:00.000Z',
      rules,
    );
    expect([statuses(excused), step(excused)]).toEqual([['excused'], 'requested/assigned']);
    const later = sweep(excused, '2026-03-20T13:00:00.000Z', rules);
    expect([statuses(later), step(later)]).toEqual([['excused'], 'requested/assigned']);
    expect(adherenceOf(later, {}, '2026-03-20T13:00:00.000Z')).not.toHaveProperty('percent');
  });

  it('is refused for what was done, and without a reason', () => {
    const done = log(once(), '2026-03-04T15:00:00.000Z');
    const excuse = (state: PlanState, reason: string) => () =>
      exemptOccurrence(state, { occurrenceId: 'a-1.1', reason }, '2026-03-05T15:00:00.000Z', rules);
    expect(refusal(excuse(done, 'x'))).toMatchObject({ code: 'illegal-move', event: 'excuse' });
    expect(refusal(excuse(once(), ' '))).toMatchObject({ code: 'invalid-request', issues: [{ path: 'reason' }] });
  });
});

describe('refusing a log by name', () => {
  const time = '2026-03-04T15:00:00.000Z';
  const barrier = { id: 'b', code: 'fear', saidBy: 'patient' } as const;

  it('for a locked, a closed and an unknown step, and a closed plan', () => {
    const locked = active(anAssignment({ key: '1', unlock: { type: 'by-clinician' } }));
    expect(refusal(() => log(locked, time))).toEqual({ code: 'assignment-locked', assignmentId: 'a-1' });
    const withdrawn = move(once(), { type: 'withdraw', actor: 'Practitioner/1', reason: 'not needed' });
    expect(refusal(() => log(withdrawn, time))).toMatchObject({ code: 'assignment-closed', status: 'withdrawn' });
    expect(refusal(() => log(move(once(), { type: 'decline', barrier }), time))).toMatchObject({ status: 'declined' });
    expect(refusal(() => log(move(once(), { type: 'mistake' }), time))).toMatchObject({ status: 'mistake' });
    const stopped = move(log(once(), time, { status: 'in-progress' }), { type: 'stop', barrier }, time);
    expect(refusal(() => log(stopped, time))).toMatchObject({ status: 'stopped-by-patient' });
    expect(refusal(() => log(once(), time, { assignmentId: 'a-9' }))).toMatchObject({
      code: 'unknown-artefact',
      artefact: 'assignment',
    });
    const closed = endPlan(once(), { status: 'revoked', reason: 'moved away' }, begin, rules);
    expect(refusal(() => log(closed, time))).toEqual({ code: 'plan-closed', planId: 'plan-1', status: 'revoked' });
  });

  it('for a time that can not be, an unknown occurrence, another step of the plan, an id in use', () => {
    const issue = (path: string) => ({ code: 'invalid-request', issues: [expect.objectContaining({ path })] });
    expect(refusal(() => log(once(), '2026-03-04T15:05:01.000Z', {}, time))).toMatchObject(issue('performedAt'));
    expect(log(once(), '2026-03-04T15:05:00.000Z', {}, time).logs).toHaveLength(1);
    expect(refusal(() => log(once(), '2026-03-01T04:59:59.999Z', {}, time))).toMatchObject(issue('performedAt'));
    expect(refusal(() => log(once(), 'yesterday', {}, time))).toMatchObject(issue('performedAt'));
    expect(refusal(() => log(once(), time, { occurrenceId: 'a-1.7' }))).toMatchObject({
      code: 'unknown-artefact',
      artefact: 'occurrence',
    });
    const two = active(anAssignment({ key: '1' }), anAssignment({ key: '2' }));
    expect(refusal(() => log(two, time, { occurrenceId: 'a-2.1' }))).toMatchObject(issue('occurrenceId'));
    expect(refusal(() => log(log(once(), time), time, { id: 'l1' }))).toMatchObject(issue('id'));
  });
});

import { describe, expect, it } from 'vitest';
import { finishLog } from '../../../src/homework/log/finish-log.ts';
import { takeLog } from '../../../src/homework/log/take-log.ts';
import type { PlanState, Schedule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { type ChangePlanWords, changePlanWords } from '../../../src/homework/plan/change-plan-words.ts';
import { changeStep } from '../../../src/homework/plan/change-step.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { type MoveEvent, makeMove } from '../../../src/homework/plan/make-move.ts';
import { nextSweepAt } from '../../../src/homework/plan/next-sweep-at.ts';
import { planRevision } from '../../../src/homework/plan/plan-revision.ts';
import { revisionOf } from '../../../src/homework/plan/step-words.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import { assignmentById } from '../../../src/homework/replace-in-state.ts';
import type { Series } from '../../../src/homework/schedule/schedule.ts';
import { noEnd, scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { aLog, anAssignment, aPlan, rules } from '../build-plan.ts';

// 2 March 2026 is a Monday; New York is 5 hours behind until the 8th
const monday = '2026-03-02T17:00:00.000Z';
const actor = 'Practitioner/1';
const daily: Series = { type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'open' } };
const weekly: Series = { ...daily, pattern: { type: 'per-week', count: 3 } };
const started = (schedule: Schedule): PlanState =>
  activatePlan(designPlan(aPlan([anAssignment({ key: '1', schedule })]), monday), monday, rules);
const at = (day: number, hour = 17) => new Date(Date.UTC(2026, 2, day, hour)).toISOString();
const step = (state: PlanState) => assignmentById(state, 'a-1');
const change = (state: PlanState, schedule: Schedule, when: string) =>
  changeStep(state, { assignmentId: 'a-1', basedOn: revisionOf(step(state)), schedule }, when, rules);
const changePlan = (state: PlanState, to: Partial<ChangePlanWords>, when: string) =>
  changePlanWords(state, { basedOn: planRevision(state.plan), ...to }, when, rules);
const move = (state: PlanState, event: MoveEvent, when: string) =>
  makeMove(state, { assignmentId: 'a-1', event }, when, rules);
const relocked = (state: PlanState, when: string) => move(state, { type: 'relock', actor, reason: 'not yet' }, when);
const unlock = { type: 'unlock', by: { actor, reason: 'ready' } } as const;
const statesOf = (state: PlanState) => state.occurrences.map(({ day, status }) => `${day?.slice(8) ?? '–'} ${status}`);
const due = (state: PlanState) =>
  state.occurrences.map(({ status, dueUntil }) => (status === 'due' ? dueUntil.slice(0, 10) : status));
const logged = (state: PlanState, when: string, status: 'completed' | 'in-progress' = 'completed') =>
  takeLog(state, aLog({ id: 'l', assignmentId: 'a-1', performedAt: when, status }), when, rules).state;

describe('the visit in which a schedule is given is not the next one', () => {
  const untilVisit: Series = { ...daily, ends: { type: 'next-visit' } };
  it('of a series that is changed to run until the next visit', () => {
    const inSession = { ...started(daily), nextVisit: at(5, 15) };
    const given = change(inSession, untilVisit, at(5, 16));
    const after = sweep(given, at(6), rules);
    expect(statesOf(after).slice(-2)).toEqual(['05 overdue', '06 due']);
    expect(scheduleOf(step(after))).toMatchObject({ ends: { type: 'next-visit' } });
    const known = sweep({ ...after, nextVisit: at(12, 15) }, at(12), rules);
    expect(scheduleOf(step(known))).toMatchObject({ ends: { type: 'on', date: '2026-03-11' } });
  });

  it('of a step that is changed to be done for the next visit', () => {
    const inSession = { ...started({ type: 'once', by: '2026-03-20' }), nextVisit: at(5, 15) };
    const given = change(inSession, { type: 'at-visit' }, at(5, 16));
    expect(given.occurrences.at(-1)?.dueUntil).toBe(noEnd);
    expect(
      sweep({ ...given, nextVisit: at(12, 15) }, at(6), rules)
        .occurrences.at(-1)
        ?.dueUntil.slice(0, 10),
    ).toBe('2026-03-13');
  });
});

describe('what is open of a week goes on until its last day as that is now', () => {
  const week = ['2026-03-09', '2026-03-09', '2026-03-09'];
  it('by days off, said and taken back', () => {
    const daysOff = [{ from: '2026-03-07', to: '2026-03-08' }];
    const off = changePlan(started(weekly), { daysOff }, at(3));
    expect(due(off)).toEqual(['2026-03-07', '2026-03-07', 'excused']);
    expect(due(changePlan(off, { daysOff: [] }, at(4)))).toEqual([
      ...['2026-03-09', '2026-03-09', 'excused', '2026-03-09'],
    ]);
  });

  it('by the end of the plan', () => {
    const short = changePlan(started(weekly), { end: '2026-03-06' }, at(3));
    expect(due(short)).toEqual(['2026-03-07', '2026-03-07', 'excused']);
    expect(due(changePlan(short, { end: '2026-03-07' }, at(4))).slice(0, 2)).toEqual(['2026-03-08', '2026-03-08']);
  });

  it('by a visit that becomes known, is moved and is called off', () => {
    const open = started({ ...weekly, ends: { type: 'next-visit' } });
    expect(due(open)).toEqual(week);
    const known = sweep({ ...open, nextVisit: at(6, 15) }, at(3), rules);
    expect(due(known)).toEqual(['2026-03-06', '2026-03-06', 'excused']);
    const moved = sweep({ ...known, nextVisit: at(7, 15) }, at(4), rules);
    expect(due(moved)).toEqual(['2026-03-07', '2026-03-07', 'excused']);
    const { nextVisit: _off, ...calledOff } = moved;
    expect(due(sweep(calledOff, at(5), rules))).toEqual(['2026-03-09', '2026-03-09', 'excused', '2026-03-09']);
  });

  it('and what is begun keeps the day that it was given', () => {
    const begun = logged(started(weekly), at(2, 18), 'in-progress');
    const off = changePlan(begun, { daysOff: [{ from: '2026-03-07', to: '2026-03-08' }] }, at(3));
    expect(due(off)).toEqual(['2026-03-09', '2026-03-07', 'excused']);
  });
});

it('a series whose last days nobody swept for more than 400 days is over, and wakes nobody', () => {
  const until = started({ ...daily, ends: { type: 'on', date: '2026-03-20' } });
  const { end: _end, ...period } = until.plan.period;
  const done = logged({ ...until, plan: { ...until.plan, period } }, at(2, 18));
  const later = sweep(done, '2028-03-02T17:00:00.000Z', rules);
  expect(step(later).businessStatus).toBe('done');
  expect(nextSweepAt(later, '2028-03-02T17:00:00.000Z')).toBeUndefined();
});

describe('a series that is locked again', () => {
  it('goes on where it was when it is opened: its day is asked for once', () => {
    const locked = relocked(started(daily), at(2, 18));
    expect(statesOf(locked)).toEqual(['02 paused']);
    expect(statesOf(move(locked, unlock, at(2, 20)))).toEqual(['02 due']);
  });

  it('asks for nothing that lay in between, and has its grace still', () => {
    const locked = relocked(sweep(started(daily), at(3, 10), rules), at(3, 11));
    expect(statesOf(locked)).toEqual(['02 paused', '03 paused']);
    expect(statesOf(move(locked, unlock, at(3, 23)))).toEqual(['02 overdue', '03 due']);
    expect(statesOf(move(locked, unlock, at(6)))).toEqual(['02 excused', '03 excused', '06 due']);
  });

  it('has a short week when it is opened', () => {
    const locked = relocked(started(weekly), at(3));
    expect(statesOf(move(locked, unlock, at(6)))).toEqual(['02 due', '02 excused', '02 excused']);
  });

  it.each<[string, Schedule, Schedule, readonly string[]]>([
    ['a day for a series', { type: 'once', by: '2026-03-09' }, daily, ['– excused', '05 due']],
    ['a series for a day', daily, { type: 'once', by: '2026-03-12' }, ['02 excused', '– due']],
    ['days for weeks', daily, weekly, ['02 excused', '02 due', '02 due']],
    ['a series for sessions', daily, { type: 'sessions', count: 2 }, ['02 excused']],
  ])('and opened by another schedule asks by that alone: %s', (_what, was, schedule, expected) => {
    const locked = relocked(started(was), at(2, 18));
    const opened = move(locked, { ...unlock, schedule }, at(5));
    expect(statesOf(opened)).toEqual(expected);
    expect(opened.occurrences.filter(({ status, superseded }) => status === 'excused' && !superseded)).toEqual([]);
    const event = { type: 'regrade', actor, reason: 'other', schedule } as const;
    expect(statesOf(move(move(started(was), event, at(2, 18)), unlock, at(5)))).toEqual(expected);
  });
});

describe('a log that was begun in time', () => {
  it.each([
    ['of a day of a series, and sent within its grace', daily, undefined, at(3, 18), 'late'],
    ['and sent in time', daily, undefined, at(2, 23), 'resolved'],
    [
      'of something that is done once, and sent in its grace',
      { type: 'once', by: '2026-03-02' } as const,
      undefined,
      at(3, 18),
      'resolved',
    ],
    [
      'that says when it is sent that it was later',
      { type: 'once', by: '2026-03-02' } as const,
      at(3, 12),
      at(3, 18),
      'late',
    ],
  ])('%s', (_what, schedule, performedAt, sentAt, resolution) => {
    const begun = logged(started(schedule), at(2, 18), 'in-progress');
    expect(begun.logs[0]?.resolution).toBe('resolved');
    const command = { logId: 'l', ...(performedAt === undefined ? {} : { performedAt }) };
    const sent = finishLog(begun, command, sentAt, rules);
    expect(sent.logs[0]?.resolution).toBe(resolution);
    expect(sent.occurrences[0]?.status).toBe(resolution === 'late' ? 'late' : 'done');
  });
});

import { describe, expect, it } from 'vitest';
import { finishLog } from '../../../src/homework/log/finish-log.ts';
import { takeLog } from '../../../src/homework/log/take-log.ts';
import { voidLog } from '../../../src/homework/log/void-log.ts';
import type { PlanState, Schedule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { changePlanWords } from '../../../src/homework/plan/change-plan-words.ts';
import { changeStep } from '../../../src/homework/plan/change-step.ts';
import type { DesignAssignment } from '../../../src/homework/plan/design.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { endPlan } from '../../../src/homework/plan/end-plan.ts';
import { makeMove } from '../../../src/homework/plan/make-move.ts';
import { nextSweepAt } from '../../../src/homework/plan/next-sweep-at.ts';
import type { DaysOff } from '../../../src/homework/plan/plan.ts';
import { planRevision } from '../../../src/homework/plan/plan-revision.ts';
import { proposeClose } from '../../../src/homework/plan/propose-close.ts';
import { revisionOf } from '../../../src/homework/plan/step-words.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import type { Series } from '../../../src/homework/schedule/schedule.ts';
import { noEnd } from '../../../src/homework/schedule/schedule-of.ts';
import { startSession } from '../../../src/homework/schedule/start-session.ts';
import { aLog, anAssignment, aPlan, rules } from '../build-plan.ts';
import { refusal } from '../refusal.ts';

// 2 March 2026 is a Monday; New York is 5 hours behind until the 8th
const monday = '2026-03-02T17:00:00.000Z';
const daily: Series = { type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'open' } };
const started = (schedule: Schedule, changes: Partial<DesignAssignment> = {}, at = monday): PlanState =>
  activatePlan(designPlan(aPlan([anAssignment({ key: '1', schedule, ...changes })]), at), at, rules);
const at = (day: number, hour = 17) => new Date(Date.UTC(2026, 2, day, hour)).toISOString();
const logged = (state: PlanState, performedAt: string, when = performedAt, id = performedAt): PlanState =>
  takeLog(state, aLog({ id, assignmentId: 'a-1', performedAt }), when, rules).state;
const statesOf = (state: PlanState) => state.occurrences.map(({ day, status }) => `${day?.slice(8)} ${status}`);
const stepOf = ({ assignments }: PlanState) =>
  assignments.map(({ status, businessStatus }) => `${status}, ${businessStatus}`)[0];

describe('a series is made when its window opens', () => {
  it('and never before', () => {
    expect(statesOf(sweep(started(daily), '2026-03-03T08:59:59.999Z', rules))).toEqual(['02 due']);
    expect(statesOf(sweep(started(daily), '2026-03-03T09:00:00.000Z', rules))).toEqual(['02 overdue', '03 due']);
  });

  it('the sweep is woken then', () => {
    expect(nextSweepAt(started({ ...daily, start: '2026-03-05' }), monday)).toBe('2026-03-05T09:00:00.000Z');
  });

  it('all that came while the service was down, in order, and no more than 400 days of it', () => {
    const after = sweep(started(daily), at(30), rules);
    expect(after.occurrences.map(({ ordinal }) => ordinal)).toEqual([...Array(29).keys()].map((index) => index + 1));
    expect(statesOf(after).slice(-3)).toEqual(['28 missed', '29 overdue', '30 due']);
    const { end: _end, ...period } = started(daily).plan.period;
    const endless = { ...started(daily), plan: { ...started(daily).plan, period } };
    expect(sweep(endless, '2036-03-02T17:00:00.000Z', rules).occurrences).toHaveLength(402);
  });

  it('as often swept as once at the end', () => {
    let often = started(daily);
    for (let hour = 1; hour < 24 * 20; hour += 3) often = sweep(often, at(2, 17 + hour), rules);
    const once = sweep(started(daily), at(2, 17 + 24 * 20), rules);
    often = sweep(often, at(2, 17 + 24 * 20), rules);
    const plain = ({ occurrences }: PlanState) => occurrences.map(({ lastModified: _when, ...rest }) => rest);
    expect(plain(often)).toEqual(plain(once));
    expect(stepOf(often)).toBe(stepOf(once));
  });
});

describe('a log of a day', () => {
  it('written the day after is of its own day, and late; after the grace it stays missed', () => {
    const tuesday = sweep(started(daily), at(3), rules);
    const late = logged(tuesday, at(2, 23), at(3, 18));
    expect(statesOf(late)).toEqual(['02 late', '03 due']);
    expect(late.logs[0]).toMatchObject({ resolution: 'late', occurrenceId: 'a-1.1' });
    const thursday = logged(sweep(started(daily), at(5), rules), at(2, 23), at(5, 18));
    expect(statesOf(thursday)).toEqual(['02 missed', '03 missed', '04 overdue', '05 due']);
    expect(thursday.logs[0]).toMatchObject({ resolution: 'late', occurrenceId: 'a-1.1' });
  });

  it('that a clinician copies from paper is judged by when it was', () => {
    const source = { type: 'practitioner', reference: 'Practitioner/1' } as const;
    const log = aLog({ id: 'l', assignmentId: 'a-1', performedAt: at(2, 23), source });
    expect(statesOf(takeLog(sweep(started(daily), at(9), rules), log, at(9), rules).state)[0]).toBe('02 done');
  });

  it('twice is one more, beyond what was planned', () => {
    const twice = logged(logged(started(daily), at(2, 18)), at(2, 19));
    expect(twice.logs.map(({ resolution }) => resolution)).toEqual(['resolved', 'extra']);
  });

  it('of several parts goes to the one whose hours it is', () => {
    const parts = logged(
      sweep(started({ ...daily, times: ['morning', 'evening'] }), at(3), rules),
      at(3, 23),
      at(3, 23),
    );
    expect(parts.occurrences.map(({ part, status }) => `${part} ${status}`)).toEqual([
      'evening overdue',
      'morning due',
      'evening done',
    ]);
  });

  it('taken back opens its day again', () => {
    const until: Series = { ...daily, ends: { type: 'on', date: '2026-03-03' } };
    const done = logged(logged(started(until), at(2, 18)), at(3, 18));
    expect(stepOf(done)).toBe('completed, done');
    const back = voidLog(done, { logId: at(3, 18) }, at(3, 20), rules);
    expect([stepOf(back), ...statesOf(back)]).toEqual(['in-progress, logging', '02 done', '03 due']);
  });
});

describe('the end of a series', () => {
  const until: Series = { ...daily, ends: { type: 'on', date: '2026-03-04' } };
  it('with anything done is done, with nothing done is missed', () => {
    expect(stepOf(sweep(logged(started(until), at(2, 18)), at(9), rules))).toBe('completed, done');
    const missed = sweep(started(until), at(9), rules);
    expect(stepOf(missed)).toBe('failed, missed');
    expect(missed.assignments[0]?.endedAt).toBe('2026-03-06T09:00:00.000Z');
  });

  it('comes with the day of the visit, and the visit after it changes nothing', () => {
    const asked = started({ ...daily, ends: { type: 'next-visit' } });
    const known = { ...asked, nextVisit: at(5, 15) };
    const began = sweep(known, at(5, 14), rules);
    expect(statesOf(began)).toEqual(['02 missed', '03 missed', '04 overdue']);
    const after = sweep({ ...began, nextVisit: at(12, 15) }, at(10), rules);
    expect(statesOf(after)).toEqual(['02 missed', '03 missed', '04 missed']);
    expect(nextSweepAt(sweep(known, at(4), rules), at(4))).toBe('2026-03-05T09:00:00.000Z');
  });

  it('comes with the plan: done where anything was, withdrawn where nothing was', () => {
    const close = (state: PlanState, status: 'completed' | 'revoked') =>
      stepOf(endPlan(state, { status, reason: 'over' }, at(9), rules));
    expect(close(logged(started(daily), at(2, 18)), 'completed')).toBe('completed, done');
    expect(close(logged(started(daily), at(2, 18)), 'revoked')).toBe('cancelled, withdrawn');
    expect(close(started(daily), 'completed')).toBe('cancelled, withdrawn');
  });
});

describe('at the next visit', () => {
  const visit: Schedule = { type: 'at-visit' };
  const due = ({ occurrences }: PlanState) => occurrences[0]?.dueUntil;
  it('is due until the end of its day, follows it when it is moved, and has no end without one', () => {
    const open = started(visit);
    expect(due(open)).toBe(noEnd);
    const known = sweep({ ...open, nextVisit: at(5, 15) }, at(3), rules);
    expect(due(known)).toBe('2026-03-06T09:00:00.000Z');
    expect(due(sweep({ ...known, nextVisit: at(9, 15) }, at(4), rules))).toBe('2026-03-10T08:00:00.000Z');
    const { nextVisit: _off, ...calledOff } = known;
    expect(due(sweep(calledOff, at(4), rules))).toBe(noEnd);
    expect(due(sweep({ ...known, nextVisit: at(12, 15) }, at(5, 16), rules))).toBe('2026-03-06T09:00:00.000Z');
    expect(stepOf(sweep(known, at(8), rules))).toBe('failed, missed');
  });

  it('never wakes the sweep for a visit that nobody knows of, and is no visit of the day it was given on', () => {
    const open = started(visit);
    expect(nextSweepAt(open, monday)).toBe('2026-04-13T08:00:00.000Z');
    expect(due(sweep({ ...open, nextVisit: at(2, 20) }, at(2, 18), rules))).toBe(noEnd);
  });
});

describe('sessions', () => {
  const sessions = started({ type: 'sessions', count: 2 });
  const begin = (state: PlanState, when: string) => startSession(state, { assignmentId: 'a-1' }, when, rules).state;
  it('are begun by a clinician, one at a time, and never missed', () => {
    expect(sessions.occurrences).toEqual([]);
    const one = begin(begin(sessions, at(3)), at(4));
    expect(one.occurrences).toHaveLength(1);
    expect(statesOf(sweep(one, at(30), rules))).toEqual(['undefined due']);
    const two = logged(begin(logged(one, at(4, 18)), at(5)), at(5, 18));
    expect(stepOf(two)).toBe('completed, done');
  });

  it('that nobody began are such when a clinician writes them down, and not when the patient does', () => {
    expect(logged(sessions, at(3)).logs[0]?.resolution).toBe('ad-hoc');
    const source = { type: 'practitioner', reference: 'Practitioner/1' } as const;
    const told = takeLog(sessions, aLog({ id: 'l', assignmentId: 'a-1', performedAt: at(3), source }), at(3), rules);
    expect(told.log.resolution).toBe('resolved');
  });

  it('are begun of no other step', () => {
    expect(refusal(() => begin(started(daily), at(3)))).toMatchObject({ code: 'illegal-move' });
  });

  it.each<[string, Partial<PlanState>, string]>([
    ['the plan is not active', { plan: { ...sessions.plan, status: 'on-hold' } }, 'the plan is not active'],
    ['the patient has died', { deceased: {} }, 'the patient has died'],
    [
      'the step is paused',
      makeMove(sessions, { assignmentId: 'a-1', event: { type: 'pause' } }, at(3), rules),
      'the step is paused',
    ],
  ])('do not begin where %s: what a clinician writes down then is ad hoc', (_what, changes, because) => {
    const held = { ...sessions, ...changes };
    expect(refusal(() => begin(held, at(3)))).toMatchObject({ code: 'illegal-move', because });
    const source = { type: 'practitioner', reference: 'Practitioner/1' } as const;
    const told = takeLog(held, aLog({ id: 'l', assignmentId: 'a-1', performedAt: at(3), source }), at(3), rules);
    expect([told.log.resolution, told.state.occurrences]).toEqual(['ad-hoc', []]);
  });

  it('are none that is left of another schedule', () => {
    const once = sweep(started({ type: 'once', by: '2026-03-02' }), at(3), rules);
    const assignmentId = 'a-1';
    const basedOn = once.assignments.map(revisionOf)[0] ?? 0;
    const schedule = { type: 'sessions', count: 1 } as const;
    const changed = changeStep(once, { assignmentId, basedOn, schedule }, at(3), rules);
    expect(begin(changed, at(3)).occurrences.map(({ status }) => status)).toEqual(['overdue', 'due']);
  });
});

describe('a standing step', () => {
  const plan = () => {
    const steps = [
      anAssignment({ key: '1', schedule: daily, standing: true }),
      anAssignment({ key: '2', schedule: { type: 'once', by: '2026-03-04' } }),
    ];
    return activatePlan(designPlan(aPlan(steps), monday), monday, rules);
  };
  it('is open with the plan, is never locked, and does not hold the plan', () => {
    expect(stepOf(plan())).toBe('requested, assigned');
    const relock = { type: 'relock', actor: 'Practitioner/1', reason: 'r' } as const;
    expect(refusal(() => makeMove(plan(), { assignmentId: 'a-1', event: relock }, at(3), rules))).toMatchObject({
      code: 'illegal-move',
    });
    const log = aLog({ id: 'l', assignmentId: 'a-2', performedAt: at(3) });
    expect(proposeClose(takeLog(plan(), log, at(3), rules).state, rules)).toEqual({ status: 'completed' });
  });

  it('waits while a safety signal is open', () => {
    const steps = [anAssignment({ key: '1', schedule: daily, standing: true })];
    const draft = { ...designPlan(aPlan(steps), monday), openSafetySignals: 1 };
    expect(stepOf(activatePlan(draft, monday, rules))).toBe('draft, locked');
  });
});

describe('days off', () => {
  const setOff = (state: PlanState, daysOff: readonly DaysOff[], when: string) =>
    changePlanWords(state, { basedOn: planRevision(state.plan), daysOff }, when, rules);
  it('that are no longer named stay off where they are past: nothing is asked for on them afterwards', () => {
    const week = [{ from: '2026-03-03', to: '2026-03-09' }];
    const off = setOff(started(daily), week, at(2));
    const back = setOff(sweep(off, at(6), rules), [], at(6));
    expect(statesOf(back)).toEqual(['02 missed', '06 due']);
    expect(back.plan.daysOff).toEqual([{ from: '2026-03-03', to: '2026-03-05' }]);
    expect(setOff(back, [], at(6))).toBe(back);
  });

  it('take back what was not begun of today', () => {
    const off = setOff(started(daily), [{ from: '2026-03-02', to: '2026-03-02' }], at(2));
    expect(statesOf(off)).toEqual(['02 excused']);
    expect(refusal(() => setOff(off, [{ from: '2026-03-05', to: '2026-03-04' }], at(2)))).toMatchObject({
      code: 'invalid-request',
    });
  });
});

describe('a schedule that is changed while it runs', () => {
  const change = (state: PlanState, schedule: Schedule, when: string) => {
    const [step] = state.assignments;
    if (step === undefined) throw new Error('the plan has a step');
    return changeStep(state, { assignmentId: 'a-1', basedOn: revisionOf(step), schedule }, when, rules);
  };
  it('never asks for a day that was before', () => {
    const mondays: Series = { ...daily, pattern: { type: 'weekdays', days: ['mon'], everyWeeks: 1 } };
    expect(statesOf(change(started(mondays), daily, at(6)))).toEqual(['02 missed', '06 due']);
  });

  it('never makes the same week again and again', () => {
    const weekly: Series = { ...daily, pattern: { type: 'per-week', count: 7 }, ends: { type: 'next-visit' } };
    const everyOther: Series = { ...daily, pattern: { type: 'days', every: 2 } };
    // the visit is tomorrow: the week's only day is today, and it is over when the end is written down
    const changed = change(started(everyOther), weekly, at(4));
    const over = sweep({ ...changed, nextVisit: at(5) }, at(5, 10), rules);
    expect(over.occurrences.length).toBeLessThan(12);
    expect(sweep(over, at(5, 10), rules)).toBe(over);
  });

  it('keeps its rhythm when only its end is another', () => {
    const every3: Series = { ...daily, pattern: { type: 'days', every: 3 } };
    const longer = change(started(every3), { ...every3, ends: { type: 'on', date: '2026-03-20' } }, at(6));
    expect(statesOf(sweep(longer, at(12), rules)).map((state) => state.slice(0, 2))).toEqual(['02', '05', '08', '11']);
  });

  it('from once to a series, and back', () => {
    const series = change(started({ type: 'once', by: '2026-03-09' }), daily, at(3));
    expect(statesOf(series)).toEqual(['undefined excused', '03 due']);
    const once = change(series, { type: 'once', by: '2026-03-12' }, at(4));
    expect(statesOf(once)).toEqual(['undefined excused', '03 overdue', '04 excused', 'undefined due']);
    expect(once.occurrences.at(-1)?.dueUntil).toBe('2026-03-13T08:00:00.000Z');
    expect(stepOf(logged(once, at(5)))).toBe('completed, done');
  });

  describe('to another schedule while a day of it is begun', () => {
    const draft = (state: PlanState, when: string) =>
      takeLog(state, aLog({ id: when, assignmentId: 'a-1', performedAt: when, status: 'in-progress' }), when, rules)
        .state;
    const timesOf = ({ occurrences }: PlanState) =>
      occurrences.map(({ day, status, dueUntil }) => [day?.slice(8), status, dueUntil.slice(0, 10)].join(' '));
    const once: Schedule = { type: 'once', by: '2026-03-12' };

    it('keeps that day, and gives another time beside it', () => {
      const begun = draft(started(daily), at(2, 18));
      const changed = change(begun, once, at(2, 19));
      expect(timesOf(changed)).toEqual(['02 due 2026-03-03', ' due 2026-03-13']);
      // the day runs out by itself, and the step is not missed by it
      const later = sweep(changed, at(5), rules);
      expect(timesOf(later)).toEqual(['02 missed 2026-03-03', ' due 2026-03-13']);
      expect(stepOf(later)).toBe('in-progress, logging');
      expect(stepOf(logged(later, at(6)))).toBe('completed, done');
    });

    it('is done by that day, too, when it is sent', () => {
      const changed = change(draft(started(daily), at(2, 18)), once, at(2, 19));
      const sent = finishLog(changed, { logId: at(2, 18) }, at(2, 20), rules);
      expect(timesOf(sent)).toEqual(['02 done 2026-03-03', ' excused 2026-03-13']);
      expect(stepOf(sent)).toBe('completed, done');
    });

    it('though several days are begun', () => {
      const two = draft(draft(started(daily), at(2, 18)), at(3, 18));
      expect(timesOf(change(two, once, at(3, 19)))).toEqual([
        '02 overdue 2026-03-03',
        '03 due 2026-03-04',
        ' due 2026-03-13',
      ]);
      const sessions = change(two, { type: 'sessions', count: 2 }, at(3, 19));
      expect(timesOf(sessions)).toEqual(['02 overdue 2026-03-03', '03 due 2026-03-04']);
      const event = { type: 'event', event: 'meeting', count: 2, text: 'two meetings' } as const;
      const window = { start: '2026-03-03', end: '2026-03-20' };
      expect(timesOf(change(two, { ...event, window }, at(3, 19))).at(-1)).toBe(' due 2026-03-21');
    });

    it('and of weeks, as of days', () => {
      const weekly: Series = { ...daily, pattern: { type: 'per-week', count: 3 } };
      const begun = draft(started(weekly), at(2, 18));
      expect(timesOf(change(begun, once, at(3)))).toEqual([
        '02 due 2026-03-09',
        '02 excused 2026-03-09',
        '02 excused 2026-03-09',
        ' due 2026-03-13',
      ]);
    });
  });

  it('is not asked for fewer times than it was already', () => {
    const many = sweep(started(daily), at(7), rules);
    expect(refusal(() => change(many, { ...daily, ends: { type: 'after', count: 3 } }, at(7)))).toMatchObject({
      code: 'invalid-request',
    });
  });
});

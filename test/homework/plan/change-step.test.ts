import { describe, expect, it } from 'vitest';
import { finishLog } from '../../../src/homework/log/finish-log.ts';
import { takeLog } from '../../../src/homework/log/take-log.ts';
import { voidLog } from '../../../src/homework/log/void-log.ts';
import type { PlanState, Schedule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { adherenceOf } from '../../../src/homework/plan/adherence-of.ts';
import { type ChangeStep, changeStep } from '../../../src/homework/plan/change-step.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { type MoveEvent, makeMove } from '../../../src/homework/plan/make-move.ts';
import { makeSmallerStep } from '../../../src/homework/plan/make-smaller-step.ts';
import { ruleInForce } from '../../../src/homework/plan/rule-in-force.ts';
import { revisionOf, wordsAfter, wordsForLog } from '../../../src/homework/plan/step-words.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import { assignmentById, occurrencesOf } from '../../../src/homework/replace-in-state.ts';
import { exemptOccurrence } from '../../../src/homework/schedule/exempt-occurrence.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { aLog, anAssignment, answers, aPlan, rules } from '../build-plan.ts';
import { refusedAt } from '../refusal.ts';

const begin = '2026-03-01T15:00:00.000Z';
const by = 'Practitioner/kim';
const window = { start: '2026-03-02', end: '2026-03-10' };
const meetings = (count: number, days: Extract<Schedule, { type: 'event' }>['window'] = window): Schedule => ({
  ...{ type: 'event', event: 'meeting', count, text: `${count} meetings`, window: days },
});
const logged = (key: string, count: number) =>
  ({ type: 'after', after: key, criterion: { type: 'logs-done', count } }) as const;

/** Three meetings; then once, opened by three logs; then one that a clinician opens. */
function start(timeZone = 'America/New_York'): PlanState {
  const steps = [
    anAssignment({ key: '1', kind: 'diary', instructions: 'Note it.', schedule: meetings(3) }),
    anAssignment({ key: '2', schedule: { type: 'once-within', days: 4 }, unlock: logged('1', 3) }),
    anAssignment({ key: '3', schedule: { type: 'once', by: '2026-03-20' }, unlock: { type: 'by-clinician' } }),
    anAssignment({ key: '4', schedule: { type: 'once', by: '2026-03-06' } }),
  ];
  return activatePlan(designPlan(aPlan(steps, { timeZone }), begin), begin, rules);
}

const step = (state: PlanState, key: string) => assignmentById(state, `a-${key}`);
const times = (state: PlanState, key: string) =>
  occurrencesOf(state, `a-${key}`).map(({ ordinal, status, superseded, dueUntil }) =>
    [ordinal, status, ...(superseded ? ['superseded'] : []), dueUntil.slice(0, 10)].join(' '),
  );
function change(state: PlanState, key: string, to: Partial<ChangeStep>, at: string): PlanState {
  const assignmentId = `a-${key}`;
  return changeStep(state, { assignmentId, basedOn: revisionOf(step(state, key)), by, ...to }, at, rules);
}
const log = (state: PlanState, key: string, at: string, status: 'completed' | 'in-progress' = 'completed') => {
  const command = aLog({ id: `l-${key}-${at}`, assignmentId: `a-${key}`, performedAt: at, status });
  return takeLog(state, { ...command, items: answers({ 'experiment-done': true }) }, at, rules).state;
};
/** A smaller step before it: it waits, and what was done of it stays. */
function beforeIt(state: PlanState, key: string, at: string): PlanState {
  const { unlock: _follows, ...smaller } = anAssignment({ key: `${key}-1`, kind: step(state, key).kind });
  const basedOn = revisionOf(step(state, key));
  return makeSmallerStep(state, { assignmentId: `a-${key}`, basedOn, by, reason: 'too hard', smaller }, at, rules);
}

describe('the times of a running step', () => {
  it('become fewer, and what is done of them stays: two of three are enough when two are asked', () => {
    const two = log(log(start(), '1', '2026-03-02T15:00:00.000Z'), '1', '2026-03-03T15:00:00.000Z');
    const done = two.occurrences.filter(({ status }) => status === 'done');
    const changed = change(two, '1', { schedule: meetings(2), reason: 'one is enough' }, '2026-03-04T15:00:00.000Z');
    expect(changed.occurrences.filter(({ status }) => status === 'done')).toEqual(done);
    expect(times(changed, '1').at(-1)).toBe('3 excused superseded 2026-03-11');
    expect(step(changed, '1').businessStatus).toBe('done');
    // the rule that counted three goes with it, so that the next step opens
    expect(step(changed, '2').status).toBe('requested');
    expect(step(changed, '1').changes).toEqual([
      { at: '2026-03-04T15:00:00.000Z', by, reason: 'one is enough', schedule: { from: meetings(3), to: meetings(2) } },
    ]);
  });

  it('become fewer while a later one is being written: the step is not done before that is', () => {
    const one = log(start(), '1', '2026-03-02T15:00:00.000Z');
    const begun = log(one, '1', '2026-03-03T15:00:00.000Z', 'in-progress');
    const next = log(begun, '1', '2026-03-03T16:00:00.000Z', 'in-progress');
    expect(times(next, '1')).toHaveLength(3);
    expect(refusedAt(() => change(next, '1', { schedule: meetings(2) }, '2026-03-04T15:00:00.000Z'))).toEqual([
      'schedule.count',
    ]);
    const changed = change(begun, '1', { schedule: meetings(2) }, '2026-03-04T15:00:00.000Z');
    expect(step(changed, '1').businessStatus).toBe('logging');
    const finished = finishLog(changed, { logId: 'l-1-2026-03-03T15:00:00.000Z' }, '2026-03-05T15:00:00.000Z', rules);
    expect(step(finished, '1').businessStatus).toBe('done');
  });

  it('become more, and rules that ask for all of them ask for all of them still', () => {
    const changed = change(log(start(), '1', '2026-03-02T15:00:00.000Z'), '1', { schedule: meetings(5) }, begin);
    expect(ruleInForce(changed, step(changed, '2'))).toEqual(logged('1', 5));
    expect(step(changed, '2').changes).toMatchObject([{ goesWith: '1', unlock: { to: logged('1', 5) } }]);
  });

  it('are asked again after fewer and more, without an id for two times', () => {
    const one = log(start(), '1', '2026-03-02T15:00:00.000Z');
    const fewer = change(one, '1', { schedule: meetings(1) }, '2026-03-03T15:00:00.000Z');
    expect(step(fewer, '1').businessStatus).toBe('done');
    const retracted = voidLog(fewer, { logId: 'l-1-2026-03-02T15:00:00.000Z' }, '2026-03-04T15:00:00.000Z', rules);
    const more = change(retracted, '1', { schedule: meetings(2) }, '2026-03-05T15:00:00.000Z');
    const again = log(log(more, '1', '2026-03-05T16:00:00.000Z'), '1', '2026-03-06T15:00:00.000Z');
    expect(times(again, '1')).toEqual(['1 done 2026-03-11', '2 excused superseded 2026-03-11', '3 done 2026-03-11']);
    expect(step(again, '1').businessStatus).toBe('done');
  });

  it('cannot be fewer than are done', () => {
    const two = log(log(start(), '1', '2026-03-02T15:00:00.000Z'), '1', '2026-03-03T15:00:00.000Z');
    const at = '2026-03-04T15:00:00.000Z';
    expect(refusedAt(() => change(two, '1', { schedule: meetings(1) }, at))).toEqual(['schedule.count']);
    expect(refusedAt(() => change(two, '1', { schedule: { type: 'once', by: '2026-03-09' } }, at))).toEqual([
      'schedule.type',
    ]);
  });

  it.each<[string, number, Schedule, string]>([
    ['two of two', 2, meetings(2), 'schedule.count'],
    ['one of one', 1, meetings(1), 'schedule.count'],
    ['once', 1, { type: 'once', by: '2026-03-20' }, 'schedule.type'],
  ])(
    'of a locked step cannot be what is done already, with nothing left to open: %s',
    (_what, done, schedule, field) => {
      const days = ['2026-03-02T15:00:00.000Z', '2026-03-03T15:00:00.000Z'].slice(0, done);
      const logs = days.reduce((state, day) => log(state, '1', day), start());
      const waiting = beforeIt(logs, '1', '2026-03-04T15:00:00.000Z');
      expect(step(waiting, '1').status).toBe('draft');
      expect(refusedAt(() => change(waiting, '1', { schedule }, '2026-03-05T15:00:00.000Z'))).toEqual([field]);
      const more = change(waiting, '1', { schedule: meetings(4) }, '2026-03-05T15:00:00.000Z');
      expect(scheduleOf(step(more, '1'))).toEqual(meetings(4));
    },
  );
});

describe('the days of a running step', () => {
  it('move what is still to come, under its own id', () => {
    const changed = change(start(), '4', { schedule: { type: 'once', by: '2026-03-18' } }, '2026-03-03T15:00:00.000Z');
    expect(times(changed, '4')).toEqual(['1 due 2026-03-19']);
    // in New York the day ends at 08:00 by Greenwich now, and not at 09:00 as before the 8th
    expect(occurrencesOf(changed, 'a-4')[0]?.dueUntil).toBe('2026-03-19T08:00:00.000Z');
  });

  it.each([
    ['Europe/Berlin', '2026-03-28', '2026-03-29T02:00:00.000Z'],
    ['Pacific/Auckland', '2026-04-04', '2026-04-04T16:00:00.000Z'],
    ['Asia/Kolkata', '2026-03-28', '2026-03-28T22:30:00.000Z'],
  ])('end at four in the morning of %s, also when the clock changes that night', (timeZone, day, ends) => {
    const changed = change(start(timeZone), '4', { schedule: { type: 'once', by: day } }, '2026-03-03T15:00:00.000Z');
    expect(occurrencesOf(changed, 'a-4')[0]?.dueUntil).toBe(ends);
  });

  it('give another time for one that is overdue, which runs out as it would have', () => {
    const overdue = sweep(start(), '2026-03-07T15:00:00.000Z', rules);
    expect(times(overdue, '4')).toEqual(['1 overdue 2026-03-07']);
    const before = adherenceOf(overdue, { assignmentId: 'a-4' }, '2026-03-07T15:00:00.000Z').percent;
    const given = change(overdue, '4', { schedule: { type: 'once', by: '2026-03-13' } }, '2026-03-07T15:00:00.000Z');
    expect(times(given, '4')).toEqual(['1 overdue superseded 2026-03-07', '2 due 2026-03-14']);
    expect(step(given, '4').businessStatus).toBe('assigned');
    expect(adherenceOf(given, { assignmentId: 'a-4' }, '2026-03-07T15:00:00.000Z').percent).toBe(before);
    const missed = sweep(given, '2026-03-09T15:00:00.000Z', rules);
    expect(times(missed, '4')).toEqual(['1 missed superseded 2026-03-07', '2 due 2026-03-14']);
    expect(step(missed, '4').businessStatus).toBe('assigned');
    const done = log(missed, '4', '2026-03-10T15:00:00.000Z');
    expect(times(done, '4')).toEqual(['1 missed superseded 2026-03-07', '2 done 2026-03-14']);
    expect(step(done, '4').businessStatus).toBe('done');
    expect(adherenceOf(done, { assignmentId: 'a-4' }, '2026-03-10T15:00:00.000Z').percent).toBe(50);
  });

  it('take what happened before the change for the time that it was', () => {
    const overdue = sweep(start(), '2026-03-07T15:00:00.000Z', rules);
    const given = change(overdue, '4', { schedule: { type: 'once', by: '2026-03-13' } }, '2026-03-07T15:00:00.000Z');
    const command = aLog({ id: 'l', assignmentId: 'a-4', performedAt: '2026-03-06T20:00:00.000Z' });
    const told = takeLog(given, command, '2026-03-07T16:00:00.000Z', rules).state;
    expect(times(told, '4')).toEqual(['1 done superseded 2026-03-07', '2 excused 2026-03-14']);
  });

  it.each<[string, Schedule]>([
    ['once more', { type: 'once', by: '2026-03-22' }],
    ['within days', { type: 'once-within', days: 1 }],
    ['as often as it was done', meetings(1, { start: '2026-03-02', end: '2026-03-22' })],
  ])('leave what is overdue not done, also where what was done is enough then: %s', (_what, schedule) => {
    const one = log(start(), '1', '2026-03-04T15:00:00.000Z');
    const begun = log(one, '1', '2026-03-05T15:00:00.000Z', 'in-progress');
    const at = '2026-03-11T08:00:00.000Z';
    const overdue = sweep(log(begun, '1', '2026-03-05T16:00:00.000Z', 'in-progress'), at, rules);
    expect(times(overdue, '1')).toEqual(['1 done 2026-03-11', '2 overdue 2026-03-11', '3 overdue 2026-03-11']);
    const enough = change(overdue, '1', { schedule }, at);
    expect(step(enough, '1').businessStatus).toBe('done');
    expect(times(enough, '1').slice(1)).toEqual(['2 missed superseded 2026-03-11', '3 missed superseded 2026-03-11']);
    const percent = (state: PlanState) => adherenceOf(state, { assignmentId: 'a-1' }, at).percent;
    expect(percent(enough)).toBe(percent(overdue));
    // what was begun in its time and is sent within the grace still counts
    const sent = finishLog(enough, { logId: 'l-1-2026-03-05T15:00:00.000Z' }, '2026-03-11T20:00:00.000Z', rules);
    expect(times(sent, '1')[1]).toBe('2 done superseded 2026-03-11');
  });

  it('leave what is overdue not done when the time that was given for it is done before its grace has ended', () => {
    const at = '2026-03-07T15:00:00.000Z';
    const given = change(sweep(start(), at, rules), '4', { schedule: { type: 'once', by: '2026-03-13' } }, at);
    const done = log(given, '4', '2026-03-07T16:00:00.000Z');
    expect(times(done, '4')).toEqual(['1 missed superseded 2026-03-07', '2 done 2026-03-14']);
    expect(adherenceOf(done, { assignmentId: 'a-4' }, at).percent).toBe(50);
  });

  it.each<[string, MoveEvent, MoveEvent]>([
    ['paused', { type: 'pause' }, { type: 'resume' }],
    [
      'locked',
      { type: 'relock', actor: by, reason: 'too soon' },
      { type: 'unlock', by: { actor: by, reason: 'ready' } },
    ],
  ])('never ask for a time and for the one it was given for at once, also after the step was %s', (_what, off, on) => {
    const at = '2026-03-07T15:00:00.000Z';
    const given = change(sweep(start(), at, rules), '4', { schedule: { type: 'once', by: '2026-03-13' } }, at);
    const stands = makeMove(given, { assignmentId: 'a-4', event: off }, at, rules);
    const again = (then: string) => times(makeMove(stands, { assignmentId: 'a-4', event: on }, then, rules), '4');
    expect(again('2026-03-07T20:00:00.000Z')).toEqual(['1 overdue superseded 2026-03-07', '2 due 2026-03-14']);
    expect(again('2026-03-08T20:00:00.000Z')[0]).toBe('1 missed superseded 2026-03-07');
  });

  it('ask for it once more where all of its times were excused', () => {
    const at = '2026-03-03T15:00:00.000Z';
    const excused = exemptOccurrence(start(), { occurrenceId: 'a-4.1', reason: 'ill' }, at, rules);
    const given = change(excused, '4', { schedule: { type: 'once', by: '2026-03-18' } }, at);
    expect(times(given, '4')).toEqual(['1 excused 2026-03-07', '2 due 2026-03-19']);
    expect(step(log(given, '4', '2026-03-04T15:00:00.000Z'), '4').businessStatus).toBe('done');
    // of three of which one was excused two are asked for, with new days as before
    const one = exemptOccurrence(start(), { occurrenceId: 'a-1.1', reason: 'ill' }, at, rules);
    const later = change(one, '1', { schedule: meetings(3, { start: '2026-03-02', end: '2026-03-20' }) }, at);
    const twice = log(log(later, '1', '2026-03-04T15:00:00.000Z'), '1', '2026-03-05T15:00:00.000Z');
    expect(times(twice, '1')).toEqual(['1 excused 2026-03-11', '2 done 2026-03-21', '3 done 2026-03-21']);
    expect(step(twice, '1').businessStatus).toBe('done');
  });

  it('never take a day from what is begun, and may give it more', () => {
    const begun = log(start(), '4', '2026-03-03T15:00:00.000Z', 'in-progress');
    const earlier = change(begun, '4', { schedule: { type: 'once', by: '2026-03-04' } }, '2026-03-03T16:00:00.000Z');
    expect(times(earlier, '4')).toEqual(['1 due 2026-03-07']);
    const later = change(begun, '4', { schedule: { type: 'once', by: '2026-03-12' } }, '2026-03-03T16:00:00.000Z');
    expect(times(later, '4')).toEqual(['1 due 2026-03-13']);
  });

  it('of a paused step are put off only by what was left of the pause', () => {
    const paused = makeMove(
      start(),
      { assignmentId: 'a-4', event: { type: 'pause' } },
      '2026-03-02T15:00:00.000Z',
      rules,
    );
    const given = change(paused, '4', { schedule: { type: 'once', by: '2026-03-20' } }, '2026-03-05T15:00:00.000Z');
    const resumed = makeMove(
      given,
      { assignmentId: 'a-4', event: { type: 'resume' } },
      '2026-03-06T15:00:00.000Z',
      rules,
    );
    expect(scheduleOf(step(resumed, '4'))).toEqual({ type: 'once', by: '2026-03-21' });
    expect(times(resumed, '4')).toEqual(['1 due 2026-03-22']);
  });

  it.each<[string, string, Schedule, string]>([
    ['yesterday', '4', { type: 'once', by: '2026-03-01' }, 'schedule.by'],
    ['after the plan', '4', { type: 'once', by: '2026-05-01' }, 'schedule.by'],
    ['a window that is over', '1', meetings(3, { start: '2026-02-20', end: '2026-03-01' }), 'schedule.window.end'],
    [
      'a window that ends before it begins',
      '1',
      meetings(3, { start: '2026-03-09', end: '2026-03-05' }),
      'schedule.window.end',
    ],
    ['no time at all', '1', meetings(0), 'schedule.count'],
    ['no day', '4', { type: 'once-within', days: 0 }, 'schedule.days'],
  ])('are not %s', (_what, key, schedule, field) => {
    expect(refusedAt(() => change(start(), key, { schedule }, '2026-03-03T15:00:00.000Z'))).toBe(field);
  });
});

describe('the words of a running step', () => {
  it('are new for what is to come, and stay what they were for what was done or begun', () => {
    const one = log(start(), '1', '2026-03-02T15:00:00.000Z');
    const at = '2026-03-03T15:00:00.000Z';
    const changed = change(one, '1', { title: 'Watch', instructions: 'Look around.' }, at);
    const [done, due] = occurrencesOf(changed, 'a-1');
    expect(wordsAfter(step(changed, '1'), done?.words)).toEqual({ title: 'Step 1', instructions: 'Note it.' });
    expect(wordsAfter(step(changed, '1'), due?.words)).toEqual({ title: 'Watch', instructions: 'Look around.' });
    // what was done stays the very row that it was, but for whose words it has
    const { words: _words, ...row } = done ?? {};
    expect(row).toEqual(occurrencesOf(one, 'a-1')[0]);
  });

  it('can be changed three times in one moment, and each is kept', () => {
    const at = '2026-03-03T15:00:00.000Z';
    const thrice = ['one', 'two', 'three'].reduce((state, title) => change(state, '1', { title }, at), start());
    expect([0, 1, 2, 3].map((count) => wordsAfter(step(thrice, '1'), count).title)).toEqual([
      ...['Step 1', 'one', 'two', 'three'],
    ]);
  });

  it('stand with a log that was beyond what was asked by when it happened', () => {
    const [first, later] = ['2026-03-02T15:00:00.000Z', '2026-03-04T15:00:00.000Z'];
    const done = log(start(), '4', first);
    expect(refusedAt(() => change(done, '4', { title: 'Other' }, later))).toBe('assignment-closed');
    const changed = change(start(), '4', { title: 'Other' }, '2026-03-03T15:00:00.000Z');
    const titles = [first, later].map(
      (performedAt) => wordsForLog(step(changed, '4'), { performedAt }, undefined).title,
    );
    expect(titles).toEqual(['Step 4', 'Other']);
  });

  it('are never blank', () => {
    for (const field of ['title', 'instructions', 'rationale'])
      expect(refusedAt(() => change(start(), '1', { [field]: ' \n' }, begin))).toEqual([field]);
  });
});

describe('the rule of a locked step', () => {
  it('is changed, and opens the step at once where it holds', () => {
    const changed = change(start(), '3', { unlock: { type: 'at-start' } }, begin);
    expect(step(changed, '3').status).toBe('requested');
  });

  it('that a clinician locked again opens it by the new rule', () => {
    const relocked = makeMove(
      start(),
      { assignmentId: 'a-4', event: { type: 'relock', actor: by, reason: 'too soon' } },
      ...([begin, rules] as const),
    );
    const changed = change(relocked, '4', { unlock: logged('1', 1) }, begin);
    expect(step(changed, '4').status).toBe('draft');
    const opened = log(changed, '1', '2026-03-02T15:00:00.000Z');
    expect(step(opened, '4').status).toBe('requested');
    expect(times(opened, '4')).toEqual(['1 due 2026-03-07']);
  });

  it.each<[string, string, NonNullable<ChangeStep['unlock']>, string]>([
    ['no step', '2', logged('9', 1), 'unlock.after'],
    ['itself', '2', logged('2', 1), 'unlock.after'],
    ['more logs than there will be', '2', logged('1', 4), 'unlock.criterion.count'],
    ['a step that is over without being done', '2', logged('4', 1), 'unlock.after'],
  ])('never waits for %s', (_what, key, unlock, field) => {
    const withdrawn = makeMove(
      start(),
      { assignmentId: 'a-4', event: { type: 'withdraw', actor: by, reason: 'other things first' } },
      ...([begin, rules] as const),
    );
    expect(refusedAt(() => change(withdrawn, key, { unlock }, begin))).toEqual([field]);
  });

  it('goes in no circle', () => {
    const circle = change(start(), '3', { unlock: logged('2', 1) }, begin);
    expect(refusedAt(() => change(circle, '2', { unlock: logged('3', 1) }, begin))).toEqual(['unlock.after']);
  });

  it('of an open step cannot be changed', () => {
    expect(refusedAt(() => change(start(), '1', { unlock: { type: 'by-clinician' } }, begin))).toEqual(['unlock']);
  });

  it('of a step that is done is left alone, as is whatever is open already', () => {
    const done = [2, 3, 4].reduce((state, day) => log(state, '1', `2026-03-0${day}T15:00:00.000Z`), start());
    expect(step(done, '2').status).toBe('requested');
    const back = voidLog(done, { logId: 'l-1-2026-03-04T15:00:00.000Z' }, '2026-03-05T15:00:00.000Z', rules);
    const changed = change(back, '1', { schedule: meetings(2) }, '2026-03-05T15:00:00.000Z');
    expect(step(changed, '2').changes).toBeUndefined();
  });
});

describe('the place of a step', () => {
  it('is another, and the others make room under the same numbers', () => {
    const changed = change(start(), '3', { step: 1 }, begin);
    const order = changed.assignments.toSorted((a, b) => a.step - b.step).map(({ key, step }) => `${step} ${key}`);
    expect(order).toEqual(['1 3', '2 1', '3 2', '4 4']);
    expect(step(changed, '3').changes).toMatchObject([{ step: { from: 3, to: 1 } }]);
    expect(step(changed, '1').changes).toBeUndefined();
  });

  it('of a step that was open stays', () => {
    expect(refusedAt(() => change(start(), '1', { step: 3 }, begin))).toEqual(['step']);
  });
});

describe('two people who change the same step', () => {
  it('never write over what they have not seen', () => {
    const read = revisionOf(step(start(), '1'));
    const first = changeStep(start(), { assignmentId: 'a-1', basedOn: read, by, title: 'Mine' }, begin, rules);
    const second = { assignmentId: 'a-1', basedOn: read, by: 'Practitioner/lee', schedule: meetings(2) };
    expect(refusedAt(() => changeStep(first, second, begin, rules))).toBe('version-conflict');
    expect(changeStep(first, { ...second, basedOn: read + 1 }, begin, rules).assignments[0]?.title).toBe('Mine');
  });

  it('see a date that was given by unlocking as a change, too', () => {
    const read = revisionOf(step(start(), '3'));
    const event = {
      type: 'unlock',
      by: { actor: by, reason: 'ready' },
      schedule: { type: 'once', by: '2026-03-25' },
    } as const;
    const unlocked = makeMove(start(), { assignmentId: 'a-3', event }, begin, rules);
    const late = { assignmentId: 'a-3', basedOn: read, schedule: { type: 'once', by: '2026-03-22' } as const };
    expect(refusedAt(() => changeStep(unlocked, late, begin, rules))).toBe('version-conflict');
  });

  it('may say the same: it is one change', () => {
    const command = { assignmentId: 'a-1', basedOn: revisionOf(step(start(), '1')), by, title: 'Watch' };
    const once = changeStep(start(), command, begin, rules);
    expect(changeStep(once, command, '2026-03-02T15:00:00.000Z', rules).assignments).toEqual(once.assignments);
  });
});

it('a standing step is given no rule, also where a safety signal keeps it locked', () => {
  const steps = [anAssignment({ key: '1', standing: true }), anAssignment({ key: '2' })];
  const held = activatePlan({ ...designPlan(aPlan(steps), begin), openSafetySignals: 1 }, begin, rules);
  expect(step(held, '1').status).toBe('draft');
  expect(refusedAt(() => change(held, '1', { unlock: { type: 'by-clinician' } }, begin))).toEqual(['unlock']);
});

describe('what is over', () => {
  it.each(['withdraw', 'mistake'] as const)('by %s is not changed', (type) => {
    const ended = makeMove(start(), { assignmentId: 'a-4', event: { type, actor: by, reason: 'so' } }, begin, rules);
    expect(refusedAt(() => change(ended, '4', { title: 'Other' }, begin))).toBe('assignment-closed');
  });

  it('by being missed is not changed: that it was missed stays', () => {
    const missed = sweep(start(), '2026-03-09T15:00:00.000Z', rules);
    const schedule = { type: 'once', by: '2026-03-20' } as const;
    expect(refusedAt(() => change(missed, '4', { schedule }, '2026-03-09T15:00:00.000Z'))).toBe('assignment-closed');
  });
});

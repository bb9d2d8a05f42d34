import { describe, expect, it } from 'vitest';
import { takeLog } from '../../../src/homework/log/take-log.ts';
import { voidLog } from '../../../src/homework/log/void-log.ts';
import type { PlanState } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { type AddStep, addStep } from '../../../src/homework/plan/add-step.ts';
import { adherenceOf, adherencesOf } from '../../../src/homework/plan/adherence-of.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { freshKey } from '../../../src/homework/plan/fresh-key.ts';
import { makeMove } from '../../../src/homework/plan/make-move.ts';
import { type MakeSmallerStep, makeSmallerStep } from '../../../src/homework/plan/make-smaller-step.ts';
import { nextSweepAt } from '../../../src/homework/plan/next-sweep-at.ts';
import { proposeClose } from '../../../src/homework/plan/propose-close.ts';
import { revisionOf } from '../../../src/homework/plan/step-words.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import { assignmentById, occurrencesOf } from '../../../src/homework/replace-in-state.ts';
import { exemptOccurrence } from '../../../src/homework/schedule/exempt-occurrence.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { stillAsked } from '../../../src/homework/schedule/target-reached.ts';
import { aLog, anAssignment, aPlan, rules } from '../build-plan.ts';
import { refusedAt } from '../refusal.ts';

const begin = '2026-03-01T15:00:00.000Z';
const by = 'Practitioner/kim';
const whenDone = (key: string) => ({ type: 'after', after: key, criterion: { type: 'behaviour-done' } }) as const;

/** Sarah's ladder in small: ask (open), say what one thinks, lead. */
function start(): PlanState {
  const steps = [
    anAssignment({ key: '4a', schedule: { type: 'once', by: '2026-03-06' } }),
    anAssignment({ key: '4b', schedule: { type: 'once', by: '2026-03-13' }, unlock: whenDone('4a') }),
    anAssignment({ key: '4c', schedule: { type: 'once-within', days: 5 }, unlock: whenDone('4b') }),
  ];
  return activatePlan(designPlan(aPlan(steps), begin), begin, rules);
}

const step = (state: PlanState, key: string) => assignmentById(state, `a-${key}`);
const order = (state: PlanState) =>
  state.assignments
    .toSorted((a, b) => a.step - b.step)
    .map(({ key, businessStatus }) => `${key} ${businessStatus}`)
    .join(', ');
const times = (state: PlanState, key: string) =>
  occurrencesOf(state, `a-${key}`).map(({ ordinal, status }) => `${ordinal} ${status}`);
const log = (state: PlanState, key: string, at: string) =>
  takeLog(state, aLog({ id: `l-${key}-${at}`, assignmentId: `a-${key}`, performedAt: at }), at, rules).state;
function smaller(state: PlanState, key: string, at: string, changes: Partial<MakeSmallerStep> = {}): PlanState {
  const { unlock: _follows, ...before } = anAssignment({
    ...{ key: `${key}-1`, title: 'Whisper it' },
    schedule: { type: 'once-within', days: 3 },
  });
  const command = { assignmentId: `a-${key}`, basedOn: revisionOf(step(state, key)), by, reason: 'too big' };
  return makeSmallerStep(state, { ...command, smaller: before, ...changes }, at, rules);
}

describe('a smaller step', () => {
  it('comes before an open step that is too hard, which opens again once it is done, with days of its own', () => {
    const at = '2026-03-03T15:00:00.000Z';
    const made = smaller(start(), '4a', at);
    expect(order(made)).toBe('4a-1 assigned, 4a locked, 4b locked, 4c locked');
    expect(times(made, '4a')).toEqual(['1 paused']);
    expect(step(made, '4a').changes).toMatchObject([{ at, by, reason: 'too big', smaller: '4a-1' }]);
    const inTime = log(made, '4a-1', '2026-03-05T15:00:00.000Z');
    expect(order(inTime)).toBe('4a-1 done, 4a assigned, 4b locked, 4c locked');
    // a week from its opening, and 04:00 is an hour earlier by Greenwich since the 8th
    expect(occurrencesOf(inTime, 'a-4a')).toMatchObject([
      { id: 'a-4a.1', status: 'due', dueUntil: '2026-03-13T08:00:00.000Z' },
    ]);
    const done = log(inTime, '4a', '2026-03-06T15:00:00.000Z');
    expect(order(done)).toBe('4a-1 done, 4a done, 4b assigned, 4c locked');
  });

  it('comes before one that was missed: that it was missed stays, and what waits for it can be reached again', () => {
    const missed = sweep(start(), '2026-03-10T15:00:00.000Z', rules);
    expect(order(missed)).toBe('4a missed, 4b locked, 4c locked');
    expect(proposeClose(missed, rules)).toEqual({ status: 'completed' });
    const before = adherenceOf(missed, { assignmentId: 'a-4a' }, '2026-03-10T15:00:00.000Z');
    const made = smaller(missed, '4a', '2026-03-10T15:00:00.000Z');
    expect(order(made)).toBe('4a-1 assigned, 4a locked, 4b locked, 4c locked');
    expect(proposeClose(made, rules)).toBeUndefined();
    expect(adherencesOf(made, '2026-03-10T15:00:00.000Z').find(({ assignmentId }) => assignmentId === 'a-4a')).toEqual(
      before,
    );
    const again = log(made, '4a-1', '2026-03-11T15:00:00.000Z');
    expect(times(again, '4a')).toEqual(['1 missed', '2 due']);
    const done = log(again, '4a', '2026-03-12T15:00:00.000Z');
    expect(times(done, '4a')).toEqual(['1 missed', '2 done']);
    expect(order(done)).toBe('4a-1 done, 4a done, 4b assigned, 4c locked');
  });

  it('comes before one that is overdue: it was missed then, and counts as it counted', () => {
    const overdue = sweep(start(), '2026-03-07T15:00:00.000Z', rules);
    const made = smaller(overdue, '4a', '2026-03-07T15:00:00.000Z');
    expect(times(made, '4a')).toEqual(['1 missed']);
    const percent = (state: PlanState) => adherenceOf(state, {}, '2026-03-07T15:00:00.000Z').percent;
    expect(percent(made)).toBe(percent(overdue));
  });

  it.each(['decline', 'stop'] as const)(
    'comes before one that the patient ended by %s, and is asked for anew',
    (type) => {
      const begun =
        type === 'stop'
          ? takeLog(
              start(),
              { ...aLog({ id: 'l', assignmentId: 'a-4a', performedAt: begin }), status: 'in-progress' },
              begin,
              rules,
            ).state
          : start();
      const barrier = { id: 'b', code: 'fear', saidBy: 'patient' } as const;
      const ended = makeMove(
        begun,
        { assignmentId: 'a-4a', event: { type, barrier } },
        '2026-03-02T15:00:00.000Z',
        rules,
      );
      const made = smaller(ended, '4a', '2026-03-03T15:00:00.000Z');
      const opened = log(made, '4a-1', '2026-03-04T15:00:00.000Z');
      expect(times(opened, '4a')).toEqual(['1 excused', '2 due']);
      expect(opened.barriers).toEqual(ended.barriers);
    },
  );

  it('before a series with a last day gives it as many days after the smaller one', () => {
    const daily = {
      type: 'series',
      pattern: { type: 'days', every: 1 },
      ends: { type: 'on', date: '2026-03-12' },
    } as const;
    const hard = [anAssignment({ key: '1', schedule: daily })];
    const until = (end: string, by = '2026-03-10') => {
      const plan = activatePlan(designPlan(aPlan(hard, { period: { start: '2026-03-01', end } }), begin), begin, rules);
      const { unlock: _follows, ...before } = anAssignment({ key: '1-1', schedule: { type: 'once', by } });
      return scheduleOf(step(smaller(plan, '1', '2026-03-03T15:00:00.000Z', { smaller: before }), '1'));
    };
    expect(until('2026-04-12')).toEqual({ ...daily, ends: { type: 'on', date: '2026-03-21' } });
    expect(until('2026-03-15')).toEqual({ ...daily, ends: { type: 'on', date: '2026-03-15' } });
    expect(until('2026-03-12')).toEqual(daily);
  });

  it('before one that was stopped half-way leaves what was done, and asks for all the rest again', () => {
    const window = { start: '2026-03-02', end: '2026-03-27' };
    const schedule = { type: 'event', event: 'meeting', count: 3, text: 'three meetings', window } as const;
    const plan = activatePlan(designPlan(aPlan([anAssignment({ key: '1', schedule })]), begin), begin, rules);
    const once = log(plan, '1', '2026-03-02T15:00:00.000Z');
    const event = { type: 'stop', barrier: { id: 'b', code: 'too-hard', saidBy: 'patient' } } as const;
    const stopped = makeMove(once, { assignmentId: 'a-1', event }, '2026-03-03T15:00:00.000Z', rules);
    const made = smaller(stopped, '1', '2026-03-04T15:00:00.000Z');
    const days = ['05', '06', '07'].map((day) => `2026-03-${day}T15:00:00.000Z`);
    const [first = '', second = '', third = ''] = days;
    const twice = log(log(made, '1-1', first), '1', second);
    expect(times(twice, '1')).toEqual(['1 done', '2 excused', '3 done', '4 due']);
    expect(order(twice)).toBe('1-1 done, 1 logging');
    expect(order(log(twice, '1', third))).toBe('1-1 done, 1 done');
  });

  it.each([
    ['while its time is open', '2026-03-05T15:00:00.000Z', ['1 paused', '2 paused'], ['1 due', '2 due']],
    ['when its grace is over', '2026-03-29T15:00:00.000Z', ['1 missed', '2 paused'], ['1 missed', '2 due']],
  ])('waits with a time whose log is taken back %s: nothing is due of a locked step', (_when, at, locked, open) => {
    const window = { start: '2026-03-02', end: '2026-03-27' };
    const schedule = { type: 'event', event: 'meeting', count: 3, text: 'three meetings', window } as const;
    const plan = activatePlan(designPlan(aPlan([anAssignment({ key: '1', schedule })]), begin), begin, rules);
    const once = log(plan, '1', '2026-03-02T15:00:00.000Z');
    const made = smaller(once, '1', '2026-03-04T15:00:00.000Z');
    const taken = voidLog(made, { logId: 'l-1-2026-03-02T15:00:00.000Z' }, at, rules);
    expect(times(taken, '1')).toEqual(locked);
    const next = nextSweepAt(sweep(taken, '2026-04-01T15:00:00.000Z', rules), '2026-04-01T15:00:00.000Z') ?? '';
    expect(next > '2026-04-01T15:00:00.000Z').toBe(true);
    const event = { type: 'unlock', by: { actor: by, reason: 'ready' } } as const;
    const opened = makeMove(taken, { assignmentId: 'a-1', event }, '2026-03-30T15:00:00.000Z', rules);
    expect(times(opened, '1')).toEqual(open);
    // all three are asked for: what was missed before the smaller step is not among them
    expect(stillAsked(opened, step(opened, '1'))).toBe(3);
    expect(occurrencesOf(opened, 'a-1').filter(({ status, superseded }) => status === 'missed' && !superseded)).toEqual(
      [],
    );
  });

  it('before one whose only time was excused asks for the hard one once, afterwards', () => {
    const excused = exemptOccurrence(start(), { occurrenceId: 'a-4a.1', reason: 'ill' }, begin, rules);
    const made = smaller(excused, '4a', '2026-03-02T15:00:00.000Z');
    const opened = log(made, '4a-1', '2026-03-03T15:00:00.000Z');
    expect(times(opened, '4a')).toEqual(['1 excused', '2 due']);
    expect(order(log(opened, '4a', '2026-03-04T15:00:00.000Z'))).toBe('4a-1 done, 4a done, 4b assigned, 4c locked');
  });

  it('before a step that is still locked opens when that would have', () => {
    const made = smaller(start(), '4b', begin);
    expect(order(made)).toBe('4a assigned, 4b-1 locked, 4b locked, 4c locked');
    const first = log(made, '4a', '2026-03-02T15:00:00.000Z');
    expect(order(first)).toBe('4a done, 4b-1 assigned, 4b locked, 4c locked');
  });

  it('before a step that waits in vain opens now', () => {
    const missed = sweep(start(), '2026-03-10T15:00:00.000Z', rules);
    expect(order(smaller(missed, '4b', '2026-03-10T15:00:00.000Z'))).toBe(
      '4a missed, 4b-1 assigned, 4b locked, 4c locked',
    );
  });

  it('leaves to the clinician what only a clinician opens', () => {
    const steps = [anAssignment({ key: '1', unlock: { type: 'by-clinician' } })];
    const plan = activatePlan(designPlan(aPlan(steps), begin), begin, rules);
    const made = smaller(plan, '1', begin);
    expect(step(made, '1').unlock).toEqual({ type: 'after', after: '1-1', criterion: { type: 'clinician-approves' } });
    expect(step(made, '1-1').unlock).toEqual({ type: 'by-clinician' });
  });

  it('can be made smaller still', () => {
    const twice = smaller(smaller(start(), '4a', begin), '4a-1', begin);
    expect(order(twice)).toBe('4a-1-1 assigned, 4a-1 locked, 4a locked, 4b locked, 4c locked');
  });

  it('is made once, however often the same is asked', () => {
    const once = smaller(start(), '4a', begin);
    const schedule = { type: 'once-within', days: 3 } as const;
    const { unlock: _follows, ...again } = anAssignment({ key: '4a-1', title: 'Whisper it', schedule });
    const command = { assignmentId: 'a-4a', basedOn: 1, by, reason: 'too big', smaller: again };
    expect(makeSmallerStep(once, command, begin, rules).assignments).toEqual(once.assignments);
  });

  it('is refused by name: of a step that is done, without a reason, over a change that was not seen, past its dates', () => {
    const done = log(start(), '4a', '2026-03-02T15:00:00.000Z');
    expect(refusedAt(() => smaller(done, '4a', '2026-03-02T15:00:00.000Z'))).toBe('illegal-move');
    expect(refusedAt(() => smaller(start(), '4a', begin, { reason: ' ' }))).toEqual(['reason']);
    expect(refusedAt(() => smaller(start(), '4a', begin, { basedOn: 0 }))).toBe('version-conflict');
    const { unlock: _follows, ...stale } = anAssignment({ key: '4a-1', schedule: { type: 'once', by: '2026-02-27' } });
    expect(refusedAt(() => smaller(start(), '4a', begin, { smaller: stale }))).toBe('smaller.schedule.by');
    expect(refusedAt(() => smaller(start(), '4a', begin, { smaller: { ...stale, key: '4b' } }))).toEqual([
      'smaller.key',
    ]);
    expect(refusedAt(() => smaller(start(), '4a', begin, { schedule: { type: 'once', by: '2026-06-01' } }))).toBe(
      'schedule.by',
    );
  });
});

describe('another step', () => {
  const added = (changes: Partial<AddStep> = {}): AddStep => anAssignment({ key: '5', title: 'One more', ...changes });

  it('comes last, and opens by its rule', () => {
    const later = addStep(start(), added({ unlock: whenDone('4c') }), begin, rules);
    expect(order(later)).toBe('4a assigned, 4b locked, 4c locked, 5 locked');
    const now = addStep(start(), added(), begin, rules);
    expect(order(now)).toBe('4a assigned, 4b locked, 4c locked, 5 assigned');
  });

  it('comes at its place, and the others make room', () => {
    expect(order(addStep(start(), added({ step: 2 }), begin, rules))).toBe(
      '4a assigned, 5 assigned, 4b locked, 4c locked',
    );
    expect(order(addStep(start(), added({ step: 1 }), begin, rules))).toBe(
      '5 assigned, 4a assigned, 4b locked, 4c locked',
    );
  });

  it('is the same when it is asked for again, and refused under the key of another', () => {
    const once = addStep(start(), added(), begin, rules);
    expect(addStep(once, added(), begin, rules)).toBe(once);
    expect(refusedAt(() => addStep(once, added({ title: 'Other' }), begin, rules))).toEqual(['key']);
    expect(refusedAt(() => addStep(start(), added({ key: '4a', id: 'a-x' }), begin, rules))).toEqual(['key']);
  });

  it('has a key of its own', () => {
    expect(freshKey(start().assignments)).toBe('5');
    expect(freshKey(start().assignments, '4b')).toBe('4b-1');
    expect(freshKey([{ key: '4b' }, { key: '4B-1' }], '4b')).toBe('4b-2');
    expect(freshKey([{ key: 'walk' }])).toBe('1');
  });
});

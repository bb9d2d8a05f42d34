import { describe, expect, it } from 'vitest';
import { takeLog } from '../../../src/homework/log/take-log.ts';
import type { Assignment, PlanState, Schedule } from '../../../src/homework/model.ts';
import { makeMove } from '../../../src/homework/plan/make-move.ts';
import { makeSmallerStep } from '../../../src/homework/plan/make-smaller-step.ts';
import { pastDay } from '../../../src/homework/plan/past-day.ts';
import { revisionOf } from '../../../src/homework/plan/step-words.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import { addDays } from '../../../src/homework/schedule/day-end.ts';
import fc from '../../fast-check.ts';
import { aStep, made } from '../a-state.ts';
import { aLog, anAssignment, answers } from '../build-plan.ts';
import { rules, sarahUntil } from '../sarah.ts';

const zone = 'America/New_York';
const stepOf = (state: PlanState, key: string): Assignment => {
  const step = state.assignments.find((candidate) => candidate.key === key);
  if (step === undefined) throw new Error(`no step ${key}`);
  return step;
};

/** 4b was missed on 23 March; at `at` it is unlocked by hand until `by`, and done then. */
function doneAfterMissed(at: string, by: string, practised = true): PlanState {
  const missed = sweep(sarahUntil('2026-03-20T12:00:00.000Z'), '2026-03-26T13:00:00.000Z', rules);
  expect(stepOf(missed, '4b').businessStatus).toBe('missed');
  const { id } = stepOf(missed, '4b');
  const event = {
    type: 'unlock',
    by: { actor: 'Practitioner/dr-kim', reason: 'she wants to try again' },
    schedule: { type: 'once', by },
  } as const;
  const smaller = anAssignment({
    ...{ key: '4b-1', title: 'Say one word', schedule: { type: 'once-within', days: 3 } },
  });
  const { unlock: _follows, ...first } = { ...smaller, kind: stepOf(missed, '4b').kind };
  const stepDown = { assignmentId: id, basedOn: revisionOf(stepOf(missed, '4b')), by: 'Practitioner/dr-kim' };
  const command = { ...stepDown, reason: 'too big', smaller: first };
  const locked = makeSmallerStep(missed, command, '2026-03-26T14:00:00.000Z', rules);
  expect(stepOf(locked, '4b').status).toBe('draft');
  const open = makeMove(locked, { assignmentId: id, event }, '2026-03-26T15:00:00.000Z', rules);
  const log = aLog({ id: 'again', assignmentId: id, performedAt: at, items: answers({ practised }) });
  return takeLog(sweep(open, at, rules), log, at, rules).state;
}

describe('a step that was missed, unlocked by hand and then done', () => {
  it.each([
    ['in time', '2026-03-27T15:00:00.000Z', '2026-03-28'],
    ['late, in its grace', '2026-03-29T15:00:00.000Z', '2026-03-28'],
    ['on the last day of the one behind it', '2026-03-30T22:00:00.000Z', '2026-03-30'],
  ])('opens what rests on it: %s', (_name, at, by) => {
    const state = doneAfterMissed(at, by);
    expect(stepOf(state, '4b').businessStatus).toBe('done');
    expect(stepOf(state, '4c')).toMatchObject({ status: 'requested', unlocked: { at } });
    expect(pastDay(stepOf(state, '4c'), at, zone)).toBeUndefined();
  });

  it.each([
    ['done in its time, told late', '2026-03-24T05:00:00.000Z', 'late'],
    ['done when its time was over', '2026-03-27T15:00:00.000Z', 'missed'],
  ])('opens it as well when it stayed missed until then: %s', (_name, performedAt, became) => {
    const at = '2026-03-27T16:00:00.000Z';
    const missed = sweep(sarahUntil('2026-03-20T12:00:00.000Z'), at, rules);
    const log = aLog({ id: 'l', assignmentId: '4b', performedAt, items: answers({ practised: true }) });
    const { state } = takeLog(missed, log, at, rules);
    expect(stepOf(missed, '4b').businessStatus).toBe('missed');
    expect(stepOf(state, '4b').businessStatus).toBe(became);
    expect(stepOf(state, '4c')).toMatchObject({ status: 'requested', unlocked: { at } });
  });

  it('does not open what rests on it when its own day is over, and that is the cause', () => {
    const at = '2026-04-02T11:00:00.000Z';
    const state = doneAfterMissed(at, '2026-04-02');
    expect(stepOf(state, '4b').businessStatus).toBe('done');
    expect(stepOf(state, '4c').status).toBe('draft');
    expect(pastDay(stepOf(state, '4c'), at, zone)).toBe('2026-03-30');
  });

  it('does not open it when it was logged as not done, and its day is not the cause', () => {
    const at = '2026-03-27T15:00:00.000Z';
    const state = doneAfterMissed(at, '2026-03-28', false);
    expect(stepOf(state, '4c').status).toBe('draft');
    expect(pastDay(stepOf(state, '4c'), at, zone)).toBeUndefined();
  });
});

it('whenever it is done, the next step is open or its day is over', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 23 }), (days, hour) => {
      const day = addDays('2026-03-26', days);
      const at = new Date(Date.parse(`${day}T16:00:00.000Z`) + hour * 3_600_000).toISOString();
      const state = doneAfterMissed(at, addDays(day, 1));
      const next = stepOf(state, '4c');
      expect(next.status === 'requested').toBe(pastDay({ ...next, status: 'draft' }, at, zone) === undefined);
    }),
    { numRuns: 40 },
  );
});

describe('the last day of a locked step', () => {
  const locked = (schedule: Schedule) =>
    aStep({ status: 'draft', businessStatus: 'locked', schedules: [{ schedule, from: made }] });
  const meetings: Schedule = {
    ...{ type: 'event', event: 'meeting', count: 3, text: 'three' },
    window: { start: '2026-03-02', end: '2026-03-13' },
  };
  it.each([
    ['a day', locked({ type: 'once', by: '2026-03-13' }), '2026-03-13'],
    ['a time in which something happens', locked(meetings), '2026-03-13'],
    ['days from its opening on, which never are over', locked({ type: 'once-within', days: 1 }), undefined],
    ['none of an open step', aStep(), undefined],
  ] as const)('is over by its own schedule: %s', (_name, step, day) => {
    expect(pastDay(step, '2026-03-14T15:00:00.000Z', zone)).toBe(day);
    expect(pastDay(step, '2026-03-13T15:00:00.000Z', zone)).toBeUndefined();
  });
});

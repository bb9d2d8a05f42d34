import { describe, expect, it } from 'vitest';
import type { Assignment, PlanState } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { endPlan } from '../../../src/homework/plan/end-plan.ts';
import { type MoveEvent, makeMove } from '../../../src/homework/plan/make-move.ts';
import { undoWithdrawal } from '../../../src/homework/plan/undo-withdrawal.ts';
import { anOccurrence, aState, aStep } from '../a-state.ts';
import { rules } from '../build-plan.ts';
import { refusal } from '../refusal.ts';

const at = '2026-03-05T15:00:00.000Z';
const actor = 'Practitioner/1';
const by = { actor, reason: 'ready' };
const state = (step: Partial<Assignment>, changes: Partial<PlanState> = {}): PlanState =>
  aState({ assignments: [aStep(step)], occurrences: [anOccurrence()], ...changes });
const move = (before: PlanState, event: MoveEvent, assignmentId = 'a-1') =>
  refusal(() => makeMove(before, { assignmentId, event }, at, rules));
const invalid = (path: string, problem: string) => ({
  ...{ code: 'invalid-request', issues: [{ path, problem }], message: `${path} ${problem}` },
});
const never = (field: string, problem: string, message = `${field} ${problem}`) => ({
  ...{ code: 'schedule-never-occurs', field, problem, message },
});
const { unlockedAt: _none, ...neverUnlocked } = aStep({ status: 'draft', businessStatus: 'locked' });
const assigned: Partial<Assignment> = { status: 'requested', businessStatus: 'assigned' };

describe('an unlocking is refused', () => {
  const locked = (changes: Partial<Assignment>, rest: Partial<PlanState> = {}) =>
    aState({ assignments: [{ ...neverUnlocked, ...changes }], ...rest });
  const waiting = { unlock: { type: 'after', after: '9', criterion: { type: 'behaviour-done' } } } as const;
  const { plan } = aState();
  const past = { schedules: [{ schedule: { type: 'once', by: '2026-03-04' } as const, from: at }] };
  const window = { start: '2026-03-02', end: '2026-03-04' };
  const pastEvent = {
    schedules: [{ schedule: { type: 'event', event: 'e', count: 1, text: 't', window } as const, from: at }],
  };

  it.each<[string, PlanState, MoveEvent, string]>([
    [
      'a draft',
      locked(waiting, { plan: { ...plan, status: 'draft' } }),
      { type: 'unlock', by },
      'the plan is not active',
    ],
    [
      'one on hold',
      locked(waiting, { plan: { ...plan, status: 'on-hold' } }),
      { type: 'unlock', by },
      'the plan is not active',
    ],
    ['one in danger', locked(waiting, { openSafetySignals: 1 }), { type: 'unlock', by }, 'a safety signal is open'],
    [
      ...(['one that was unlocked before', locked({ ...waiting, unlockedAt: at })] as const),
      ...([{ type: 'unlock', by: 'criterion' }, 'a clinician locked it'] as const),
    ],
    ['one whose turn has not come', locked(waiting), { type: 'unlock', by: 'criterion' }, 'its criterion is not met'],
  ])('of %s', (_what, before, event, because) => {
    expect(move(before, event)).toEqual({
      ...{
        code: 'illegal-move',
        assignmentId: 'a-1',
        from: 'draft',
        businessStatus: 'locked',
        event: 'unlock',
        because,
      },
      message: `an assignment that is draft (locked) can't take 'unlock': ${because}`,
    });
  });

  it('of what is not locked, whatever else there is', () => {
    expect(move(state(assigned, { openSafetySignals: 1 }), { type: 'unlock', by })).toEqual({
      ...{ code: 'illegal-move', assignmentId: 'a-1', from: 'requested', businessStatus: 'assigned', event: 'unlock' },
      message: "an assignment that is requested (assigned) can't take 'unlock'",
    });
  });

  it.each<[string, Partial<Assignment>, MoveEvent, string]>([
    ['by hand', { ...waiting, ...past }, { type: 'unlock', by }, 'schedule.by'],
    ['by its criterion', past, { type: 'unlock', by: 'criterion' }, 'schedule.by'],
    ['of an event', { ...waiting, ...pastEvent }, { type: 'unlock', by }, 'schedule.window.end'],
  ])('%s without a new date when its date has passed', (_what, step, event, field) => {
    const message = 'the step can be unlocked with a new date only';
    expect(move(locked(step), event)).toEqual(never(field, 'is in the past', message));
  });

  it('without a reason, and with a date outside the plan', () => {
    expect(move(locked(waiting), { type: 'unlock', by: { actor, reason: ' ' } })).toEqual(
      invalid('event.reason', 'is empty'),
    );
    expect(move(locked(waiting), { type: 'unlock', by, schedule: { type: 'once', by: '2026-04-13' } })).toEqual(
      never('event.schedule.by', 'is after the plan ends'),
    );
    // the day is the patient's: in New York the 4th ended at nine in Greenwich
    expect(move(locked(waiting), { type: 'unlock', by, schedule: { type: 'once', by: '2026-03-04' } })).toEqual(
      never('event.schedule.by', 'is in the past'),
    );
  });
});

describe('a decision needs its reason', () => {
  it.each<MoveEvent>([
    { type: 'relock', actor, reason: '' },
    { type: 'regrade', actor, reason: '\t' },
    { type: 'withdraw', actor, reason: ' ' },
  ])('$type', (event) => {
    expect(move(state(assigned), event)).toEqual(invalid('event.reason', 'is empty'));
  });

  it('and another grade words and a date that can be', () => {
    const regrade = { type: 'regrade', actor, reason: 'too big' } as const;
    expect(move(state(assigned), { ...regrade, title: ' ' })).toEqual(invalid('event.title', 'is empty'));
    expect(move(state(assigned), { ...regrade, schedule: { type: 'once', by: '2026-02-28' } })).toEqual(
      never('event.schedule.by', 'is before the plan starts'),
    );
    expect(move(state(assigned), { ...regrade, schedule: { type: 'once', by: '2026-03-04' } })).toEqual(
      never('event.schedule.by', 'is in the past'),
    );
  });
});

describe('a plan that is closed', () => {
  const { plan } = aState();
  it.each(['completed', 'revoked', 'entered-in-error'] as const)('%s: nothing moves but a mistake', (status) => {
    const closed = state(assigned, { plan: { ...plan, status } });
    const refused = { code: 'plan-closed', planId: 'plan-1', status, message: `the plan is ${status}` };
    expect(move(closed, { type: 'seen' })).toEqual(refused);
    expect(move(closed, { type: 'mistake' })).toBe('accepted');
    expect(refusal(() => activatePlan(closed, at, rules))).toEqual(refused);
    expect(refusal(() => endPlan(closed, { status: 'completed' }, at, rules))).toEqual(refused);
    const before = { assignment: aStep(), occurrences: [] };
    expect(refusal(() => undoWithdrawal(closed, { before, withdrawnAt: at }, at, rules))).toEqual(refused);
  });

  it.each(['draft', 'on-hold', 'active'] as const)('%s is not closed', (status) => {
    expect(move(state(assigned, { plan: { ...plan, status } }), { type: 'seen' })).toBe('accepted');
  });
});

it('a step that is not there moves nowhere, in a plan that is closed either', () => {
  const { plan } = aState();
  const closed = state(assigned, { plan: { ...plan, status: 'completed' } });
  expect(move(closed, { type: 'seen' }, 'a-2')).toMatchObject({ code: 'unknown-artefact', id: 'a-2' });
  for (const event of [{ type: 'seen' }, { type: 'mistake' }] as const)
    expect(move(state(assigned), event, 'a-2')).toEqual({
      ...{ code: 'unknown-artefact', artefact: 'assignment', id: 'a-2', message: 'no assignment has this id' },
    });
});

import { describe, expect, it } from 'vitest';
import { IntersessionError } from '../../src/foundation/intersession-error.ts';
import type { HomeworkRules } from '../../src/homework/homework-rules.ts';
import { takeLog } from '../../src/homework/log/take-log.ts';
import type { AnswerItem, PlanState, Schedule, UnlockCriterion } from '../../src/homework/model.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import type { DesignAssignment } from '../../src/homework/plan/design.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { endPlan } from '../../src/homework/plan/end-plan.ts';
import { type MoveEvent, makeMove } from '../../src/homework/plan/make-move.ts';
import { proposeClose } from '../../src/homework/plan/propose-close.ts';
import { settle } from '../../src/homework/plan/settle.ts';
import { sweep } from '../../src/homework/plan/sweep.ts';
import { aLog, anAssignment, answers, aPlan, rules } from './build-plan.ts';

const begin = '2026-03-01T15:00:00.000Z';
/** A fall needs a first and a last reading. */
const twice: Schedule = {
  ...{ type: 'event', event: 'meeting', count: 2, text: 'next two meetings' },
  window: { start: '2026-03-01', end: '2026-03-13' },
};
const actor = 'Practitioner/dr-okafor';
const active = (...steps: readonly DesignAssignment[]) => activatePlan(designPlan(aPlan(steps), begin), begin, rules);
const move = (state: PlanState, event: MoveEvent, at = begin, assignmentId = 'a-1') =>
  makeMove(state, { assignmentId, event }, at, rules);
const log = (
  state: PlanState,
  performedAt: string,
  items: readonly AnswerItem[] = answers({ 'experiment-done': true }),
) =>
  takeLog(state, aLog({ id: `l${state.logs.length + 1}`, assignmentId: 'a-1', performedAt, items }), performedAt, rules)
    .state;
const step = (state: PlanState, id = 'a-1') => {
  const found = state.assignments.find((assignment) => assignment.id === id);
  return `${found?.status}/${found?.businessStatus}`;
};
const statuses = (state: PlanState) => state.occurrences.map(({ status }) => status);
function refusal(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (error instanceof IntersessionError) return { code: error.code, ...error.fields };
    throw error;
  }
  return 'accepted';
}
const next = (criterion: UnlockCriterion, changes: Partial<DesignAssignment> = {}) =>
  anAssignment({ key: '2', unlock: { type: 'after', after: '1', criterion }, ...changes });

describe('unlocking', () => {
  it.each<[string, UnlockCriterion, readonly Record<string, number | boolean>[], boolean]>([
    ['one log of one', { type: 'logs-done', count: 1 }, [{}], true],
    ['the behaviour, done', { type: 'behaviour-done' }, [{ 'experiment-done': true }], true],
    ['the behaviour, logged as not done', { type: 'behaviour-done' }, [{ 'experiment-done': false }], false],
    [
      'a measure reached',
      { type: 'measure-reached', linkId: 'suds', comparator: '<=', value: 40 },
      [{ suds: 40 }],
      true,
    ],
    [
      'a measure not reached',
      { type: 'measure-reached', linkId: 'suds', comparator: '<=', value: 40 },
      [{ suds: 41 }],
      false,
    ],
    [
      'a measure that must rise',
      { type: 'measure-reached', linkId: 'c', comparator: '>=', value: 7 },
      [{ c: 7 }],
      true,
    ],
    [
      'a measure that fell enough',
      { type: 'measure-fell', linkId: 'suds', by: 20 },
      [{ suds: 60 }, { suds: 40 }],
      true,
    ],
    [
      'a measure that fell too little',
      { type: 'measure-fell', linkId: 'suds', by: 20 },
      [{ suds: 60 }, { suds: 41 }],
      false,
    ],
    ['one reading only', { type: 'measure-fell', linkId: 'suds', by: 1 }, [{ suds: 60 }], false],
    ['a clinician to ask', { type: 'clinician-approves' }, [{ 'experiment-done': true }], false],
  ])('follows the rule: %s', (_, criterion, logs, unlocks) => {
    const state = logs.reduce(
      (before, values, index) => log(before, `2026-03-0${index + 2}T15:00:00.000Z`, answers(values)),
      active(anAssignment({ key: '1', schedule: twice }), next(criterion)),
    );
    expect(step(state, 'a-2')).toBe(unlocks ? 'requested/assigned' : 'draft/locked');
  });

  it('takes a done occurrence for a kind that has no item for the behaviour', () => {
    const first = anAssignment({ key: '1', kind: 'diary' });
    expect(step(log(active(first, next({ type: 'behaviour-done' })), '2026-03-02T15:00:00.000Z', []), 'a-2')).toBe(
      'requested/assigned',
    );
  });

  it('never follows from missing', () => {
    const missed = sweep(
      active(anAssignment({ key: '1' }), next({ type: 'behaviour-done' })),
      '2026-03-20T15:00:00.000Z',
      rules,
    );
    expect([step(missed), step(missed, 'a-2')]).toEqual(['failed/missed', 'draft/locked']);
  });

  it('stands still while a safety signal is open, for clinicians too, and goes on when it is closed', () => {
    const open = { ...active(anAssignment({ key: '1' }), next({ type: 'behaviour-done' })), openSafetySignals: 1 };
    const done = log(open, '2026-03-02T15:00:00.000Z');
    expect([step(done), step(done, 'a-2')]).toEqual(['completed/done', 'draft/locked']);
    const byHand = { type: 'unlock', by: { actor, reason: 'ready' } } as const;
    expect(refusal(() => move(done, byHand, '2026-03-02T15:00:00.000Z', 'a-2'))).toMatchObject({
      code: 'illegal-move',
      because: 'a safety signal is open',
    });
    const closed = settle({ ...done, openSafetySignals: 0 }, '2026-03-03T15:00:00.000Z', rules);
    expect(step(closed, 'a-2')).toBe('requested/assigned');
  });

  it('dates a step that is due within days of it, by the day in the patient’s zone', () => {
    const within = next({ type: 'behaviour-done' }, { schedule: { type: 'once-within', days: 3 } });
    // 01:00 on the 10th in New York still belongs to the 9th.
    const state = log(active(anAssignment({ key: '1' }), within), '2026-03-10T05:00:00.000Z');
    expect(state.assignments[1]?.schedules).toEqual([
      { schedule: { type: 'once-within', days: 3 }, from: begin, until: '2026-03-10T05:00:00.000Z' },
      { schedule: { type: 'once', by: '2026-03-12' }, from: '2026-03-10T05:00:00.000Z' },
    ]);
    expect(state.occurrences[1]).toMatchObject({ id: 'a-2.1', dueUntil: '2026-03-13T08:00:00.000Z' });
  });

  it('leaves a step locked whose date has passed, until a clinician dates it anew', () => {
    const early = next({ type: 'behaviour-done' }, { schedule: { type: 'once', by: '2026-03-04' } });
    const state = log(active(anAssignment({ key: '1' }), early), '2026-03-06T15:00:00.000Z');
    const at = '2026-03-06T16:00:00.000Z';
    expect(step(state, 'a-2')).toBe('draft/locked');
    const by = { actor, reason: 'she is ready' };
    expect(refusal(() => move(state, { type: 'unlock', by }, at, 'a-2'))).toMatchObject({
      code: 'schedule-never-occurs',
      field: 'schedule.by',
    });
    const dated = move(state, { type: 'unlock', by, schedule: { type: 'once', by: '2026-03-12' } }, at, 'a-2');
    expect(step(dated, 'a-2')).toBe('requested/assigned');
    expect(dated.occurrences.at(-1)).toMatchObject({ dueUntil: '2026-03-13T08:00:00.000Z', status: 'due' });
  });

  it('is refused by criterion when the criterion is not met, and by hand without a reason', () => {
    const state = active(anAssignment({ key: '1' }), next({ type: 'behaviour-done' }));
    expect(refusal(() => move(state, { type: 'unlock', by: 'criterion' }, begin, 'a-2'))).toMatchObject({
      because: 'its criterion is not met',
    });
    expect(refusal(() => move(state, { type: 'unlock', by: { actor, reason: '' } }, begin, 'a-2'))).toMatchObject({
      issues: [{ path: 'event.reason' }],
    });
    const draft = designPlan(aPlan([anAssignment({ key: '1' })]), begin);
    expect(refusal(() => move(draft, { type: 'unlock', by: 'criterion' }))).toMatchObject({
      because: 'the plan is not active',
    });
  });
});

describe('what persons do with a step', () => {
  const plan = () => active(anAssignment({ key: '1' }));

  it('is seen and agreed to, in this order or at once, and stays overdue when it is', () => {
    expect(step(move(move(plan(), { type: 'seen' }), { type: 'agree' }))).toBe('accepted/agreed');
    expect(step(move(plan(), { type: 'agree' }))).toBe('accepted/agreed');
    expect(step(move(plan(), { type: 'seen' }, '2026-03-14T12:00:00.000Z'))).toBe('received/overdue');
    expect(refusal(() => move(move(plan(), { type: 'agree' }), { type: 'seen' }))).toEqual({
      code: 'illegal-move',
      assignmentId: 'a-1',
      from: 'accepted',
      businessStatus: 'agreed',
      event: 'seen',
    });
  });

  it('is declined with what stood in the way, and only before any log', () => {
    const barrier = { id: 'b', code: 'fear', text: 'they would stare', saidBy: 'patient' } as const;
    const declined = move(plan(), { type: 'decline', barrier });
    expect(declined.assignments[0]).toMatchObject({
      status: 'rejected',
      businessStatus: 'declined',
      statusReason: { code: 'fear', text: 'they would stare' },
      endedAt: begin,
    });
    expect(declined.barriers).toMatchObject([{ id: 'b', assignmentId: 'a-1', code: 'fear' }]);
    expect(statuses(declined)).toEqual(['excused']);
    const adHoc = log(move(plan(), { type: 'pause' }), '2026-03-02T15:00:00.000Z');
    expect(refusal(() => move(adHoc, { type: 'decline', barrier }, '2026-03-02T16:00:00.000Z'))).toMatchObject({
      because: 'it was logged already',
    });
  });

  it('keeps what was left of its time over a pause', () => {
    const paused = move(plan(), { type: 'pause', reason: 'flu' }, '2026-03-10T15:00:00.000Z');
    expect([step(paused), statuses(paused)]).toEqual(['requested/paused', ['paused']]);
    expect(statuses(sweep(paused, '2026-03-20T15:00:00.000Z', rules))).toEqual(['paused']);
    const resumed = move(paused, { type: 'resume' }, '2026-03-20T15:00:00.000Z');
    expect([step(resumed), statuses(resumed)]).toEqual(['requested/assigned', ['due']]);
    expect(resumed.assignments[0]).toMatchObject({
      pauses: [{ from: '2026-03-10T15:00:00.000Z', until: '2026-03-20T15:00:00.000Z', reason: 'flu' }],
      schedules: [{ until: '2026-03-20T15:00:00.000Z' }, { schedule: { type: 'once', by: '2026-03-23' } }],
    });
    expect(resumed.assignments[0]).not.toHaveProperty('pausedFrom');
    expect(resumed.occurrences[0]?.dueUntil).toBe('2026-03-24T08:00:00.000Z');
  });

  it('is locked again and regraded: out of the count until a clinician unlocks it, whatever its rule says', () => {
    const schedule = { type: 'once', by: '2026-03-20' } as const;
    const regraded = move(
      plan(),
      { type: 'regrade', actor, reason: 'too big', title: 'Smaller', schedule },
      '2026-03-05T15:00:00.000Z',
    );
    expect(regraded.assignments[0]).toMatchObject({
      title: 'Smaller',
      status: 'draft',
      statusReason: { text: 'too big' },
      schedules: [
        { schedule: { by: '2026-03-13' }, until: '2026-03-05T15:00:00.000Z' },
        { schedule: { by: '2026-03-20' }, from: '2026-03-05T15:00:00.000Z' },
      ],
    });
    const later = sweep(regraded, '2026-03-17T15:00:00.000Z', rules);
    expect([step(later), statuses(later)]).toEqual(['draft/locked', ['paused']]);
    expect(refusal(() => move(later, { type: 'unlock', by: 'criterion' }, '2026-03-17T15:00:00.000Z'))).toMatchObject({
      because: 'a clinician locked it',
    });
    const again = move(later, { type: 'unlock', by: { actor, reason: 'agreed' } }, '2026-03-17T15:00:00.000Z');
    expect([step(again), statuses(again)]).toEqual(['requested/assigned', ['due']]);
    expect(again.occurrences[0]).toMatchObject({ id: 'a-1.1', dueUntil: '2026-03-21T08:00:00.000Z' });
  });

  it('is accepted as done by the clinician with less than the target', () => {
    const meetings = {
      type: 'event',
      event: 'meeting',
      count: 3,
      text: 'three',
      window: { start: '2026-03-02', end: '2026-03-13' },
    } as const;
    const begun = log(active(anAssignment({ key: '1', schedule: meetings })), '2026-03-02T15:00:00.000Z');
    const accepted = move(begun, { type: 'accept-as-done', actor }, '2026-03-03T15:00:00.000Z');
    expect([step(accepted), statuses(accepted)]).toEqual(['completed/done', ['done', 'excused']]);
  });

  it('needs reasons where a clinician decides', () => {
    for (const type of ['relock', 'regrade', 'withdraw'] as const)
      expect(refusal(() => move(plan(), { type, actor, reason: '  ' }))).toMatchObject({
        code: 'invalid-request',
        issues: [{ path: 'event.reason' }],
      });
  });
});

describe('the end of a plan', () => {
  const two = () => active(anAssignment({ key: '1' }), next({ type: 'behaviour-done' }));

  it('withdraws what is open, and says of what is locked that it was not reached', () => {
    const closed = endPlan(two(), { status: 'revoked', reason: 'moved away' }, '2026-03-05T15:00:00.000Z', rules);
    expect([step(closed), step(closed, 'a-2'), statuses(closed)]).toEqual([
      'cancelled/withdrawn',
      'cancelled/not-reached',
      ['excused'],
    ]);
    expect(closed.plan).toMatchObject({
      status: 'revoked',
      closeReason: 'moved away',
      closedAt: '2026-03-05T15:00:00.000Z',
    });
    expect(refusal(() => endPlan(closed, { status: 'completed' }, begin, rules))).toMatchObject({
      code: 'plan-closed',
    });
    expect(refusal(() => move(closed, { type: 'seen' }))).toMatchObject({ code: 'plan-closed' });
    expect(refusal(() => activatePlan(closed, begin, rules))).toMatchObject({ code: 'plan-closed' });
    expect(step(move(closed, { type: 'mistake' }))).toBe('entered-in-error/mistake');
  });

  it('leaves missed what was missed before, though nobody had looked', () => {
    const closed = endPlan(two(), { status: 'completed' }, '2026-03-20T15:00:00.000Z', rules);
    expect([step(closed), statuses(closed)]).toEqual(['failed/missed', ['missed']]);
  });

  it('is proposed as completed when anything was tried or missed, as revoked when nothing was, and not before', () => {
    expect(proposeClose(two(), rules)).toBeUndefined();
    expect(proposeClose(sweep(two(), '2026-03-20T15:00:00.000Z', rules), rules)).toEqual({ status: 'completed' });
    const withdrawn = move(two(), { type: 'withdraw', actor, reason: 'not needed' });
    expect(proposeClose(withdrawn, rules)).toEqual({ status: 'revoked' });
    const waiting = log(
      active(anAssignment({ key: '1' }), next({ type: 'clinician-approves' })),
      '2026-03-02T15:00:00.000Z',
    );
    expect(proposeClose(waiting, rules)).toBeUndefined();
  });

  it('needs a reason when it is revoked', () => {
    expect(refusal(() => endPlan(two(), { status: 'revoked' }, begin, rules))).toMatchObject({
      issues: [{ path: 'reason' }],
    });
  });
});

it('takes the grace that the tenant states over the step’s own', () => {
  const strict: HomeworkRules = { ...rules, statedLateGraceHours: 0 };
  const state = activatePlan(designPlan(aPlan([anAssignment({ key: '1' })]), begin), begin, strict);
  expect(step(sweep(state, '2026-03-14T08:00:00.000Z', strict))).toBe('failed/missed');
});

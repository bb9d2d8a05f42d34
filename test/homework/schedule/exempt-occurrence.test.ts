import { describe, expect, it } from 'vitest';
import type { Occurrence, PlanState } from '../../../src/homework/model.ts';
import { exemptOccurrence } from '../../../src/homework/schedule/exempt-occurrence.ts';
import { anOccurrence, aState, aStep } from '../a-state.ts';
import { rules } from '../build-plan.ts';
import { refusal } from '../refusal.ts';

const at = '2026-03-05T15:00:00.000Z';
const meetings = {
  ...({ type: 'event', event: 'meeting', count: 3, text: 'three' } as const),
  window: { start: '2026-03-02', end: '2026-03-12' },
};
const standing = (changes: Partial<Occurrence>, step: Parameters<typeof aStep>[0] = {}): PlanState =>
  aState({ assignments: [aStep(step)], occurrences: [anOccurrence(changes)] });
const exempt = (state: PlanState, reason = 'the office was closed', when = at, occurrenceId = 'a-1.1') =>
  exemptOccurrence(state, { occurrenceId, reason }, when, rules);

describe('a time that is taken out of the count', () => {
  it.each([
    ['due', at],
    ['overdue', '2026-03-14T15:00:00.000Z'],
    ['missed', at],
  ] as const)('was %s, and says why and when', (status, when) => {
    const [occurrence] = exempt(standing({ status }), 'the office was closed', when).occurrences;
    expect(occurrence).toEqual(
      anOccurrence({ status: 'excused', reason: 'the office was closed', endedAt: when, lastModified: when }),
    );
  });

  it('leaves its step overdue no more', () => {
    const when = '2026-03-14T15:00:00.000Z';
    const { assignments } = exempt(standing({ status: 'overdue' }, { businessStatus: 'overdue' }), 'closed', when);
    expect(assignments[0]).toMatchObject({ status: 'in-progress', businessStatus: 'logging' });
  });

  it('makes place for the next one', () => {
    const schedules = [{ schedule: meetings, from: '2026-03-01T15:00:00.000Z' }];
    const { occurrences } = exempt(standing({ dueUntil: '2026-03-13T08:00:00.000Z' }, { schedules }));
    expect(occurrences.map(({ id, status }) => `${id} ${status}`)).toEqual(['a-1.1 excused', 'a-1.2 due']);
  });

  it('stands as time has left it by then', () => {
    // due when it was last looked at, missed since
    const [occurrence] = exempt(standing({ status: 'due' }), 'closed', '2026-03-20T15:00:00.000Z').occurrences;
    expect(occurrence).toMatchObject({ status: 'excused', endedAt: '2026-03-20T15:00:00.000Z' });
  });
});

describe('what is not taken out', () => {
  it.each(['done', 'late', 'excused', 'paused'] as const)('one that is %s', (status) => {
    expect(refusal(() => exempt(standing({ status }, { status: 'completed', businessStatus: 'done' })))).toEqual({
      ...{ code: 'illegal-move', assignmentId: 'a-1', from: 'completed', businessStatus: 'done', event: 'excuse' },
      because: `the occurrence is ${status}`,
      message: `an assignment that is completed (done) can't take 'excuse': the occurrence is ${status}`,
    });
  });

  it('one without a reason', () => {
    expect(refusal(() => exempt(standing({}), ' \n'))).toEqual({
      ...{ code: 'invalid-request', issues: [{ path: 'reason', problem: 'is empty' }], message: 'reason is empty' },
    });
  });

  it('one that is not there', () => {
    expect(refusal(() => exempt(standing({}), 'closed', at, 'a-1.2'))).toEqual({
      ...{ code: 'unknown-artefact', artefact: 'occurrence', id: 'a-1.2', message: 'no occurrence has this id' },
    });
  });

  it('one that is not there before the time of now has made it', () => {
    const schedules = [{ schedule: meetings, from: '2026-03-01T15:00:00.000Z' }];
    const opens = standing({ status: 'done' }, { schedules });
    expect(refusal(() => exempt(opens, 'closed', at, 'a-1.2'))).toMatchObject({
      code: 'unknown-artefact',
      id: 'a-1.2',
    });
  });

  it('one of a plan that is closed', () => {
    const state = standing({});
    expect(refusal(() => exempt({ ...state, plan: { ...state.plan, status: 'completed' } }))).toEqual({
      ...{ code: 'plan-closed', planId: 'plan-1', status: 'completed', message: 'the plan is completed' },
    });
  });
});

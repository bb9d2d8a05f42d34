import { describe, expect, it } from 'vitest';
import { IntersessionError } from '../../src/foundation/intersession-error.ts';
import type { Schedule, UnlockRule } from '../../src/homework/model.ts';
import type { DesignAssignment, DesignPlan } from '../../src/homework/plan/design.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { anAssignment, aPlan } from './build-plan.ts';

const at = '2026-03-05T15:00:00.000Z';

function refusal(command: DesignPlan): unknown {
  try {
    designPlan(command, at);
  } catch (error) {
    if (error instanceof IntersessionError) return { code: error.code, ...error.fields };
    throw error;
  }
  return 'accepted';
}

const meetings = (start: string, end: string, count = 3): Schedule => ({
  type: 'event',
  event: 'team meeting',
  count,
  text: 'next three team meetings',
  window: { start, end },
});
const afterStep = (key: string): UnlockRule => ({ type: 'after', after: key, criterion: { type: 'behaviour-done' } });

describe('designing a plan', () => {
  it('makes a draft whose steps are all locked, in order, with the schedule in force', () => {
    const state = designPlan(
      aPlan([anAssignment({ key: '1' }), anAssignment({ key: '2', unlock: afterStep('1') })]),
      at,
    );
    expect(state.plan).toMatchObject({ status: 'draft', createdAt: at, patientId: 'sarah' });
    expect(
      state.assignments.map(({ key, step, status, businessStatus }) => [key, step, status, businessStatus]),
    ).toEqual([
      ['1', 1, 'draft', 'locked'],
      ['2', 2, 'draft', 'locked'],
    ]);
    expect(state.assignments[0]?.schedules).toEqual([{ schedule: { type: 'once', by: '2026-03-13' }, from: at }]);
    expect(state.occurrences).toEqual([]);
    expect(state.plan).not.toHaveProperty('assignments');
  });

  it.each<[string, Schedule, string]>([
    ['a day that has passed', { type: 'once', by: '2026-03-04' }, 'by'],
    ['a day before the plan', { type: 'once', by: '2026-02-27' }, 'by'],
    ['a day after the plan', { type: 'once', by: '2026-04-13' }, 'by'],
    ['a window that ends before it starts', meetings('2026-03-10', '2026-03-09'), 'window.end'],
    ['a window that has passed', meetings('2026-03-01', '2026-03-04'), 'window.end'],
    ['a window after the plan', meetings('2026-04-13', '2026-04-20'), 'window.start'],
    ['a window before the plan', meetings('2026-02-01', '2026-02-20'), 'window.end'],
    ['no times at all', meetings('2026-03-05', '2026-03-13', 0), 'count'],
    ['two and a half times', meetings('2026-03-05', '2026-03-13', 2.5), 'count'],
    ['within no days', { type: 'once-within', days: 0 }, 'days'],
  ])('refuses a schedule that never occurs: %s', (_, schedule, field) => {
    const steps = [anAssignment({ key: '1' }), anAssignment({ key: '2' }), anAssignment({ key: '3', schedule })];
    expect(refusal(aPlan(steps))).toMatchObject({
      code: 'schedule-never-occurs',
      field: `assignments[2].schedule.${field}`,
    });
  });

  it('still takes the day that is running, until 04:00 of the next', () => {
    const steps = [anAssignment({ key: '1', schedule: { type: 'once', by: '2026-03-05' } })];
    expect(designPlan(aPlan(steps), '2026-03-06T08:59:59.999Z').assignments).toHaveLength(1);
    expect(() => designPlan(aPlan(steps), '2026-03-06T09:00:00.000Z')).toThrow(/in the past/);
  });

  it.each<[string, Partial<DesignPlan>, string]>([
    ['no title', { title: ' ' }, 'title'],
    ['no steps', { assignments: [] }, 'assignments'],
    ['an unknown zone', { timeZone: 'America/Springfield' }, 'timeZone'],
    ['no such day', { period: { start: '2026-02-30' } }, 'period.start'],
    ['an end before the start', { period: { start: '2026-03-01', end: '2026-02-01' } }, 'period.end'],
  ])('names the field: %s', (_, changes, path) => {
    expect(refusal(aPlan([anAssignment({ key: '1' })], changes))).toMatchObject({
      code: 'invalid-request',
      issues: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  });

  it.each<[string, Partial<DesignAssignment>, string]>([
    ['a key that is there', { key: '1' }, 'key'],
    ['a step number that is there', { step: 1 }, 'step'],
    ['an id that is there', { id: 'a-1' }, 'id'],
    ['step zero', { step: 0 }, 'step'],
    ['no title', { title: '' }, 'title'],
    ['a negative grace', { lateGraceHours: -1 }, 'lateGraceHours'],
    ['an unknown step before', { unlock: afterStep('9') }, 'unlock.after'],
    ['itself before itself', { unlock: afterStep('2') }, 'unlock.after'],
    ['a circle', { unlock: afterStep('3') }, 'unlock.after'],
    [
      'zero logs as a criterion',
      { unlock: { type: 'after', after: '1', criterion: { type: 'logs-done', count: 0 } } },
      'unlock.criterion.count',
    ],
  ])('names the field of the step: %s', (_, changes, field) => {
    const steps = [
      anAssignment({ key: '1' }),
      anAssignment({ key: '2', ...changes }),
      anAssignment({ key: '3', step: 7, unlock: afterStep('2') }),
    ];
    expect(refusal(aPlan(steps))).toMatchObject({
      code: 'invalid-request',
      issues: expect.arrayContaining([expect.objectContaining({ path: `assignments[1].${field}` })]),
    });
  });

  describe('a step that could never open', () => {
    const logsOf = (count: number): UnlockRule => ({
      type: 'after',
      after: '1',
      criterion: { type: 'logs-done', count },
    });
    const refused = (count: number, first: Schedule, own: Schedule = { type: 'once-within', days: 4 }) =>
      refusal(
        aPlan([
          anAssignment({ key: '1', schedule: first }),
          anAssignment({ key: '2', schedule: own, unlock: logsOf(count) }),
        ]),
      );
    const window = meetings('2026-03-10', '2026-03-24');

    it.each<[string, number, Schedule, number]>([
      ['four logs of three meetings', 4, window, 3],
      ['three logs of two meetings', 3, meetings('2026-03-10', '2026-03-24', 2), 2],
      ['two logs of what is done once', 2, { type: 'once', by: '2026-03-13' }, 1],
      ['two logs of what is done once, within days', 2, { type: 'once-within', days: 5 }, 1],
    ])('is refused with the count that is at fault: %s', (_, count, first, asked) => {
      expect(refused(count, first)).toEqual({
        code: 'invalid-request',
        issues: [
          {
            path: 'assignments[1].unlock.criterion.count',
            problem: `asks for ${count} logs of step 1, which asks for ${asked}: it would never open`,
          },
        ],
      });
    });

    it.each<[string, number, Schedule]>([
      ['all of three', 3, window],
      ['one of three', 1, window],
      ['the only one', 1, { type: 'once', by: '2026-03-13' }],
    ])('is not one that asks for %s', (_, count, first) => {
      expect(refused(count, first)).toBe('accepted');
    });

    it.each<[string, Schedule, string]>([
      ['its day', { type: 'once', by: '2026-03-09' }, 'schedule.by'],
      ['the end of its window', meetings('2026-03-05', '2026-03-09'), 'schedule.window.end'],
    ])('is refused when %s is before what opens it begins', (_, own, field) => {
      expect(refused(3, window, own)).toEqual({
        code: 'schedule-never-occurs',
        field: `assignments[1].${field}`,
        problem: 'is before step 1 begins, which opens it',
      });
    });

    it('may end on the day on which what opens it begins', () => {
      expect(refused(3, window, { type: 'once', by: '2026-03-10' })).toBe('accepted');
      expect(refused(1, { type: 'once', by: '2026-03-13' }, { type: 'once', by: '2026-03-06' })).toBe('accepted');
    });
  });

  it('collects every issue in one refusal', () => {
    const found = refusal(aPlan([anAssignment({ key: '1', title: '' })], { title: '', timeZone: 'Nowhere' }));
    expect(found).toMatchObject({
      issues: [{ path: 'title' }, { path: 'timeZone' }, { path: 'assignments[0].title' }],
    });
  });
});

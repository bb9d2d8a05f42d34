import { describe, expect, it } from 'vitest';
import { takeLog } from '../../../src/homework/log/take-log.ts';
import type { PlanState, UnlockCriterion } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { unlockAllows } from '../../../src/homework/plan/unlock-allows.ts';
import fc from '../../fast-check.ts';
import { aLog, anAssignment, answers, aPlan, rules } from '../build-plan.ts';

const begin = '2026-03-01T15:00:00.000Z';
const arrival = '2026-03-12T15:00:00.000Z';
const meetings = {
  type: 'event',
  event: 'meeting',
  count: 20,
  text: 'twenty',
  window: { start: '2026-03-02', end: '2026-03-12' },
} as const;

interface Reading {
  /** The day of March on which it happened. */
  readonly day: number;
  readonly suds?: number;
}

/** A plan whose first step was logged so, in the order in which the logs came in. */
function cameIn(readings: readonly Reading[], criterion: UnlockCriterion): PlanState {
  const next = anAssignment({
    key: '2',
    unlock: { type: 'after', after: '1', criterion: { type: 'clinician-approves' } },
  });
  const design = designPlan(aPlan([anAssignment({ key: '1', schedule: meetings }), next]), begin);
  const state = readings.reduce(
    (before, { day, suds }, index) => {
      const performedAt = `2026-03-${String(day).padStart(2, '0')}T15:00:00.000Z`;
      const items = suds === undefined ? answers({ note: 'x' }) : answers({ suds });
      const log = aLog({ id: `l${index}`, assignmentId: 'a-1', performedAt, items });
      return takeLog(before, log, arrival, rules).state;
    },
    activatePlan(design, begin, rules),
  );
  const assignments = state.assignments.map((assignment) =>
    assignment.id === 'a-2' ? { ...assignment, unlock: { type: 'after', after: '1', criterion } as const } : assignment,
  );
  return { ...state, assignments };
}
const allows = (readings: readonly Reading[], criterion: UnlockCriterion): boolean => {
  const state = cameIn(readings, criterion);
  const assignment = state.assignments[1];
  return assignment !== undefined && unlockAllows(state, assignment, { rules, at: arrival });
};

describe('"fell by" counts from the first reading to the last, by when they were', () => {
  const by20 = { type: 'measure-fell', linkId: 'suds', by: 20 } as const;
  it.each<[string, readonly Reading[], boolean]>([
    [
      'the earlier one told last: it fell',
      [
        { day: 5, suds: 40 },
        { day: 2, suds: 60 },
      ],
      true,
    ],
    [
      'the later one told first: it rose',
      [
        { day: 5, suds: 60 },
        { day: 2, suds: 40 },
      ],
      false,
    ],
    [
      'one in the middle told last',
      [
        { day: 2, suds: 60 },
        { day: 9, suds: 40 },
        { day: 5, suds: 70 },
      ],
      true,
    ],
    [
      'a low one in between, told last',
      [
        { day: 2, suds: 60 },
        { day: 9, suds: 55 },
        { day: 5, suds: 10 },
      ],
      false,
    ],
    ['without a reading at either end', [{ day: 9 }, { day: 7, suds: 30 }, { day: 3, suds: 50 }, { day: 2 }], true],
    ['one reading alone', [{ day: 4, suds: 90 }, { day: 3 }], false],
    [
      'exactly as much',
      [
        { day: 8, suds: 30 },
        { day: 3, suds: 50 },
      ],
      true,
    ],
    [
      'one less',
      [
        { day: 8, suds: 31 },
        { day: 3, suds: 50 },
      ],
      false,
    ],
  ])('%s', (_what, readings, fell) => {
    expect(allows(readings, by20)).toBe(fell);
  });
});

describe('every rule of unlocking', () => {
  const criterion = fc.constantFrom<UnlockCriterion>(
    { type: 'measure-fell', linkId: 'suds', by: 10 },
    { type: 'measure-reached', linkId: 'suds', comparator: '<=', value: 30 },
    { type: 'measure-reached', linkId: 'suds', comparator: '>=', value: 70 },
    { type: 'logs-done', count: 3 },
  );
  const history = fc.uniqueArray(
    fc.record({
      day: fc.integer({ min: 2, max: 11 }),
      suds: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    }),
    { selector: ({ day }) => day, minLength: 1, maxLength: 6 },
  );

  it('says the same in whichever order the logs came in', () => {
    fc.assert(
      fc.property(
        history.chain((logs) => fc.tuple(fc.constant(logs), fc.shuffledSubarray(logs, { minLength: logs.length }))),
        criterion,
        ([logs, shuffled], rule) => {
          const given = (list: typeof logs) =>
            list.map(({ day, suds }) => (suds === undefined ? { day } : { day, suds }));
          expect(allows(given(shuffled), rule)).toBe(allows(given(logs), rule));
        },
      ),
      { numRuns: 100 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { PlanState } from '../../src/homework/model.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import { attentionOf } from '../../src/homework/plan/attention-of.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { nextSweepAt } from '../../src/homework/plan/next-sweep-at.ts';
import { sweep } from '../../src/homework/plan/sweep.ts';
import { anAssignment, aPlan, rules } from './build-plan.ts';

const steps = [
  anAssignment({ key: '1' }),
  anAssignment({
    key: '2',
    step: 2,
    unlock: { type: 'after', after: '1', criterion: { type: 'logs-done', count: 1 } },
  }),
];
const afterDue = '2026-03-14T12:00:00.000Z';
const afterAll = '2026-03-20T12:00:00.000Z';
const statuses = ({ occurrences, assignments }: PlanState) => [
  occurrences.map(({ status }) => status),
  assignments.map(({ businessStatus }) => businessStatus),
];

describe('the homework of a patient who has died', () => {
  const begun = '2026-03-01T15:00:00.000Z';
  const alive = activatePlan(designPlan(aPlan(steps), begun), begun, rules);

  it.each([
    ['before the due day', { at: '2026-03-10T00:00:00.000Z' }],
    ['at a time that the EHR does not say', {}],
  ])(
    '%s: nothing becomes overdue, missed or due again, and the sweep has nothing to come back for',
    (_when, deceased) => {
      const state = { ...alive, deceased };
      for (const at of [afterDue, afterAll]) {
        const swept = sweep(state, at, rules);
        expect(statuses(swept)).toEqual([['due'], ['assigned', 'locked']]);
        expect(nextSweepAt(swept, at)).toBeUndefined();
        expect(attentionOf(swept, at)).toMatchObject({ overdue: 0, stopped: 0, urgency: 0 });
      }
    },
  );

  it('that was overdue when it was learned is overdue no more, until the EHR takes it back', () => {
    const overdue = sweep(alive, afterDue, rules);
    expect(statuses(overdue)[0]).toEqual(['overdue']);
    expect(attentionOf(overdue, afterDue).urgency).toBeGreaterThan(0);
    const still = sweep({ ...overdue, deceased: {} }, afterDue, rules);
    expect(statuses(still)).toEqual([['due'], ['assigned', 'locked']]);
    expect(sweep(still, afterDue, rules)).toBe(still);
    const { deceased: _mistake, ...back } = still;
    expect(statuses(sweep(back, afterDue, rules))).toEqual(statuses(overdue));
  });

  it('goes on until then: a death that lies ahead of this clock changes nothing yet', () => {
    const state = { ...alive, deceased: { at: afterAll } };
    expect(statuses(sweep(state, afterDue, rules))[0]).toEqual(['overdue']);
  });
});

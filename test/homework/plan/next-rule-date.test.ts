import { describe, expect, it } from 'vitest';
import type { Assignment, UnlockRule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { nextRuleDate } from '../../../src/homework/plan/next-rule-date.ts';
import { nextSweepAt } from '../../../src/homework/plan/next-sweep-at.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import { aState, aStep } from '../a-state.ts';
import { anAssignment, aPlan, rules } from '../build-plan.ts';

const day = { type: 'on-date', date: '2026-03-10' } as const;
const done = { type: 'after', after: '1', criterion: { type: 'behaviour-done' } } as const;
const begins = '2026-03-10T08:00:00.000Z';
const locked = (unlock: UnlockRule, changes: Partial<Assignment> = {}) => {
  const { unlockedAt: _never, ...step } = aStep({ id: 'a-2', key: '2', status: 'draft', unlock });
  return aState({ assignments: [{ ...step, ...changes }] });
};

describe('the next day for which a step waits', () => {
  it.each<[UnlockRule, string, string | undefined]>([
    [day, '2026-03-09T12:00:00.000Z', begins],
    [{ type: 'all', of: [done, day] }, '2026-03-09T12:00:00.000Z', begins],
    [{ type: 'any', of: [{ type: 'on-date', date: '2026-03-12' }, day] }, '2026-03-09T12:00:00.000Z', begins],
    [done, '2026-03-09T12:00:00.000Z', undefined],
    // it has begun, and the step would be open: the sweep is behind
    [day, '2026-03-10T12:00:00.000Z', begins],
    [{ type: 'any', of: [done, day] }, '2026-03-10T12:00:00.000Z', begins],
    // whether the other part holds is not known here
    [{ type: 'all', of: [done, day] }, '2026-03-10T08:04:59.999Z', begins],
    [{ type: 'all', of: [done, day] }, '2026-03-10T08:05:00.000Z', undefined],
    // its own day is over
    [day, '2026-03-14T08:00:00.000Z', undefined],
  ])('%j at %s', (unlock, at, next) => {
    expect(nextRuleDate(locked(unlock), at)).toBe(next);
  });

  it('is none of a step that was open, and none that has begun while a signal is open', () => {
    expect(nextRuleDate(locked(day, { unlockedAt: begins }), '2026-03-09T12:00:00.000Z')).toBeUndefined();
    const held = { ...locked(day), openSafetySignals: 1 };
    expect(nextRuleDate(held, '2026-03-10T12:00:00.000Z')).toBeUndefined();
    expect(nextRuleDate(held, '2026-03-09T12:00:00.000Z')).toBe(begins);
  });

  it('is when the plan is swept, and the step opens then and not before', () => {
    const at = '2026-03-01T15:00:00.000Z';
    const steps = [
      anAssignment({ key: '1', unlock: { type: 'by-clinician' } }),
      anAssignment({ key: '2', unlock: day }),
    ];
    const plan = activatePlan(designPlan(aPlan(steps), at), at, rules);
    expect(nextSweepAt(plan, at)).toBe(begins);
    const early = sweep(plan, '2026-03-10T07:59:59.999Z', rules);
    expect(early.assignments[1]?.status).toBe('draft');
    const open = sweep(early, begins, rules);
    expect(open.assignments[1]).toMatchObject({ status: 'requested', unlockedAt: begins });
  });
});

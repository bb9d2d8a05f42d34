import { describe, expect, it } from 'vitest';
import { currentStep, foldsAway } from '../../smart-app/src/plan/current-step.ts';
import type { PlanView, StepView } from '../../src/contract/app/plan-view.ts';
import { showPlan } from './show-plan.ts';
import { situations } from './situations.ts';

const { now, plans } = situations.atTheVisit;
const shown: PlanView = showPlan(plans[0], { now, reader: 'clinician', ledger: [] });
type Stands = readonly [status: StepView['status'], businessStatus: StepView['businessStatus']];
const done: Stands = ['completed', 'done'];
const locked: Stands = ['draft', 'locked'];
const open: Stands = ['accepted', 'agreed'];
const missed: Stands = ['failed', 'missed'];

/** A plan whose steps stand so, with no barriers unless at one step. */
function planOf(stands: readonly Stands[], barrierAt?: number): PlanView {
  const assignments = stands.map(([status, businessStatus], at) => {
    const [step] = shown.assignments;
    return { ...(step as StepView), id: `s${at}`, key: String(at + 1), step: at + 1, status, businessStatus };
  });
  const barriers =
    barrierAt === undefined ? [] : shown.barriers.map((entry) => ({ ...entry, assignmentId: `s${barrierAt}` }));
  return { ...shown, assignments, barriers };
}

describe('a step is one line', () => {
  it.each<[Stands, boolean]>([
    [done, true],
    [['completed', 'late'], true],
    [['cancelled', 'withdrawn'], true],
    [['cancelled', 'not-reached'], true],
    [['cancelled', 'stopped-by-patient'], false],
    [['rejected', 'declined'], false],
    [missed, false],
    [open, false],
    [['on-hold', 'paused'], false],
    [locked, false],
  ])('when it is %j: %s', (stands, folds) => {
    const view = planOf([stands]);
    expect(foldsAway(view, view.assignments[0] as StepView)).toBe(folds);
  });

  it('unless something stands in its way that was not talked over yet', () => {
    const view = planOf([done, done], 0);
    expect(view.assignments.map((step) => foldsAway(view, step))).toEqual([false, true]);
  });
});

describe('the step that the plan stands at', () => {
  it.each<[string, readonly Stands[], string | undefined]>([
    ['is the first that is worked on', [done, open, open, locked], '2'],
    ['is worked on when paused, too', [done, ['on-hold', 'paused'], locked], '2'],
    ['is the one that is worked on after one that was missed', [missed, open, locked], '2'],
    ['is the last that went wrong, where none is worked on', [done, missed, missed, locked], '3'],
    ['is the first that is locked, where nothing went wrong', [done, locked, locked], '2'],
    ['is none when all is over', [done, ['cancelled', 'withdrawn']], undefined],
    ['is none of none', [], undefined],
  ])('%s', (_what, stands, key) => {
    expect(currentStep(planOf(stands))?.key).toBe(key);
  });
});

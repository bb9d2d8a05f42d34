import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { opensByRule } from '../../smart-app/src/clinician/care-sheets.ts';
import type { AssignmentBusinessStatus, AssignmentStatus, PlanState } from '../../src/homework/model.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const { atTheVisit } = situations;
const plan = atTheVisit.plans[0] as PlanState;

/** 4b stands so, and 4c was to be done by a day: Sarah's visit is on Wed, Mar 25. */
function standing(status: AssignmentStatus, businessStatus: AssignmentBusinessStatus, by: string) {
  const assignments = plan.assignments.map((step) => {
    if (step.key === '4b') return { ...step, status, businessStatus };
    const schedules = [{ schedule: { type: 'once', by } as const, from: step.authoredOn }];
    return step.key === '4c' ? { ...step, schedules } : step;
  });
  return { ...atTheVisit, plans: [{ ...plan, assignments }] };
}

const done = ['completed', 'done'] as const;
const missed = ['failed', 'missed'] as const;

// what opens a step is there as after the first moment
beforeAll(() => opensByRule.fetch());

describe('of a locked step whose own day is over', () => {
  it.each([
    [standing(...done, '2026-03-24'), 'because its own day, Tue, Mar 24, is over', 'now, with a new day.'],
    [
      standing(...missed, '2026-03-23'),
      'because step 4b is missed, and its own day, Mon, Mar 23, is over',
      'now, with a new day.',
    ],
    // today is not over
    [
      standing(...done, '2026-03-25'),
      'because step 4b is over and did not open it',
      'Opens once step 4b has been done, or by hand.',
    ],
    [standing(...missed, '2026-03-30'), 'because step 4b is missed', 'It opens only by hand now.'],
  ])('%#: the first page and the plan say so', async (situation, why, left) => {
    for (const [page, place] of [
      [undefined, '.care-item'],
      [{ name: 'plan' }, '.rung .lock'],
    ] as const) {
      const opened = await openView(situation, page);
      view = opened;
      await opened.until(() => opened.shown.box.querySelector(place) !== null);
      const told = [...opened.shown.box.querySelectorAll(place)].map(({ textContent }) => textContent ?? '');
      const found = told.find((text) => text.includes('tays locked')) ?? '';
      expect(found).toContain(`${why}`);
      expect(found).toContain(left);
      // a rule that may well have been fulfilled is not what it waits for
      if (left.includes('new day')) expect(found).not.toMatch(/did not open it|Opens once/);
      await opened.close();
    }
  });

  it('is said as well before the one that it waits for is over', async () => {
    const opened = await openView(standing('in-progress', 'overdue', '2026-03-24'), { name: 'plan' });
    view = opened;
    await opened.until(() => opened.shown.box.querySelector('.rung .lock') !== null);
    const locks = [...opened.shown.box.querySelectorAll('.rung .lock')].map(({ textContent }) => textContent ?? '');
    expect(locks.join()).toContain('its own day, Tue, Mar 24, is over. It opens only by hand now, with a new day.');
  });
});

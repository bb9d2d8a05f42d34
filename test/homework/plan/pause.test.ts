import { describe, expect, it } from 'vitest';
import type { PlanState, Schedule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { makeMove } from '../../../src/homework/plan/make-move.ts';
import { anAssignment, aPlan, rules } from '../build-plan.ts';

const begin = '2026-03-01T15:00:00.000Z';
const once: Schedule = { type: 'once', by: '2026-03-20' };
const meetings: Schedule = {
  type: 'event',
  event: 'meeting',
  count: 3,
  text: 'three',
  window: { start: '2026-03-02', end: '2026-03-20' },
};

function resumed(schedule: Schedule, ...times: readonly string[]): PlanState {
  const state = activatePlan(designPlan(aPlan([anAssignment({ key: '1', schedule })]), begin), begin, rules);
  return times.reduce(
    (now, at, index) =>
      makeMove(now, { assignmentId: 'a-1', event: { type: index % 2 === 0 ? 'pause' : 'resume' } }, at, rules),
    state,
  );
}
/** The last day of the schedule in force, and when the open occurrence is due. */
function lastDay(state: PlanState): readonly [string | undefined, string | undefined] {
  const schedule = state.assignments[0]?.schedules.at(-1)?.schedule;
  const day = schedule?.type === 'once' ? schedule.by : schedule?.type === 'event' ? schedule.window.end : undefined;
  return [day, state.occurrences.at(-1)?.dueUntil];
}

describe('a pause moves the last day by the days it took, in New York', () => {
  it.each([
    ['an hour of one day', '2026-03-10T15:00:00.000Z', '2026-03-10T16:00:00.000Z', 0],
    ['over midnight, in the same homework day', '2026-03-11T03:30:00.000Z', '2026-03-11T04:30:00.000Z', 0],
    ['an hour, over four in the morning', '2026-03-11T07:30:00.000Z', '2026-03-11T08:30:00.000Z', 1],
    ['one day', '2026-03-10T15:00:00.000Z', '2026-03-11T15:00:00.000Z', 1],
    ['a minute less than a day, into the next', '2026-03-10T15:00:00.000Z', '2026-03-11T14:59:00.000Z', 1],
    ['over midnight in Greenwich, not there', '2026-03-10T23:30:00.000Z', '2026-03-11T01:30:00.000Z', 0],
    ['two days', '2026-03-10T15:00:00.000Z', '2026-03-12T15:00:00.000Z', 2],
    ['one day, in which the clocks go forward', '2026-03-07T15:00:00.000Z', '2026-03-08T15:00:00.000Z', 1],
    ['a week', '2026-03-10T15:00:00.000Z', '2026-03-17T15:00:00.000Z', 7],
    ['ten days', '2026-03-10T15:00:00.000Z', '2026-03-20T15:00:00.000Z', 10],
  ])('%s', (_what, from, until, days) => {
    const day = `2026-03-${20 + days}`;
    // a homework day ends at four in the morning
    const dueUntil = `2026-03-${21 + days}T08:00:00.000Z`;
    expect(lastDay(resumed(once, from, until))).toEqual([day, dueUntil]);
    expect(lastDay(resumed(meetings, from, until))).toEqual([day, dueUntil]);
  });

  it('adds up over pauses', () => {
    const times = [
      '2026-03-10T15:00:00.000Z',
      '2026-03-11T15:00:00.000Z',
      '2026-03-13T15:00:00.000Z',
      '2026-03-14T15:00:00.000Z',
    ];
    expect(lastDay(resumed(once, ...times))[0]).toBe('2026-03-22');
    expect(lastDay(resumed(meetings, ...times))[0]).toBe('2026-03-22');
  });

  it('keeps the first day of the meetings, and the schedule that was', () => {
    const { schedules } = resumed(meetings, '2026-03-10T15:00:00.000Z', '2026-03-11T15:00:00.000Z').assignments[0] ?? {
      schedules: [],
    };
    expect(schedules).toMatchObject([
      { schedule: meetings, until: '2026-03-11T15:00:00.000Z' },
      { schedule: { window: { start: '2026-03-02', end: '2026-03-21' } }, from: '2026-03-11T15:00:00.000Z' },
    ]);
  });
});

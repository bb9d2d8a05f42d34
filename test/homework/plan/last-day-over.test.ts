import { describe, expect, it } from 'vitest';
import { lastDayOver } from '../../../src/homework/plan/last-day-over.ts';
import { type PlanStatus, planStatuses } from '../../../src/homework/plan/plan.ts';

const plan = (changes: { status?: PlanStatus; end?: string; timeZone?: string } = {}) => {
  const { status = 'active', end, timeZone = 'America/New_York' } = changes;
  return { status, timeZone, period: { start: '2026-03-02', ...(end === undefined ? {} : { end }) } };
};

describe('a plan’s last day', () => {
  it.each([
    ['on the day before', '2026-03-26T16:00:00.000Z', false],
    ['on that very day', '2026-03-27T16:00:00.000Z', false],
    ['at a minute to four in the night after it, which is still its evening', '2026-03-28T07:59:59.999Z', false],
    ['at four, when the day after begins', '2026-03-28T08:00:00.000Z', true],
    ['weeks later', '2026-05-01T16:00:00.000Z', true],
    ['a year later', '2027-03-27T16:00:00.000Z', true],
  ] as const)('is over or not where the plan is carried out: %s', (_when, at, isOver) => {
    expect(lastDayOver(plan({ end: '2026-03-27' }), at)).toBe(isOver ? '2026-03-27' : undefined);
  });

  it.each([
    ['Pacific/Auckland', '2026-03-27T15:00:00.000Z', true],
    ['Europe/Berlin', '2026-03-28T02:59:00.000Z', false],
    ['Europe/Berlin', '2026-03-28T03:00:00.000Z', true],
    ['Pacific/Honolulu', '2026-03-28T13:59:00.000Z', false],
    ['Pacific/Honolulu', '2026-03-28T14:00:00.000Z', true],
    // the night in which clocks there are set forward
    ['Europe/Berlin', '2026-03-29T02:00:00.000Z', true],
  ] as const)('is that of the plan’s own zone: %s, %s', (timeZone, at, isOver) => {
    expect(lastDayOver(plan({ end: '2026-03-27', timeZone }), at) !== undefined).toBe(isOver);
  });

  it('is never over where there is none', () => {
    expect(lastDayOver(plan(), '2036-01-01T00:00:00.000Z')).toBeUndefined();
  });

  it.each(planStatuses)('of a plan that is %s says so only while it runs, on hold or not', (status) => {
    const day = lastDayOver(plan({ status, end: '2026-03-27' }), '2026-04-02T16:00:00.000Z');
    expect(day !== undefined).toBe(status === 'active' || status === 'on-hold');
  });
});

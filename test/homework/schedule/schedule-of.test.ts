import { describe, expect, it } from 'vitest';
import type { Occurrence, Schedule } from '../../../src/homework/model.ts';
import { postponed, scheduleOf, targetOf, withSchedule } from '../../../src/homework/schedule/schedule-of.ts';
import { targetReached } from '../../../src/homework/schedule/target-reached.ts';
import { dated, timesOf } from '../../../src/homework/schedule/times-of.ts';
import { anOccurrence, aState, aStep, made } from '../a-state.ts';
import { rules } from '../build-plan.ts';

const york = 'America/New_York';
const at = '2026-03-10T05:00:00.000Z'; // one in the morning: still the 9th
const once: Schedule = { type: 'once', by: '2026-03-13' };
const within: Schedule = { type: 'once-within', days: 3 };
const event: Schedule = {
  ...{ type: 'event', event: 'meeting', count: 3, text: 'three' },
  window: { start: '2026-03-02', end: '2026-03-12' },
};
const step = (schedule: Schedule) => aStep({ schedules: [{ schedule, from: made }] });

describe('the schedule in force', () => {
  it('is the last one', () => {
    const schedules = [
      { schedule: once, from: made, until: at },
      { schedule: event, from: at },
    ];
    expect(scheduleOf(aStep({ schedules }))).toBe(event);
  });

  it('is never none', () => {
    expect(() => scheduleOf(aStep({ schedules: [] }))).toThrow('an assignment has a schedule from its design on');
  });

  it('ends when another comes, and those before it stay', () => {
    const first = { schedule: within, from: '2026-02-01T15:00:00.000Z', until: '2026-02-10T15:00:00.000Z' };
    const second = { schedule: event, from: '2026-02-10T15:00:00.000Z', until: made };
    const before = aStep({ schedules: [first, second, { schedule: once, from: made }] });
    expect(withSchedule(before, event, at)).toEqual({
      ...before,
      schedules: [first, second, { schedule: once, from: made, until: at }, { schedule: event, from: at }],
      lastModified: at,
    });
    expect(withSchedule(aStep({ schedules: [] }), event, at).schedules).toEqual([{ schedule: event, from: at }]);
  });

  it.each([
    ['within days of the patient’s day', within, { type: 'once', by: '2026-03-12' }],
    ['once', once, once],
    ['an event', event, event],
  ])('is dated: %s', (_what, schedule, day) => {
    expect(dated(schedule, at, york)).toEqual(day);
  });

  it.each([
    ['once: to a later day', once, { ...once, by: '2026-03-20' }],
    ['within days: counted from its unlocking, as before', within, within],
    ['an event: to a later end', event, { ...event, window: { start: '2026-03-02', end: '2026-03-19' } }],
  ])('is put off by a week, %s', (_what, schedule, later) => {
    expect(postponed(schedule, 7)).toEqual(later);
  });
});

describe('the time for a step', () => {
  const graceful = { ...rules, statedLateGraceHours: 2 };
  it.each([
    ['once', once, rules, '2026-03-09T08:00:00.000Z', '2026-03-14T08:00:00.000Z', '2026-03-15T08:00:00.000Z'],
    ['within days', within, rules, '2026-03-09T08:00:00.000Z', '2026-03-13T08:00:00.000Z', '2026-03-14T08:00:00.000Z'],
    ['an event', event, rules, '2026-03-02T09:00:00.000Z', '2026-03-13T08:00:00.000Z', '2026-03-14T08:00:00.000Z'],
    [
      'the tenant’s grace',
      once,
      graceful,
      '2026-03-09T08:00:00.000Z',
      '2026-03-14T08:00:00.000Z',
      '2026-03-14T10:00:00.000Z',
    ],
    [
      ...(['no grace, as the tenant says', once, { ...rules, statedLateGraceHours: 0 }] as const),
      ...(['2026-03-09T08:00:00.000Z', '2026-03-14T08:00:00.000Z', '2026-03-14T08:00:00.000Z'] as const),
    ],
  ] as const)('%s', (_what, schedule, by, from, dueUntil, lateUntil) => {
    expect(timesOf(step(schedule), at, york, by)).toEqual({ from, dueUntil, lateUntil });
  });
});

describe('enough', () => {
  it('is once, or as often as the event is asked', () => {
    expect([once, within, event].map((schedule) => targetOf(step(schedule)))).toEqual([1, 1, 3]);
  });

  it.each<[Schedule, readonly Occurrence['status'][], boolean]>([
    [once, [], false],
    [once, ['due'], false],
    [once, ['overdue'], false],
    [once, ['missed'], false],
    [once, ['paused'], false],
    [once, ['excused'], false],
    [once, ['done'], true],
    [once, ['late'], true],
    [once, ['excused', 'done'], true],
    [once, ['excused', 'excused'], false],
    [event, ['done', 'late'], false],
    [event, ['done', 'late', 'done'], true],
    [event, ['done', 'late', 'missed'], false],
    [event, ['done', 'excused'], false],
    [event, ['done', 'excused', 'late'], true],
    [event, ['excused', 'excused', 'excused'], false],
    [event, ['excused', 'excused', 'excused', 'done'], true],
  ])('%j with %j: %s', (schedule, statuses, reached) => {
    const own = statuses.map((status, index) => anOccurrence({ id: `a-1.${index}`, ordinal: index, status }));
    const other = anOccurrence({ id: 'a-2.1', assignmentId: 'a-2', status: 'done' });
    expect(targetReached(aState({ occurrences: [...own, other] }), step(schedule))).toBe(reached);
  });
});

import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src/homework/model.ts';
import { checkSchedule } from '../../../src/homework/schedule/check-schedule.ts';
import { refusal } from '../refusal.ts';

const within = { start: '2026-03-02', end: '2026-03-20', timeZone: 'America/New_York' };
const at = '2026-03-05T15:00:00.000Z';
const check = (schedule: Schedule, changes: { readonly end?: undefined } = {}, when = at) => {
  const { end, ...rest } = { ...within, ...changes };
  return refusal(() => checkSchedule(schedule, 'step', end === undefined ? rest : { ...rest, end }, when));
};
const once = (by: string): Schedule => ({ type: 'once', by });
const event = (
  start: string,
  end: string,
  changes: { count?: number; event?: string; text?: string } = {},
): Schedule => ({
  ...{ type: 'event', event: 'meeting', count: 3, text: 'three meetings' },
  ...changes,
  window: { start, end },
});
const window = (changes: { count?: number; event?: string; text?: string }) =>
  event('2026-03-05', '2026-03-10', changes);
const days = (count: number): Schedule => ({ type: 'once-within', days: count });

const whole = 'must be a whole number, at least 1';
describe('a schedule that can never be kept', () => {
  it.each<[string, Schedule, string, string]>([
    ['within no days', days(0), 'days', whole],
    ['within a day less than none', days(-1), 'days', whole],
    ['within a day and a half', days(1.5), 'days', whole],
    ['within no number of days', days(Number.NaN), 'days', whole],
    ['by the day before the plan', once('2026-03-01'), 'by', 'is before the plan starts'],
    ['by the day after the plan', once('2026-03-21'), 'by', 'is after the plan ends'],
    ['by yesterday', once('2026-03-04'), 'by', 'is in the past'],
    ['no times', window({ count: 0 }), 'count', whole],
    ['two and a half times', window({ count: 2.5 }), 'count', whole],
    [
      'a window that ends before it starts',
      event('2026-03-10', '2026-03-09'),
      'window.end',
      'is before the window starts',
    ],
    ['a window over before the plan', event('2026-02-20', '2026-03-01'), 'window.end', 'is before the plan starts'],
    ['a window after the plan', event('2026-03-21', '2026-03-25'), 'window.start', 'is after the plan ends'],
    ['a window that was over yesterday', event('2026-03-02', '2026-03-04'), 'window.end', 'is in the past'],
  ])('%s is refused by its field', (_what, schedule, field, problem) => {
    expect(check(schedule)).toEqual({
      ...{ code: 'schedule-never-occurs', field: `step.${field}`, problem },
      message: `step.${field} ${problem}`,
    });
  });

  it.each<[string, Schedule, string, string]>([
    ['by no day', once('soon'), 'by', 'is not a day (YYYY-MM-DD)'],
    ['by a day that no month has', once('2026-02-30'), 'by', 'is not a day (YYYY-MM-DD)'],
    ['from no day', event('soon', '2026-03-10'), 'window.start', 'is not a day (YYYY-MM-DD)'],
    ['to no day', event('2026-03-05', '2026-3-10'), 'window.end', 'is not a day (YYYY-MM-DD)'],
    ['whenever nothing happens', window({ event: ' ' }), 'event', 'is empty'],
    ['without words', window({ text: '\n' }), 'text', 'is empty'],
  ])('%s is no schedule', (_what, schedule, field, problem) => {
    expect(check(schedule)).toEqual({
      ...{ code: 'invalid-request', issues: [{ path: `step.${field}`, problem }] },
      message: `step.${field} ${problem}`,
    });
  });
});

describe('a schedule that can be kept', () => {
  it.each<[string, Schedule]>([
    ['within a day', days(1)],
    ['by today', once('2026-03-05')],
    ['by the plan’s last day', once('2026-03-20')],
    ['one time', window({ count: 1 })],
    ['a window of today', event('2026-03-05', '2026-03-05')],
    ['a window from before the plan into it', event('2026-02-20', '2026-03-05')],
    ['a window from the plan’s last day on', event('2026-03-20', '2026-03-25')],
  ])('%s', (_what, schedule) => {
    expect(check(schedule)).toBe('accepted');
  });

  it.each([
    ['a day', once('2027-01-01')],
    ['a window', event('2027-01-01', '2027-01-31')],
  ])('%s of a plan without an end', (_what, schedule) => {
    expect(check(schedule, { end: undefined })).toBe('accepted');
  });

  it.each([
    ['the plan’s first day', once('2026-03-02')],
    ['a window to the plan’s first day', event('2026-02-20', '2026-03-02')],
  ])('%s, until it ends at four in the morning', (_what, schedule) => {
    expect(check(schedule, {}, '2026-03-03T08:59:59.999Z')).toBe('accepted');
    expect(check(schedule, {}, '2026-03-03T09:00:00.000Z')).toMatchObject({ problem: 'is in the past' });
  });
});

import { describe, expect, it } from 'vitest';
import type { Occurrence, PlanState } from '../../../src/homework/model.ts';
import { nextSweepAt } from '../../../src/homework/plan/next-sweep-at.ts';
import { stillOccurs } from '../../../src/homework/schedule/still-occurs.ts';
import { anOccurrence, aState, aStoredLog } from '../a-state.ts';

const at = '2026-03-05T15:00:00.000Z';
// the plan's last day is 12 April in New York
const periodEnd = '2026-04-13T08:00:00.000Z';
const time = (status: Occurrence['status'], dueUntil: string, lateUntil = '2026-05-01T08:00:00.000Z') =>
  anOccurrence({ status, dueUntil, lateUntil });
const [second, third, fourth] = [
  '2026-03-12T08:00:00.000Z',
  '2026-03-13T08:00:00.000Z',
  '2026-03-14T08:00:00.000Z',
] as const;
const next = (changes: Partial<PlanState>, when = at) => nextSweepAt(aState(changes), when);

describe('time changes something next', () => {
  it.each<[string, readonly Occurrence[], string]>([
    ['nothing waits: the period ends', [], periodEnd],
    ['a due day ends', [time('due', third)], third],
    ['a late window ends', [time('overdue', second, third)], third],
    ['the earliest of them, first', [time('due', second), time('due', third)], second],
    ['the earliest of them, last', [time('due', fourth), time('overdue', second, third)], third],
    ['one after the period', [time('due', '2026-04-20T08:00:00.000Z')], periodEnd],
    ['what is behind', [time('due', '2026-03-01T08:00:00.000Z')], '2026-03-01T08:00:00.000Z'],
    [
      ...([
        'what waits for nothing',
        (['done', 'late', 'missed', 'excused', 'paused'] as const).map((status) => time(status, second, third)),
      ] as const),
      periodEnd,
    ],
  ])('%s', (_what, occurrences, expected) => {
    expect(next({ occurrences })).toBe(expected);
  });

  const { plan } = aState();
  const { end: _end, ...open } = plan.period;
  it.each<[string, Partial<PlanState>, string]>([
    ['in a plan without an end', { plan: { ...plan, period: open } }, at],
    ['at the end of the period', {}, periodEnd],
    ['in a draft', { plan: { ...plan, status: 'draft' }, occurrences: [time('due', third)] }, at],
    ['in a plan that is closed', { plan: { ...plan, status: 'completed' }, occurrences: [time('due', third)] }, at],
    ['of somebody who has died', { deceased: { at }, occurrences: [time('due', third)] }, at],
  ])('never %s', (_what, changes, when) => {
    expect(next(changes, when)).toBeUndefined();
  });

  it('until the moment before the period ends, and until the death', () => {
    expect(next({}, '2026-04-13T07:59:59.999Z')).toBe(periodEnd);
    expect(next({ deceased: { at }, occurrences: [time('due', third)] }, '2026-03-05T14:59:59.999Z')).toBe(third);
    expect(next({ plan: { ...plan, period: open }, occurrences: [time('due', third)] })).toBe(third);
  });
});

describe('a schedule still has time left', () => {
  const york = 'America/New_York';
  const window = { start: '2026-03-02', end: '2026-03-05' };
  it.each([
    ['once', { type: 'once', by: '2026-03-05' }],
    ['an event', { type: 'event', event: 'e', count: 3, text: 't', window }],
  ] as const)('%s, until its last day is over', (_what, schedule) => {
    expect(stillOccurs(schedule, '2026-03-06T08:59:59.999Z', { timeZone: york })).toBe(true);
    expect(stillOccurs(schedule, '2026-03-06T09:00:00.000Z', { timeZone: york })).toBe(false);
  });

  it('within days, as it begins when it is unlocked', () => {
    expect(stillOccurs({ type: 'once-within', days: 1 }, '2036-03-06T09:00:00.000Z', { timeZone: york })).toBe(true);
  });
});

describe('an addendum to a filed report', () => {
  const report = {
    ...{ id: 'r', planId: 'plan-1', patientId: 'sarah', version: 1, createdAt: at, text: '', members: [] },
    ...{ from: '2026-03-01T15:00:00.000Z', to: at },
  };
  // what was done before the report was filed, and told after it: the day in New York ends at nine in Greenwich
  const late = aStoredLog({ performedAt: '2026-03-04T15:00:00.000Z', authored: '2026-03-05T16:00:00.000Z' });
  const dayEnds = '2026-03-06T09:00:00.000Z';
  const told = { reports: [report], logs: [late] };
  const { plan } = aState();

  it.each<[string, Partial<PlanState>, string]>([
    ['when nothing else waits', {}, dayEnds],
    ['before a later due day', { occurrences: [time('due', third)] }, dayEnds],
    ['after an earlier one', { occurrences: [time('due', '2026-03-06T08:00:00.000Z')] }, '2026-03-06T08:00:00.000Z'],
    ['in a plan without an end', { plan: { ...plan, period: { start: '2026-03-01' } } }, dayEnds],
    [
      'after the plan was closed',
      { plan: { ...plan, status: 'completed' }, occurrences: [time('due', second)] },
      dayEnds,
    ],
    ['of somebody who has died', { deceased: {}, occurrences: [time('due', '2026-03-06T08:00:00.000Z')] }, dayEnds],
  ])('is due %s', (_what, changes, expected) => {
    expect(next({ ...told, ...changes }, '2026-03-05T17:00:00.000Z')).toBe(expected);
  });

  it('is looked at once more after the end of the period', () => {
    const authored = '2026-04-14T16:00:00.000Z';
    expect(next({ ...told, logs: [{ ...late, authored }] }, authored)).toBe('2026-04-15T08:00:00.000Z');
  });
});

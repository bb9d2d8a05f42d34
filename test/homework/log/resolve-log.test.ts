import { describe, expect, it } from 'vitest';
import { resolveLog } from '../../../src/homework/log/resolve-log.ts';
import type { Assignment, Occurrence, PlanState, Schedule } from '../../../src/homework/model.ts';
import { rules } from '../build-plan.ts';
import { aRecord, aState, aStep, aTime, endOf, feb } from '../report/report-state.ts';

const meetings: Schedule = {
  ...{ type: 'event', event: 'meeting', count: 3, text: 'three meetings' },
  window: { start: '2026-02-02', end: '2026-02-06' },
};
const thrice = aStep({ schedules: [{ schedule: meetings, from: feb(1) }] });
const just = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();

interface Case {
  readonly step?: Assignment;
  readonly times?: readonly Occurrence[];
  readonly logs?: PlanState['logs'];
  readonly occurrenceId?: string;
  readonly performedAt?: string;
  readonly at?: string;
}
/** How it is tied, and to which occurrence; with the state that it was tied in. */
function tie({ step = aStep(), times = [aTime()], logs = [], occurrenceId, performedAt = feb(3), at = feb(3) }: Case) {
  const state = aState({ assignments: [step], occurrences: times, logs });
  const log = { performedAt, ...(occurrenceId === undefined ? {} : { occurrenceId }) };
  const resolved = resolveLog(state, step, log, at, rules);
  return { ...resolved, said: [resolved.resolution, resolved.occurrence?.id], untouched: resolved.state === state };
}
const open = (ordinal: number, changes: Partial<Occurrence> = {}) =>
  aTime({ id: `a1.${ordinal}`, ordinal, ...changes });
const begun = (occurrenceId: string) => aRecord({ id: `of-${occurrenceId}`, occurrenceId, status: 'in-progress' });

describe('a log that names its time', () => {
  it.each<[Occurrence['status'], string, readonly [string, string | undefined]]>([
    ['due', feb(3), ['resolved', 'a1.1']],
    ['due', just(endOf(6), -1), ['resolved', 'a1.1']],
    ['due', endOf(6), ['late', 'a1.1']],
    ['overdue', feb(8), ['late', 'a1.1']],
    ['missed', feb(3), ['resolved', 'a1.1']],
    ['missed', feb(9), ['late', 'a1.1']],
    ['done', feb(3), ['extra', undefined]],
    ['late', feb(3), ['extra', undefined]],
    ['excused', feb(3), ['ad-hoc', undefined]],
    ['paused', feb(3), ['ad-hoc', undefined]],
  ])('that is %s, at %s', (status, performedAt, said) => {
    const tied = tie({ times: [open(1, { status })], occurrenceId: 'a1.1', performedAt });
    expect([tied.said, tied.untouched]).toEqual([said, true]);
  });

  it('names one of its own step', () => {
    const other = () => tie({ times: [aTime(), aTime({ id: 'a2.1', assignmentId: 'a2' })], occurrenceId: 'a2.1' });
    const issues = [{ path: 'occurrenceId', problem: 'belongs to another assignment' }];
    expect(other).toThrow(expect.objectContaining({ code: 'invalid-request', fields: { issues } }));
    expect(() => tie({ occurrenceId: 'a9.1' })).toThrow(
      expect.objectContaining({ code: 'unknown-artefact', fields: { artefact: 'occurrence', id: 'a9.1' } }),
    );
  });
});

describe('a log that names none', () => {
  const missed = (ordinal: number, day: number) =>
    open(ordinal, { status: 'missed', dueUntil: endOf(day), lateUntil: endOf(day + 2) });
  it.each<[string, Case, readonly [string, string | undefined]]>([
    // the step was opened on 1 February, whose day begins at four
    ['begins with the day it was opened on', { performedAt: feb(1, '03:00') }, ['resolved', 'a1.1']],
    ['not before', { performedAt: feb(1, '02:59') }, ['ad-hoc', undefined]],
    ['is in time to the end of the last day', { performedAt: just(endOf(6), -1) }, ['resolved', 'a1.1']],
    ['is late within the grace', { performedAt: endOf(6), times: [open(1, { status: 'overdue' })] }, ['late', 'a1.1']],
    ['is tied to nothing after it', { performedAt: endOf(7) }, ['ad-hoc', undefined]],
    ['nor to what is paused', { times: [open(1, { status: 'paused' })] }, ['ad-hoc', undefined]],
    ['nor to what is excused', { times: [open(1, { status: 'excused' })] }, ['ad-hoc', undefined]],
    ['is one more where it was done', { times: [open(1, { status: 'done' })] }, ['extra', undefined]],
    [
      'is for the open one before the missed one',
      { times: [open(1, { status: 'missed' }), open(2)] },
      ['resolved', 'a1.2'],
    ],
    ['is for the first that is open', { times: [open(2), open(1)], step: thrice }, ['resolved', 'a1.1']],
    [
      'is for the missed one whose end was last',
      { times: [missed(1, 4), missed(2, 6), missed(3, 5)], performedAt: feb(4) },
      ['resolved', 'a1.2'],
    ],
    [
      'is for the first of two that share it',
      { times: [missed(2, 4), missed(1, 4)], performedAt: feb(5) },
      ['late', 'a1.1'],
    ],
    ['is for no missed one whose grace is over', { times: [missed(1, 4)], performedAt: feb(8) }, ['ad-hoc', undefined]],
  ])('%s', (_, given, said) => {
    const tied = tie(given);
    expect([tied.said, tied.untouched]).toEqual([said, true]);
  });
});

describe('a log beside one that is only begun', () => {
  it.each<[string, Case, readonly [string, string | undefined]]>([
    [
      'is for the next that is open',
      { step: thrice, times: [open(1), open(2)], logs: [begun('a1.1')] },
      ['resolved', 'a1.2'],
    ],
    ['is for the same, when it is done once', { logs: [begun('a1.1')] }, ['resolved', 'a1.1']],
    [
      'is for the same, when there are no more',
      {
        step: thrice,
        times: [open(1), open(2, { status: 'done' }), open(3, { status: 'done' })],
        logs: [begun('a1.1')],
      },
      ['resolved', 'a1.1'],
    ],
    [
      'is for the same, told after the window',
      { step: thrice, times: [open(1)], logs: [begun('a1.1')], at: endOf(7) },
      ['resolved', 'a1.1'],
    ],
    [
      'is for the same, after what is late now',
      {
        step: thrice,
        times: [open(1, { lateUntil: endOf(9) })],
        logs: [begun('a1.1')],
        performedAt: endOf(7),
        at: just(endOf(7), -1),
      },
      ['late', 'a1.1'],
    ],
    [
      'of another time takes nothing away',
      { step: thrice, times: [open(1)], logs: [begun('a2.1')] },
      ['resolved', 'a1.1'],
    ],
    [
      'that was taken back takes nothing away',
      { step: thrice, times: [open(1)], logs: [{ ...begun('a1.1'), status: 'entered-in-error' }] },
      ['resolved', 'a1.1'],
    ],
    [
      'before the window opens none',
      { step: thrice, times: [open(1)], logs: [begun('a1.1')], performedAt: feb(2, '02:59') },
      ['ad-hoc', undefined],
    ],
  ])('%s', (_, given, said) => {
    const tied = tie(given);
    expect([tied.said, tied.untouched]).toEqual([said, true]);
  });

  it('opens the next event while there are more', () => {
    const second = tie({ step: thrice, times: [open(1)], logs: [begun('a1.1')], at: just(endOf(7), -1) });
    expect([second.said, second.untouched]).toEqual([['resolved', 'a1.2'], false]);
    expect(second.state.occurrences.map(({ id }) => id)).toEqual(['a1.1', 'a1.2']);
    const third = tie({ step: thrice, times: [open(1), open(2, { status: 'done' })], logs: [begun('a1.1')] });
    expect(third.said).toEqual(['resolved', 'a1.3']);
    // the first millisecond of the window's first day
    const first = tie({ step: thrice, times: [open(1)], logs: [begun('a1.1')], performedAt: feb(2, '03:00') });
    expect(first.said).toEqual(['resolved', 'a1.2']);
  });
});

import { describe, expect, it } from 'vitest';
import type { Assignment, Occurrence, Schedule, UnlockCriterion } from '../../../src/homework/model.ts';
import { nextLines } from '../../../src/homework/report/report-next.ts';
import { aState, aStep, aTime, feb } from './report-state.ts';

const next = (assignments: readonly Assignment[], occurrences: readonly Occurrence[] = []) =>
  nextLines(aState({ assignments, occurrences }), assignments);
const by = (schedule: Schedule): Partial<Assignment> => ({ schedules: [{ schedule, from: feb(1) }] });
const meetings: Schedule = {
  ...{ type: 'event', event: 'meeting', count: 3, text: 'next three\n meetings' },
  window: { start: '2026-02-02', end: '2026-02-20' },
};
const locked = (changes: Partial<Assignment>): Assignment =>
  aStep({ status: 'draft', businessStatus: 'locked', ...changes });

describe('what is still to be done', () => {
  it.each<[string, Partial<Assignment>, Occurrence['status'] | undefined, string]>([
    ['by its day', {}, 'due', '1 Write it down: due by Fri, 6 Feb 2026'],
    ['within its days', by({ type: 'once-within', days: 10 }), 'due', '1 Write it down: due within 10 days of opening'],
    ['by its window', by(meetings), 'due', '1 Write it down: due next three meetings, by Fri, 20 Feb 2026'],
    [
      'though its day is over',
      { businessStatus: 'overdue' },
      'overdue',
      '1 Write it down: overdue, was due by Fri, 6 Feb 2026',
    ],
    ['though the step goes on for another time', {}, 'overdue', '1 Write it down: due by Fri, 6 Feb 2026'],
    ['nothing, when none is open', {}, 'done', '1 Write it down: nothing due'],
    ['nothing, when there is none', {}, undefined, '1 Write it down: nothing due'],
    ['not while it is paused', { businessStatus: 'paused', status: 'on-hold' }, 'due', '1 Write it down: paused'],
    [
      'its title on one line',
      { title: ' Write\n it   down ', businessStatus: 'paused' },
      'due',
      '1 Write it down: paused',
    ],
  ])('%s', (_, changes, status, line) => {
    expect(next([aStep(changes)], status === undefined ? [] : [aTime({ status })])).toEqual([line]);
  });

  it('is nothing of a step that has ended, and of one only what is its own', () => {
    const done = (['completed', 'rejected', 'cancelled', 'failed', 'entered-in-error'] as const).map((status, index) =>
      aStep({ id: `e${index}`, key: `e${index}`, status }),
    );
    expect(next([...done, aStep({ id: 'a2', key: '2' })], [aTime()])).toEqual(['2 Write it down: nothing due']);
    expect(next(done)).toEqual([]);
  });
});

describe('what opens the step that is locked next', () => {
  const afterFirst = (criterion: UnlockCriterion): Partial<Assignment> => ({
    unlock: { type: 'after', after: '1', criterion },
  });
  it.each<[Partial<Assignment>, string]>([
    [{ unlock: { type: 'at-start' } }, 'opens when the plan starts'],
    [{ unlock: { type: 'by-clinician' } }, 'the clinician opens it'],
    [{ unlock: { type: 'at-start' }, unlockedAt: feb(2) }, 'the clinician opens it again'],
    [afterFirst({ type: 'logs-done', count: 3 }), 'opens once step 1 has been logged 3 times'],
    [afterFirst({ type: 'behaviour-done' }), 'opens once step 1 has been done'],
    [
      afterFirst({ type: 'measure-reached', linkId: 'belief-after-it', comparator: '<=', value: 40 }),
      'opens once “belief after it” in step 1 is 40 or less',
    ],
    [
      afterFirst({ type: 'measure-reached', linkId: 'hours', comparator: '>=', value: 7 }),
      'opens once “hours” in step 1 is 7 or more',
    ],
    [
      afterFirst({ type: 'measure-fell', linkId: 'suds-peak', by: 20 }),
      'opens once “SUDS peak” in step 1 has fallen by 20',
    ],
    [afterFirst({ type: 'clinician-approves' }), 'opens after step 1, when the clinician says so'],
  ])('%j', (changes, words) => {
    expect(next([locked({ key: '2', ...changes })])).toEqual([`2 Write it down: locked; ${words}`]);
  });

  it.each<[Partial<Assignment>, string]>([
    [{ status: 'failed', businessStatus: 'missed' }, 'was missed'],
    [{ status: 'cancelled', businessStatus: 'stopped-by-patient' }, 'was stopped by the patient'],
    [{ status: 'rejected', businessStatus: 'declined' }, 'was declined'],
  ])('is a hand alone, when the step before it ended %j', (ended, words) => {
    const before = aStep(ended);
    const behind = locked({ id: 'a2', key: '2', ...afterFirst({ type: 'behaviour-done' }) });
    expect(next([before, behind])).toEqual([
      `2 Write it down: locked; it opens only by hand now, because step 1 ${words}`,
    ]);
  });

  it.each<[UnlockCriterion, string]>([
    [{ type: 'behaviour-done' }, 'step 1 is over and did not open it; it opens once step 1 has been done, or by hand'],
    [
      { type: 'measure-fell', linkId: 'suds-peak', by: 20 },
      'step 1 is over and did not open it; it opens once “SUDS peak” in step 1 has fallen by 20, or by hand',
    ],
    // no further log counts
    [{ type: 'logs-done', count: 3 }, 'it opens only by hand now, because step 1 is over and did not open it'],
  ])('is a log put right or a hand, when the step before it is done: %j', (criterion, words) => {
    const before = aStep({ status: 'completed', businessStatus: 'done' });
    const behind = locked({ id: 'a2', key: '2', ...afterFirst(criterion) });
    expect(next([before, behind])).toEqual([`2 Write it down: locked; ${words}`]);
  });

  it.each<[Partial<Assignment>, Schedule, string | undefined]>([
    [
      { status: 'completed', businessStatus: 'done' },
      { type: 'once', by: '2026-02-06' },
      'its own day, Fri, 6 Feb 2026, is over',
    ],
    [
      { status: 'failed', businessStatus: 'missed' },
      meetings,
      'step 1 was missed, and its own day, Fri, 20 Feb 2026, is over',
    ],
    // before the one that it waits for is over, too
    [{}, { type: 'once', by: '2026-02-05' }, 'its own day, Thu, 5 Feb 2026, is over'],
    [{}, { type: 'once', by: '2026-02-21' }, undefined],
    [{}, { type: 'once-within', days: 2 }, undefined],
  ])('is a hand with a new day, when its own is over: %j, %j', (ended, schedule, why) => {
    const behind = locked({ id: 'a2', key: '2', ...afterFirst({ type: 'behaviour-done' }), ...by(schedule) });
    const assignments = [aStep(ended), behind];
    const lines = nextLines(aState({ assignments }), assignments, { said: () => undefined, at: feb(21, '03:30') });
    expect(lines.at(-1)).toBe(
      why === undefined
        ? '2 Write it down: locked; opens once step 1 has been done'
        : `2 Write it down: locked; it opens only by hand now, with a new day, because ${why}`,
    );
  });

  it('is told of the first alone, and those behind it are named', () => {
    const three = ['2', '3', '4'].map((key) => locked({ id: `a${key}`, key, unlock: { type: 'by-clinician' } }));
    expect(next([aStep(), ...three], [aTime()])).toEqual([
      '1 Write it down: due by Fri, 6 Feb 2026',
      '2 Write it down: locked; the clinician opens it',
      'after that, locked too: 3, 4',
    ]);
  });
});

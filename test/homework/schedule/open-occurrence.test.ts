import { describe, expect, it } from 'vitest';
import type { Occurrence } from '../../../src/homework/model.ts';
import {
  endOccurrences,
  openOccurrence,
  passTime,
  pauseOccurrences,
  reopenPaused,
} from '../../../src/homework/schedule/open-occurrence.ts';
import { anOccurrence, aState, aStep, made } from '../a-state.ts';
import { rules } from '../build-plan.ts';

const at = '2026-03-05T15:00:00.000Z';
const dueUntil = '2026-03-14T08:00:00.000Z';
const lateUntil = '2026-03-15T08:00:00.000Z';
const statuses: readonly Occurrence['status'][] = ['due', 'overdue', 'done', 'late', 'missed', 'excused', 'paused'];
/** Of each status one, of the step `a-1`; and one that is due, of another step. */
const ofEach = statuses.map((status, index) =>
  anOccurrence({ id: `a-1.${index + 1}`, ordinal: index + 1, status, reason: 'before' }),
);
const other = anOccurrence({ id: 'a-2.1', assignmentId: 'a-2' });

describe('the next time of a step', () => {
  it('is made whole, due by its schedule', () => {
    const { state, occurrence } = openOccurrence(aState(), aStep(), at, rules);
    expect(occurrence).toEqual({
      ...{ id: 'a-1.1', assignmentId: 'a-1', planId: 'plan-1', patientId: 'sarah', ordinal: 1, status: 'due' },
      ...{ openedAt: at, dueUntil, lateUntil, lastModified: at },
    });
    expect(state.occurrences).toEqual([occurrence]);
  });

  it('counts on from the last of its own', () => {
    const occurrences = [anOccurrence({ id: 'a-1.2', ordinal: 2 }), anOccurrence(), { ...other, ordinal: 7 }];
    expect(openOccurrence(aState({ occurrences }), aStep(), at, rules).occurrence).toMatchObject({
      ...{ id: 'a-1.3', ordinal: 3 },
    });
  });

  it.each([
    ['a moment before its end', '2026-03-14T07:59:59.999Z', 'due', '2026-03-14T07:59:59.999Z'],
    ['at its end', dueUntil, 'overdue', dueUntil],
    ['in its grace', '2026-03-14T15:00:00.000Z', 'overdue', dueUntil],
    ['at the end of its grace', lateUntil, 'missed', dueUntil],
  ])('%s is opened as it stands by then', (_when, when, status, openedAt) => {
    const { occurrence } = openOccurrence(aState(), aStep(), when, rules);
    expect(occurrence).toMatchObject({ status, openedAt, lastModified: when });
    expect(occurrence.endedAt).toBe(status === 'missed' ? lateUntil : undefined);
  });
});

describe('time that passes', () => {
  it.each<[Occurrence['status'], string, Partial<Occurrence> | undefined]>([
    ['due', '2026-03-14T07:59:59.999Z', undefined],
    ['due', dueUntil, { status: 'overdue' }],
    ['due', '2026-03-15T07:59:59.999Z', { status: 'overdue' }],
    ['due', lateUntil, { status: 'missed', endedAt: lateUntil }],
    ['overdue', '2026-03-15T07:59:59.999Z', undefined],
    ['overdue', '2026-03-20T15:00:00.000Z', { status: 'missed', endedAt: lateUntil }],
    ['done', lateUntil, undefined],
    ['late', lateUntil, undefined],
    ['missed', lateUntil, undefined],
    ['excused', lateUntil, undefined],
    ['paused', lateUntil, undefined],
  ])('makes of %s at %s: %j', (status, when, changes) => {
    const occurrence = anOccurrence({ status });
    const passed = passTime(occurrence, when);
    if (changes === undefined) expect(passed).toBe(occurrence);
    else expect(passed).toEqual({ ...occurrence, ...changes, lastModified: when });
  });
});

describe('what is taken out of the count', () => {
  const state = aState({ occurrences: [...ofEach, other] });
  const changed = (
    occurrences: readonly Occurrence[],
    from: readonly Occurrence['status'][],
    to: Partial<Occurrence>,
  ) => {
    const expected = ofEach.map((entry) =>
      from.includes(entry.status) ? { ...entry, ...to, lastModified: at } : entry,
    );
    expect(occurrences).toEqual([...expected, other]);
  };

  it('by a pause is what was open, with its reason', () => {
    const { occurrences } = pauseOccurrences(state, 'a-1', at, 'flu');
    changed(occurrences, ['due', 'overdue'], { status: 'paused', reason: 'flu' });
  });

  it('by a pause without a reason', () => {
    const open = aState({ occurrences: [anOccurrence()] });
    expect(pauseOccurrences(open, 'a-1', at).occurrences).toStrictEqual([
      anOccurrence({ status: 'paused', lastModified: at }),
    ]);
  });

  it('by the end of its step is what was open or paused, and was never missed', () => {
    const { occurrences } = endOccurrences(state, 'a-1', at, 'declined');
    changed(occurrences, ['due', 'overdue', 'paused'], { status: 'excused', reason: 'declined', endedAt: at });
  });

  it('is opened again with the dates now in force, and no reason', () => {
    const schedule = { schedule: { type: 'once', by: '2026-03-20' } as const, from: made };
    const { occurrences } = reopenPaused(state, aStep({ schedules: [schedule] }), at, rules);
    const { reason: _reason, ...paused } = ofEach[6] ?? expect.fail('none is paused');
    expect(occurrences).toEqual([
      ...ofEach.slice(0, 6),
      {
        ...{ ...paused, status: 'due', lastModified: at },
        ...{ dueUntil: '2026-03-21T08:00:00.000Z', lateUntil: '2026-03-22T08:00:00.000Z' },
      },
      other,
    ]);
  });

  it('is overdue when it is opened after its day', () => {
    const { occurrences } = reopenPaused(state, aStep(), dueUntil, rules);
    expect(occurrences[6]).toMatchObject({ status: 'overdue', lastModified: dueUntil });
  });
});

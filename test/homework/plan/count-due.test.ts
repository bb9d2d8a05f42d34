import { describe, expect, it } from 'vitest';
import { adherenceOf } from '../../../src/homework/plan/adherence-of.ts';
import { type CameTo, countDue, percentBeside } from '../../../src/homework/plan/count-due.ts';
import fc from '../../fast-check.ts';
import { aState } from '../a-state.ts';

const cameTo = fc.constantFrom<CameTo>('done', 'late', 'missed', 'overdue', undefined);

describe('what came to be due', () => {
  it.each<[CameTo[], [done: number, due: number]]>([
    [[], [0, 0]],
    [
      [undefined, undefined],
      [0, 0],
    ],
    [
      ['done', 'late', undefined],
      [2, 2],
    ],
    // nothing of it was done: no percentage could tell of how many
    [
      ['overdue', 'overdue', 'missed'],
      [0, 3],
    ],
    // one of 250: its percentage, 0.4, would stand for 201 as well as for 285
    [
      ['late', ...Array<CameTo>(249).fill('missed')],
      [1, 250],
    ],
  ])('of %j', (times, [done, due]) => {
    expect(countDue(times)).toMatchObject({ done, due });
  });

  it('is the sum of what became of it, each time once', () => {
    fc.assert(
      fc.property(fc.array(cameTo, { maxLength: 60 }), (times) => {
        const { due, done, onTime, late, missed, overdue } = countDue(times);
        expect(done).toBe(onTime + late);
        expect(due).toBe(done + missed + overdue);
        expect(due).toBe(times.filter((time) => time !== undefined).length);
      }),
    );
  });

  it.each([
    [19, undefined],
    [20, 5],
    [21, 4.8],
  ])('of %i times has a percentage beside the count: %s', (due, percent) => {
    const { counts } = adherenceOf(aState(), {}, '2026-03-01T15:00:00.000Z');
    expect(percentBeside({ counts: { ...counts, due }, percent: percent ?? 5.3 })).toBe(percent);
  });
});

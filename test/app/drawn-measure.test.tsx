import { describe, expect, it } from 'vitest';
import { drawMeasure, type LoggedStep } from '../../smart-app/src/charts/drawn-measure.ts';
import { type Room, stepLabels } from '../../smart-app/src/charts/step-labels.ts';
import { valueScale } from '../../smart-app/src/charts/value-scale.ts';
import type { Measure, MeasureReading } from '../../src/homework/log/measures-of.ts';
import fc from '../fast-check.ts';

type Rated = readonly [day: number, step: string, after: number, before?: number];

const timeOf = (day: number): string => new Date(Date.UTC(2026, 2, 1) + day * 86_400_000).toISOString();

/** A measure of logs on these days, each of a step; and of which step each log is. */
function rated(logs: readonly Rated[], unit = '%'): { measure: Measure; steps: readonly LoggedStep[] } {
  const [first, ...later] = logs.flatMap(([day, , after, before], index): MeasureReading[] => [
    ...(before === undefined
      ? []
      : [{ logId: `l${index}`, at: timeOf(day), value: before, moment: 'before' as const }]),
    { logId: `l${index}`, at: timeOf(day), value: after, moment: 'after' as const },
  ]);
  if (first === undefined) throw new Error('nothing was rated');
  return {
    measure: { label: 'Belief', unit, linkId: 'belief-after', readings: [first, ...later] },
    steps: logs.map(([, stepKey], index) => ({ logId: `l${index}`, stepKey, stepTitle: `Step ${stepKey}` })),
  };
}

function draw(logs: readonly Rated[], more: { unit?: string; without?: readonly LoggedStep[] } = {}) {
  const { measure, steps } = rated(logs, more.unit);
  return drawMeasure(measure, {
    steps: more.without ?? steps,
    goals: [
      {
        id: 'g',
        description: '',
        measure: { system: 's', code: 'belief-after' },
        target: { value: 50, unit: '%', comparator: '<=' },
      },
      {
        id: 'other',
        description: '',
        measure: { system: 's', code: 'suds-peak' },
        target: { value: 3, unit: '', comparator: '<=' },
      },
      { id: 'words', description: 'I speak up' },
    ],
    goalWords: ({ value }) => String(value),
  });
}

describe('where a step begins', () => {
  it('is marked at its first log, and a line never joins two steps', () => {
    const { marks, lines, points } = draw([
      [0, '1', 90],
      [2, '1', 80],
      [4, '4b', 95],
      [6, '4b', 85],
    ]);
    expect(marks.map(({ stepKey }) => stepKey)).toEqual(['1', '4b']);
    expect(marks.map(({ x }) => x)).toEqual([points[0]?.x, points[2]?.x]);
    expect(lines.map((line) => line.map(({ value }) => value))).toEqual([
      [90, 80],
      [95, 85],
    ]);
  });

  it('is not marked where there is but one step', () => {
    expect(
      draw([
        [0, '2', 90],
        [2, '2', 80],
      ]).marks,
    ).toEqual([]);
  });

  it('does not cut the line of a step that goes on beside it', () => {
    const { lines, marks } = draw([
      [0, '1', 90],
      [1, '2', 70],
      [2, '1', 80],
      [3, '2', 60],
    ]);
    expect(lines.map((line) => line.map(({ value }) => value))).toEqual([
      [90, 80],
      [70, 60],
    ]);
    expect(marks).toHaveLength(2);
  });

  it('has a name over each line in every width, of its own where there is room and else with its neighbours', () => {
    const near = stepLabels([
      { stepKey: '2', x: 0.2 },
      { stepKey: '3', x: 0.9 },
      { stepKey: '4a', x: 0.96 },
    ]);
    const namesIn = (room: Room) => near.filter(({ rooms }) => rooms.includes(room)).map(({ words }) => words);
    expect([namesIn('narrow'), namesIn('wide')]).toEqual([
      ['2', '3, 4a'],
      ['2', '3', '4a'],
    ]);
    expect(near.find(({ words }) => words === '3, 4a')).toMatchObject({ from: 0.9, to: 0.96 });
  });

  it('shares the lines of thirty steps out among its names', () => {
    const thirty = Array.from({ length: 30 }, (_, index) => ({ stepKey: `${index + 1}`, x: 0.04 + index * 0.031 }));
    const inRoom = (room: Room) => stepLabels(thirty).filter(({ rooms }) => rooms.includes(room));
    const runs = inRoom('narrow');
    expect(inRoom('wide').length).toBeGreaterThan(3);
    expect(runs.length).toBeGreaterThan(1);
    const lengths = runs.map(({ from, to }) => Math.round((to - from) / 0.031) + 1);
    expect(lengths.reduce((sum, length) => sum + length)).toBe(30);
    expect(Math.max(...lengths)).toBeLessThan(17);
  });

  it('leaves no line without a name, and no two names in one place, whatever the steps are called', () => {
    const mark = fc.record({
      stepKey: fc.constantFrom('1', '4b', '12', '4b-1', '10c-2-1'),
      x: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(mark, { minLength: 1, maxLength: 30 }), (found) => {
        const marks = found.toSorted((one, other) => one.x - other.x);
        for (const room of ['narrow', 'middle', 'wide'] as const) {
          const labels = stepLabels(marks).filter(({ rooms }) => rooms.includes(room));
          for (const { x } of marks) expect(labels.some(({ from, to }) => from <= x && x <= to)).toBe(true);
          for (const [index, { from }] of labels.slice(1).entries())
            expect(from).toBeGreaterThan(labels[index]?.to ?? 0);
        }
      }),
    );
  });
});

describe('what is drawn', () => {
  it('of a log without a value is a gap', () => {
    const { steps } = rated([
      [0, '1', 90],
      [2, '1', 80],
      [4, '1', 70],
    ]);
    const without = [...steps.slice(0, 1), { logId: 'unrated', stepKey: '1', stepTitle: '' }, ...steps.slice(1)];
    expect(
      draw(
        [
          [0, '1', 90],
          [2, '1', 80],
          [4, '1', 70],
        ],
        { without },
      ).lines.map(({ length }) => length),
    ).toEqual([2]);
  });

  it('of one single log is a point and no line', () => {
    const { points, lines, marks } = draw([[3, '1', 80]]);
    expect(points.map(({ x, y }) => [x, y])).toEqual([[0.5, 0.8]]);
    expect([lines, marks]).toEqual([[], []]);
  });

  it('of a log rated before and after is the value after, which tells the one before', () => {
    const { points } = draw([
      [0, '1', 80, 90],
      [2, '1', 60, 70],
    ]);
    expect(points.map(({ value, before, moment }) => [value, before, moment])).toEqual([
      [90, undefined, 'before'],
      [80, undefined, 'after'],
      [60, 70, 'after'],
    ]);
  });

  it('of a first log that was not rated before is no point of before', () => {
    const { points } = draw([
      [0, '1', 80],
      [2, '1', 60, 70],
    ]);
    expect(points.map(({ value, before }) => [value, before])).toEqual([
      [80, undefined],
      [60, 70],
    ]);
  });

  it('is the goal of this measure and of no other', () => {
    expect(draw([[0, '1', 80]]).goals).toEqual([{ id: 'g', words: '50', y: 0.5 }]);
  });

  it('is inside the box, whatever was rated when', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 900 }),
            fc.constantFrom('1', '2', '4a'),
            fc.integer({ min: -20, max: 7200 }),
          ),
          { minLength: 1, maxLength: 30 },
        ),
        fc.constantFrom('', '%', 'of 10', 's'),
        (logs, unit) => {
          const { points, goals, marks, scale } = draw(
            logs.toSorted(([day], [other]) => day - other),
            { unit },
          );
          for (const { x } of [...points, ...marks]) expect(x).toSatisfy((x: number) => x >= 0 && x <= 1);
          for (const { y } of [...points, ...goals]) expect(y).toSatisfy((y: number) => y >= 0 && y <= 1);
          expect(scale.to).toBeGreaterThan(scale.from);
        },
      ),
    );
  });
});

describe('the axis of values', () => {
  it.each([
    ['%', [90, 45], [0, 50, 100]],
    ['', [65], [0, 50, 100]],
    ['of 10', [4, 7], [0, 5, 10]],
    ['of 5', [5], [0, 2.5, 5]],
    ['s', [20, 45], [0, 25, 50]],
    ['s', [0, 0], [0, 1]],
    ['%', [130], [0, 100, 200]],
    ['points', [-3, 4], [-3, 0, 5]],
    ['%', [220], [0, 150, 300]],
    ['h', [7.5, 6], [0, 5, 10]],
  ] as const)('of %s with %j has the ticks %j', (unit, values, ticks) => {
    expect(valueScale(unit, values).ticks).toEqual(ticks);
  });
});

describe('charts side by side', () => {
  it('have one time at one place, whichever of them begins first or ends last', () => {
    const span = [timeOf(0), timeOf(20)] as const;
    const options = { goals: [], goalWords: () => '', span };
    const [long, short] = [
      rated([
        [0, '1', 90],
        [10, '2', 70],
        [20, '3', 50],
      ]),
      rated([
        [10, '2', 60],
        [15, '3', 40],
      ]),
    ];
    const drawn = [long, short].map(({ measure, steps }) => drawMeasure(measure, { ...options, steps }));
    const [one, other] = drawn.map(({ points }) => points.find(({ at }) => at === timeOf(10))?.x);
    expect(one).toBeDefined();
    expect(other).toBe(one);
    expect(drawn[1]?.xOf(timeOf(0))).toBe(drawn[0]?.points[0]?.x);
  });
});

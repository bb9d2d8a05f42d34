import type { Measure, MeasureReading } from '../../../src/homework/log/measures-of.ts';
import { showsGoal } from '../../../src/homework/log/shows-goal.ts';
import type { Goal, Instant } from '../../../src/homework/model.ts';
import { type ValueScale, valueScale } from './value-scale.ts';

/** The step that a log is of, as a chart names it. */
export interface LoggedStep {
  readonly logId: string;
  readonly stepKey: string;
  readonly stepTitle: string;
}

/** One point: what was rated in one log, drawn at the value that was rated last there. */
export interface DrawnPoint {
  readonly key: string;
  readonly logId: string;
  /** Place on the axis of time and of values, from 0 to 1. */
  readonly x: number;
  readonly y: number;
  readonly at: string;
  readonly value: number;
  /** What the same log says of before, where it is not a point of its own. */
  readonly before: number | undefined;
  readonly moment: MeasureReading['moment'];
  readonly step: LoggedStep | undefined;
}

/** Where a step was logged for the first time, after another one. */
export interface StepMark {
  readonly stepKey: string;
  readonly stepTitle: string;
  readonly x: number;
}

export interface DrawnMeasure {
  readonly points: readonly DrawnPoint[];
  /** Neighbours of one step are joined; from one step to the next, and over a log without a value, nothing is. */
  readonly lines: readonly (readonly DrawnPoint[])[];
  readonly marks: readonly StepMark[];
  readonly goals: readonly { readonly id: string; readonly words: string; readonly y: number }[];
  readonly scale: ValueScale;
  /** Share of the width at which a time stands. */
  readonly xOf: (at: string) => number;
  readonly yOf: (value: number) => number;
}

/** Points do not stand on the axis itself. */
const margin = 0.04;

interface DrawOptions {
  /** Logs in the order in which it happened, also those without a value. */
  readonly steps: readonly LoggedStep[];
  readonly goals: readonly Goal[];
  /** The first and the last time on the axis, which charts side by side share; absent: the measure’s own. */
  readonly span?: readonly [Instant, Instant] | undefined;
  /** Where its scale ends, of which its unit says nothing. */
  readonly top?: number | undefined;
  /** Other values that are drawn in the same scale. */
  readonly also?: readonly number[];
  readonly goalWords: (target: NonNullable<Goal['target']>) => string;
}

/** Works out where a measure’s points, lines, marks and goals stand; its figures are the measure’s own. */
export function drawMeasure(
  measure: Measure,
  { steps, goals, goalWords, span, top, also = [] }: DrawOptions,
): DrawnMeasure {
  const { readings } = measure;
  const targets = goals.flatMap((goal) =>
    goal.target !== undefined && showsGoal(measure, goal) ? [{ id: goal.id, target: goal.target }] : [],
  );
  const values = [...readings.map(({ value }) => value), ...targets.map(({ target }) => target.value), ...also];
  const scale = withRoomFor(measure.score?.cutoff, valueScale(measure.unit, values, top));
  const [begin, end] = span ?? [readings[0].at, (readings.at(-1) ?? readings[0]).at];
  const [first, last] = [Date.parse(begin), Date.parse(end)];
  const xOf = (at: string): number =>
    first === last ? 0.5 : margin + ((Date.parse(at) - first) / (last - first)) * (1 - 2 * margin);
  const yOf = (value: number): number => (value - scale.from) / (scale.to - scale.from);
  const stepOf = new Map(steps.map((step) => [step.logId, step]));
  const drawn = drawnOf(readings);
  const points = drawn.map(({ logId, moment, at, value }): DrawnPoint => {
    const before = readings.find((reading) => reading.logId === logId && reading.moment === 'before');
    return {
      ...{ key: `${logId} ${moment}`, logId, x: xOf(at), y: yOf(value), at, value, moment },
      before: before === undefined || drawn.includes(before) ? undefined : before.value,
      step: stepOf.get(logId),
    };
  });
  return {
    ...{ points, scale, xOf, yOf },
    lines: linesOf(points, steps),
    marks: marksOf(points),
    goals: targets.map(({ id, target }) => ({ id, words: goalWords(target), y: yOf(target.value) })),
  };
}

/** A cutoff is written on the axis, too: a value in the middle that would stand under it gives way. */
function withRoomFor(cutoff: number | undefined, scale: ValueScale): ValueScale {
  const { from, to, ticks } = scale;
  const isNear = (tick: number) => cutoff !== undefined && Math.abs(tick - cutoff) < 0.15 * (to - from);
  return { ...scale, ticks: ticks.filter((tick) => tick === from || tick === to || !isNear(tick)) };
}

/** Where what is new since a time begins in the chart of a measure; undefined: all that it draws is new, or nothing is. */
export function shadeBegin({ readings }: Measure, since: Instant | undefined): Instant | undefined {
  const last = readings.at(-1) ?? readings[0];
  return since === undefined || since <= readings[0].at || since > last.at ? undefined : since;
}

/** Each log's last reading, and the first of all, so that the points begin and end with the values that are told. */
function drawnOf(readings: readonly MeasureReading[]): readonly MeasureReading[] {
  return readings.filter(({ logId }, index) => index === 0 || logId !== readings[index + 1]?.logId);
}

/** Runs of neighbours, step by step: a step that is logged between the times of another one does not cut its line. */
function linesOf(points: readonly DrawnPoint[], steps: readonly LoggedStep[]): readonly (readonly DrawnPoint[])[] {
  const runs: DrawnPoint[][] = [];
  for (const key of new Set(points.map(({ step }) => step?.stepKey))) {
    const logs = steps.filter(({ stepKey }) => stepKey === key).map(({ logId }) => logId);
    let run: DrawnPoint[] = [];
    let place = -1;
    for (const point of points.filter(({ step }) => step?.stepKey === key)) {
      const next = logs.indexOf(point.logId);
      if (run.length > 0 && next > place + 1) {
        runs.push(run);
        run = [];
      }
      run.push(point);
      place = next;
    }
    runs.push(run);
  }
  return runs.filter(({ length }) => length > 1);
}

/** One for each step, where it was logged first; none where there is but one step, as nothing changed then. */
function marksOf(points: readonly DrawnPoint[]): readonly StepMark[] {
  const begun = new Map<string, DrawnPoint>();
  for (const point of points) {
    if (point.step !== undefined && !begun.has(point.step.stepKey)) begun.set(point.step.stepKey, point);
  }
  if (begun.size < 2) return [];
  return [...begun.values()].flatMap(({ step, x }) =>
    step === undefined ? [] : [{ stepKey: step.stepKey, stepTitle: step.stepTitle, x }],
  );
}

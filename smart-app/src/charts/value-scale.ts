/** An axis of values: where it begins and ends, and what is written on it. */
export interface ValueScale {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

/** Highest value of a scale that its unit names: `of 10` ends at 10, a percentage and points of a scale at 100. */
function endOf(unit: string): number | undefined {
  if (unit === '' || unit === '%') return 100;
  const named = /^of (\d+)$/.exec(unit)?.[1];
  return named === undefined ? undefined : Number(named);
}

/** The next round number that is not less: 1, 2, 3, 5, 6, 10, 20, 30, … */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 3, 5, 6, 10].find((factor) => factor * power >= value) ?? 10;
  return factor * power;
}

/**
 * The axis for a measure of this unit: a scale that has an end is shown whole, so that two charts of it compare; one without
 * (seconds, hours) ends above its highest value. Values beyond it, and the goal, are always inside.
 * @param top where the scale ends, of which its unit says nothing: the highest of a score or of a question
 */
export function valueScale(unit: string, values: readonly number[], top?: number): ValueScale {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const end = top ?? endOf(unit);
  const to = end !== undefined && highest <= end ? end : highest <= 0 ? 0 : roundUp(highest);
  const from = lowest >= 0 ? 0 : -roundUp(-lowest);
  if (from === to) return { from, to: from + 1, ticks: [from, from + 1] };
  const middle = from < 0 && to > 0 ? 0 : (from + to) / 2;
  // half a point of a score is no value that it can have
  if (to === top && !Number.isInteger(middle)) return { from, to, ticks: [from, to] };
  return { from, to, ticks: [from, middle, to] };
}

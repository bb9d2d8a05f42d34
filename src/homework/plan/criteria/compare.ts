import type { Comparator } from '../unlock-rule.ts';

/** Calculated numbers differ from what they mean in the last decimals: 0.1 + 0.2 reaches 0.3. */
const rounding = 1e-9;

/** Whether a value is at the boundary or beyond it; what was not measured has reached nothing. */
export function reaches(value: number | undefined, comparator: Comparator, boundary: number): boolean {
  if (value === undefined) return false;
  return comparator === '<=' ? value <= boundary + rounding : value >= boundary - rounding;
}

import type { Assignment } from '../model.ts';

/** A key that no step of the plan has: `4b-1` beside `4b`, else the number after the highest. */
export function freshKey(assignments: readonly Pick<Assignment, 'key'>[], beside?: string): string {
  const taken = new Set(assignments.map(({ key }) => key.toLowerCase()));
  const numbers = assignments.map(({ key }) => Number.parseInt(key, 10)).filter(Number.isFinite);
  const name = (number: number) => (beside === undefined ? String(number) : `${beside.slice(0, 28)}-${number}`);
  let number = beside === undefined ? Math.max(0, ...numbers) + 1 : 1;
  while (taken.has(name(number).toLowerCase())) number += 1;
  return name(number);
}

import type { Adherence } from './adherence.ts';

/** What became of a time that came; undefined: it has not come, or does not count. */
export type CameTo = 'done' | 'late' | 'missed' | 'overdue' | undefined;

/** Times that came to be due, and what became of them. */
export interface DueCount {
  readonly due: number;
  /** On time or late. */
  readonly done: number;
  readonly onTime: number;
  readonly late: number;
  readonly missed: number;
  readonly overdue: number;
}

/**
 * Counts what came to be due and what was done of it. Every "6 of 7" that is shown, told or filed comes from here: of a plan, of a
 * step, and of the time that a report is about.
 */
export function countDue(times: readonly CameTo[]): DueCount {
  const count = (became: CameTo) => times.filter((time) => time === became).length;
  const [onTime, late, missed, overdue] = [count('done'), count('late'), count('missed'), count('overdue')];
  return { due: onTime + late + missed + overdue, done: onTime + late, onTime, late, missed, overdue };
}

/** `part` of `whole` in %, one decimal, half up; exact, for both are counts. */
export function percentOf(part: number, whole: number): number {
  return Math.floor((part * 2000 + whole) / (2 * whole)) / 10;
}

/** From how many times on a percentage says more than the count beside it. */
const manyTimes = 20;

/** The percentage where it is worth showing beside its count; undefined where the count alone says it better. */
export function percentBeside({
  counts,
  percent,
}: {
  readonly counts: Pick<Adherence['counts'], 'due'>;
  readonly percent?: number | undefined;
}): number | undefined {
  return counts.due >= manyTimes ? percent : undefined;
}

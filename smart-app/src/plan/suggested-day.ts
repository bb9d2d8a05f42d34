import { addDays } from '../../../src/homework/schedule/day-end.ts';

/** The days that a step of a running plan can have. */
export interface StepDays {
  readonly today: string;
  /** Absent: the plan goes on. */
  readonly last: string | undefined;
}

/** A day to begin with, where one is to be chosen: in a week, or on the plan's last day where that is sooner. */
export function suggestedDay({ today, last }: StepDays): string {
  const inAWeek = addDays(today, 7);
  return last !== undefined && last >= today && last < inAWeek ? last : inAWeek;
}

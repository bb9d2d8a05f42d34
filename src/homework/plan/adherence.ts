import type { Instant } from '../values.ts';

export const adherenceStatuses = ['preliminary', 'final', 'amended'] as const;
export type AdherenceStatus = (typeof adherenceStatuses)[number];

/** Done, of what was planned; recomputed from occurrences and logs, never stored as truth. */
export interface Adherence {
  readonly planId: string;
  /** Absent: the whole plan. */
  readonly assignmentId?: string;
  readonly patientId: string;
  readonly from: Instant;
  /** Absent while the plan runs without an end: it is then counted up to now, and its content changes only with the counts. */
  readonly to?: Instant;
  readonly status: AdherenceStatus;
  readonly counts: {
    /** on time + late + missed + open */
    readonly expected: number;
    /** Of these, what came to be due so far: on time + late + missed + overdue. */
    readonly due: number;
    /** on time + late */
    readonly done: number;
    readonly onTime: number;
    readonly late: number;
    readonly missed: number;
    /** Not yet done, and not yet missed. */
    readonly open: number;
    readonly excused: number;
    readonly adHoc: number;
    readonly extra: number;
  };
  /** done ÷ due, in % with one decimal; absent when nothing was due. */
  readonly percent?: number;
  /** on time ÷ due, in % with one decimal; absent when nothing was due. */
  readonly onTimePercent?: number;
}

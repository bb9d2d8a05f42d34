import type { Instant, LocalDate } from '../values.ts';
import type { PartOfDay } from './schedule.ts';

export const occurrenceStatuses = ['due', 'overdue', 'done', 'late', 'missed', 'excused', 'paused'] as const;
export type OccurrenceStatus = (typeof occurrenceStatuses)[number];

/** One time an assignment is to be done. */
export interface Occurrence {
  /** `<assignment id>.<ordinal>`. */
  readonly id: string;
  readonly assignmentId: string;
  readonly planId: string;
  readonly patientId: string;
  /** From 1. */
  readonly ordinal: number;
  readonly status: OccurrenceStatus;
  /** Of a series: the homework day, or the first day of the week, that it belongs to. */
  readonly day?: LocalDate;
  /** Of a series with several times a day. */
  readonly part?: PartOfDay;
  readonly openedAt: Instant;
  /** End of the due day (04:00 in the patient's zone on the day after), or of the window. */
  readonly dueUntil: Instant;
  /** Until when a log still counts as late. */
  readonly lateUntil: Instant;
  readonly logId?: string;
  readonly endedAt?: Instant;
  readonly reason?: string;
  /** How many changes of the step had been made when it was done, begun or due: with these words it was. Absent: as they stand. */
  readonly words?: number;
  /** The step was given other times since: it counts as what it was, and no longer among those that the step asks for. */
  readonly superseded?: true;
  readonly lastModified: Instant;
}
